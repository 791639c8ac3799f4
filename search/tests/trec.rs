//! Runs over files, as the command line makes them.

use std::io::{Cursor, Write};

use aftercare_search::EmbeddedEngine;
use aftercare_search::trec::{Mode, Options, Problem, Source, Summary, open, run};

const DOCUMENTS: &str = r#"{"id":"d1","title":"Gout","body":"Gout is a painful joint.","aliases":["podagra"]}
{"id":2,"title":"Warts","body":"Warts are harmless."}

not json
{"title":"no id"}
{"id":"a b","title":"blank"}
{"id":"d4","title":"Only a title","aliases":null}
{"id":"d1","title":"Gout","body":"The later line counts: gout hurts at night."}
"#;
const QUERIES: &str = "{\"id\":7,\"text\":\"why does gout hurt\"}\n{\"id\":\"q2\",\"text\":\"zzz\"}\n{\"id\":\"q3\"}\n{\"id\":\"q4\",\"text\":\"warts\"}";

#[cfg(test)]
async fn ran(documents: &[u8], queries: &[u8], options: &Options) -> (String, Summary, Vec<Problem>) {
    let engine = EmbeddedEngine::in_memory().unwrap();
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    let summary = run(
        &engine,
        &mut Cursor::new(documents),
        &mut Cursor::new(queries),
        options,
        &mut out,
        &mut |problem| problems.push(problem),
    )
    .await
    .unwrap();
    (String::from_utf8(out).unwrap(), summary, problems)
}

#[tokio::test]
async fn every_usable_line_is_answered_and_the_others_are_named() {
    let (out, summary, problems) = ran(DOCUMENTS.as_bytes(), QUERIES.as_bytes(), &Options::default()).await;
    let columns: Vec<Vec<&str>> = out.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(columns[0][..4], ["7", "Q0", "d1", "1"]);
    assert_eq!(columns[1][..4], ["q4", "Q0", "2", "1"]);
    assert!(
        columns.iter().all(|row| row.len() == 6 && row[4].parse::<f32>().is_ok() && row[5] == "aftercare")
    );
    assert_eq!((summary.documents, summary.queries, summary.problems), (4, 3, 4));
    assert_eq!(summary.unanswered, ["q2"]);
    let places: Vec<(Source, usize)> =
        problems.iter().map(|problem| (problem.source, problem.line)).collect();
    use Source::{Documents, Queries};
    assert_eq!(places, [(Documents, 4), (Documents, 5), (Documents, 6), (Queries, 3)]);
    assert!(problems[0].to_string().starts_with("documents, line 4: "));
}

#[tokio::test]
async fn the_later_of_two_documents_with_one_id_counts() {
    let (out, summary, _) = ran(
        DOCUMENTS.as_bytes(),
        b"{\"id\":\"q\",\"text\":\"night\"}\n{\"id\":\"r\",\"text\":\"joint\"}",
        &Options::default(),
    )
    .await;
    assert!(out.starts_with("q Q0 d1 1 "), "{out}");
    assert_eq!(summary.unanswered, ["r"]);
}

#[tokio::test]
async fn bad_bytes_are_one_bad_line() {
    let (_, summary, problems) =
        ran(b"{\"id\":\"d\",\"title\":\"\xFF\"}\n{\"id\":\"e\",\"title\":\"x\"}", b"", &Options::default())
            .await;
    assert_eq!((summary.documents, problems.len()), (1, 1));
}

#[tokio::test]
async fn search_mode_pages_up_to_top() {
    let documents: String =
        (0..120).map(|at| format!("{{\"id\":\"d{at}\",\"title\":\"Tired\"}}\n")).collect();
    let options = Options { top: 110, mode: Mode::Search, ..Options::default() };
    let (out, _, _) = ran(documents.as_bytes(), b"{\"id\":\"q\",\"text\":\"tired\"}", &options).await;
    assert_eq!(out.lines().count(), 110);
    let ranks: Vec<usize> =
        out.lines().map(|line| line.split(' ').nth(3).unwrap().parse().unwrap()).collect();
    assert_eq!(ranks, (1..=110).collect::<Vec<_>>());
}

#[test]
fn a_gzipped_file_is_unpacked_whatever_its_name() {
    let directory = tempfile::tempdir().unwrap();
    for (name, zipped) in [("docs.jsonl", true), ("docs.jsonl.gz", false)] {
        let path = directory.path().join(name);
        let mut bytes = DOCUMENTS.as_bytes().to_vec();
        if zipped {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(&bytes).unwrap();
            bytes = packer.finish().unwrap();
        }
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(std::io::read_to_string(open(&path).unwrap()).unwrap(), DOCUMENTS);
    }
}
