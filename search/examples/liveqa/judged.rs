//! Asking judged questions and scoring the answers.

use std::collections::HashMap;
use std::path::Path;

use aftercare_search::{Document, SearchEngine, SuggestQuery};
use serde::Deserialize;

use crate::data::{Failure, document, read};

/// Which text of a LiveQA question is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    Message,
    Summary,
}

/// Averages over questions.
#[derive(Default)]
pub(crate) struct Scores {
    average: Vec<f32>,
    precision: Vec<f32>,
    reciprocal: Vec<f32>,
    first: Vec<f32>,
    judged: Vec<f32>,
    /// What came first for each question.
    pub(crate) firsts: Vec<Option<String>>,
}

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "avgScore {:.3}  MAP@10 {:.3}  MRR@10 {:.3}  P@1 {:.3}  judged@10 {:.3}",
            mean(&self.average),
            mean(&self.precision),
            mean(&self.reciprocal),
            mean(&self.first),
            mean(&self.judged)
        )
    }
}

#[derive(Deserialize)]
struct Row {
    id: String,
    question: String,
    #[serde(default)]
    focus: String,
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct Asked {
    qid: u32,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    summary: String,
}

/// A MEDIQA question with its own pool of answers.
#[derive(Deserialize)]
pub(crate) struct Pool {
    set: String,
    question: String,
    answers: Vec<PoolAnswer>,
}

#[derive(Deserialize)]
struct PoolAnswer {
    aid: String,
    grade: u8,
    text: String,
}

impl Pool {
    /// The sets number their answers alike, so an answer's id alone would name two.
    fn id_of(&self, answer: &PoolAnswer) -> String {
        format!("{}-{}", self.set, answer.aid)
    }
}

pub(crate) type Grades = HashMap<(String, String), u8>;

/// The 47,340 documents of the hard setting.
pub(crate) fn corpus(data: &Path) -> Result<Vec<Document>, Failure> {
    let mut rows: Vec<Row> = read(&data.join("medquad/corpus.jsonl.gz"))?;
    rows.extend(read::<Row>(&data.join("medquad/distractors.jsonl.gz"))?);
    Ok(rows.into_iter().map(|row| document(row.id, row.question, vec![row.focus], row.answer)).collect())
}

/// Grades by question and document.
pub(crate) fn grades(data: &Path) -> Result<Grades, Failure> {
    let text = std::fs::read_to_string(data.join("liveqa-med/dev.qrels.tsv"))?;
    let mut grades = Grades::new();
    for line in text.lines().skip(1) {
        let mut columns = line.split('\t');
        if let (Some(question), Some(document), Some(grade)) =
            (columns.next(), columns.next(), columns.next())
        {
            grades.insert((question.to_owned(), document.to_owned()), grade.parse()?);
        }
    }
    Ok(grades)
}

/// Asks every question and scores the answers.
pub(crate) async fn liveqa(
    engine: &dyn SearchEngine,
    data: &Path,
    grades: &Grades,
    form: Form,
    worst: bool,
) -> Result<Scores, Failure> {
    let mut scores = Scores::default();
    for asked in read::<Asked>(&data.join("liveqa-med/dev.queries.jsonl"))? {
        let text = match form {
            Form::Message => format!("{} {}", asked.subject, asked.message),
            Form::Summary => asked.summary,
        };
        let qid = asked.qid.to_string();
        let hits =
            engine.suggest(SuggestQuery { text: text.clone(), top: 10, ..Default::default() }).await?.hits;
        let found: Vec<Option<u8>> =
            hits.iter().map(|hit| grades.get(&(qid.clone(), hit.id.clone())).copied()).collect();
        let relevant =
            grades.iter().filter(|((question, _), grade)| *question == qid && **grade >= 3).count();
        let graded: Vec<u8> = found.iter().map(|grade| grade.unwrap_or(1)).collect();
        scores.add(&graded, relevant);
        scores.firsts.push(hits.first().map(|hit| hit.id.clone()));
        scores.judged.push(share(found.iter().flatten().count(), found.len().max(1)));
        if worst {
            let best =
                grades.iter().filter(|((question, _), _)| *question == qid).map(|(_, grade)| *grade).max();
            println!("--- {qid} best {best:?}: {}", text.chars().take(300).collect::<String>());
            for (hit, grade) in hits.iter().zip(&found).take(5) {
                println!(
                    "   {} {:6.2} {:?} {}",
                    hit.id,
                    hit.score,
                    grade,
                    hit.title.chars().take(90).collect::<String>()
                );
            }
        }
    }
    Ok(scores)
}

/// Questions with their pools.
pub(crate) fn pools(data: &Path) -> Result<Vec<Pool>, Failure> {
    read(&data.join("mediqa2019-qa/dev.jsonl.gz"))
}

/// All answers of all pools as documents without title.
pub(crate) fn answers(questions: &[Pool]) -> Vec<Document> {
    let mut documents = Vec::new();
    for pool in questions {
        for answer in &pool.answers {
            documents.push(document(pool.id_of(answer), String::new(), Vec::new(), answer.text.clone()));
        }
    }
    documents
}

/// Ranks each question's own pool by score; answers that were not found come last.
pub(crate) async fn mediqa(
    engine: &dyn SearchEngine,
    questions: &[Pool],
    set: &str,
) -> Result<Scores, Failure> {
    let mut scores = Scores::default();
    for asked in questions.iter().filter(|asked| asked.set == set) {
        let query = SuggestQuery { text: asked.question.clone(), top: 2_000, ..Default::default() };
        let hits = engine.suggest(query).await?.hits;
        let place: HashMap<&str, usize> =
            hits.iter().enumerate().map(|(at, hit)| (hit.id.as_str(), at)).collect();
        let mut pool: Vec<&PoolAnswer> = asked.answers.iter().collect();
        let found_at =
            |answer: &PoolAnswer| place.get(asked.id_of(answer).as_str()).copied().unwrap_or(usize::MAX);
        pool.sort_by_key(|answer| (found_at(answer), answer.aid.clone()));
        let graded: Vec<u8> = pool.iter().map(|answer| answer.grade).collect();
        let relevant = graded.iter().filter(|grade| **grade >= 3).count();
        // A question whose pool holds no good answer counts as zero, as in the published figures.
        scores.add(&graded, relevant);
    }
    Ok(scores)
}

impl Scores {
    fn add(&mut self, graded: &[u8], relevant: usize) {
        let good = |grade: &u8| *grade >= 3;
        self.average.push(graded.first().map_or(0.0, |grade| f32::from(grade.saturating_sub(1))));
        let mut precision = 0.0;
        for (at, _) in graded.iter().enumerate().filter(|(_, grade)| good(grade)) {
            precision += share(graded.iter().take(at + 1).filter(|grade| good(grade)).count(), at + 1);
        }
        let possible = relevant.min(10);
        self.precision.push(if possible == 0 { 0.0 } else { precision / share(possible, 1) });
        self.reciprocal.push(graded.iter().position(good).map_or(0.0, |at| share(1, at + 1)));
        self.first.push(if graded.first().is_some_and(good) { 1.0 } else { 0.0 });
    }
}

fn share(part: usize, of: usize) -> f32 {
    f32::from(u16::try_from(part).unwrap_or(u16::MAX)) / f32::from(u16::try_from(of).unwrap_or(u16::MAX))
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / share(values.len().max(1), 1)
}
