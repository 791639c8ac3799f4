//! Threads from elsewhere. Whoever wrote there, professionals too, is an ordinary member here: nobody has checked a register.

use serde::Deserialize;
use serde_json::Value;

use super::authors::Author;
use super::batches::Kind;
use super::{Importer, Tally, board, fit, plain, store, when};
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::refusal::Refusal;
use crate::threads::publish::{self, NewPost};
use crate::threads::store::BoardRow;
use crate::threads::{About, PostId, PostKind, ThreadId, Title, Written};

/// Rows {thread_id, source?, title, body, tags?, board?, author?, created_at?, replies: [{text, role?, author?, created_at?}]}.
pub struct Threads;

#[derive(Deserialize)]
pub struct Row {
    #[serde(alias = "id")]
    thread_id: Value,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    #[serde(default)]
    board: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    created_at: Option<String>,
    #[serde(default)]
    replies: Option<Vec<Reply>>,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    created_at: Option<String>,
}

pub struct Ready {
    key: String,
    /// Boards it may belong to, the likeliest first.
    boards: Vec<String>,
    opening: ReadyPost,
    replies: Vec<ReadyPost>,
    /// Replies that cannot be used, in words.
    unusable: Vec<String>,
}

struct ReadyPost {
    key: String,
    author: Author,
    at: UtcTime,
    written: Written,
    /// What had to be done for it to fit.
    note: Option<String>,
}

impl Kind for Threads {
    type Row = Row;
    type Ready = Ready;

    fn weight(row: &Row) -> usize {
        1 + row.replies.as_ref().map_or(0, Vec::len)
    }

    fn prepare(importer: &Importer, row: &Row) -> Result<Ready, String> {
        let id = word(&row.thread_id).ok_or("the thread_id is neither text nor a number")?;
        let key = format!("thread:{}:{id}", row.source.as_deref().unwrap_or_default());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (title, body) =
            fit::titled(&text(&row.title), &text(&row.body)).ok_or("there is no text in it")?;
        let at = when::opened(moment(row.created_at.as_deref())?, &key, importer.now);
        let origin = Origin { source: row.source.as_deref().unwrap_or_default(), thread: &id };
        let author = origin.author(importer, row.author.as_deref(), "opener")?;
        let (written, note) = written(importer, Some(title), &body)?;
        let opening = ReadyPost { key: key.clone(), author, at, written, note };
        let (replies, unusable) = origin.replies(importer, row.replies.as_deref().unwrap_or_default(), at);
        let words =
            [row.board.as_ref(), row.source.as_ref()].into_iter().flatten().chain(row.tags.iter().flatten());
        let boards = words.map(|word| board::slug(word)).filter(|slug| !slug.is_empty()).collect();
        Ok(Ready { key, boards, opening, replies, unusable })
    }

    fn keep(importer: &Importer, tx: &mut Tx, ready: &Ready) -> Result<Tally, Refusal> {
        let mut tally = Tally::default();
        let known = store::imported(tx, &ready.key)?.map(ThreadId);
        let board = match known {
            Some(thread) => store::board_of(tx, thread)?,
            None => board::find(tx, &importer.operator, &ready.boards)?,
        };
        let place = Target { thread: known.unwrap_or_else(|| ThreadId::new(tx.ids, tx.now)), board };
        match known {
            Some(_) => tally.known += 1,
            None => {
                tally.threads += 1;
                place.keep(importer, tx, &ready.opening, PostKind::Opening, &mut tally)?;
                store::remember(tx, &ready.key, ("thread", place.thread.0))?;
            }
        }
        for reply in &ready.replies {
            if store::imported(tx, &reply.key)?.is_some() {
                tally.known += 1;
                continue;
            }
            let id = place.keep(importer, tx, reply, PostKind::Reply, &mut tally)?;
            store::remember(tx, &reply.key, ("post", id.0))?;
        }
        if known.is_none() {
            tally.unusable += u64::try_from(ready.unusable.len()).unwrap_or_default();
            tally.notes.extend(ready.unusable.iter().cloned());
        }
        Ok(tally)
    }
}

/// Where the posts of one thread were said.
struct Origin<'a> {
    source: &'a str,
    thread: &'a str,
}

impl Origin<'_> {
    fn author(&self, importer: &Importer, name: Option<&str>, part: &str) -> Result<Author, String> {
        match name.map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => Author::named(importer, self.source, name),
            None => Author::unnamed(self.source, self.thread, part),
        }
    }

    /// The replies that can be used, and words about those that cannot.
    fn replies(&self, importer: &Importer, rows: &[Reply], opened: UtcTime) -> (Vec<ReadyPost>, Vec<String>) {
        let (mut ready, mut unusable): (Vec<ReadyPost>, Vec<String>) = (Vec::new(), Vec::new());
        for (index, row) in rows.iter().enumerate() {
            let before = ready.last().map_or(opened, |post| post.at);
            match self.reply(importer, row, index, (opened, before), rows.len() - index) {
                Ok(post) => ready.push(post),
                Err(why) => unusable.push(format!("reply {} not used: {why}", index + 1)),
            }
        }
        (ready, unusable)
    }

    fn reply(
        &self,
        importer: &Importer,
        row: &Reply,
        index: usize,
        times: (UtcTime, UtcTime),
        left: usize,
    ) -> Result<ReadyPost, String> {
        let key = format!("reply:{}:{}#{index}", self.source, self.thread);
        let at = when::replied(moment(row.created_at.as_deref())?, &key, times, left, importer.now);
        let author = self.author(importer, row.author.as_deref(), row.role.as_deref().unwrap_or("member"))?;
        let (written, note) = written(importer, None, row.text.as_deref().unwrap_or_default())?;
        Ok(ReadyPost { key, author, at, written, note })
    }
}

/// Renders and screens. What has too much formatting is kept as plain text, which shows every character.
fn written(
    importer: &Importer,
    title: Option<Title>,
    text: &str,
) -> Result<(Written, Option<String>), String> {
    let (source, note) = fit::body(text);
    match Written::new(&importer.screening, title.clone(), source) {
        Ok(written) => Ok((written, note)),
        Err(refusal) if is_empty(&refusal) => Err("there is no text in it".into()),
        Err(_) => {
            let (source, cut) = fit::body(&plain::as_markdown(text));
            let written =
                Written::new(&importer.screening, title, source).map_err(|refusal| refusal.to_string())?;
            Ok((
                written,
                cut.or_else(|| {
                    Some("kept as plain text: its formatting is more than a page here can show".into())
                }),
            ))
        }
    }
}

fn is_empty(refusal: &Refusal) -> bool {
    refusal.fields.iter().any(|field| field.code == "empty")
}

fn moment(text: Option<&str>) -> Result<Option<UtcTime>, String> {
    let parsed = |text: &str| UtcTime::parse(text).ok_or_else(|| "created_at is no RFC 3339 time".to_owned());
    text.filter(|text| !text.is_empty()).map(parsed).transpose()
}

/// An id as people write it in such files.
pub(super) fn word(id: &Value) -> Option<String> {
    match id {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Where the posts of one thread go.
struct Target {
    thread: ThreadId,
    board: BoardRow,
}

impl Target {
    fn keep(
        &self,
        importer: &Importer,
        tx: &mut Tx,
        post: &ReadyPost,
        kind: PostKind,
        tally: &mut Tally,
    ) -> Result<PostId, Refusal> {
        let author = post.author.member(importer, tx, tally)?;
        let new = NewPost {
            thread: self.thread,
            board: self.board.id,
            opens: (kind == PostKind::Opening).then_some(self.board.id),
            kind,
            about: About::General,
            hold_newcomers: self.board.hold_newcomers,
            at: Some(post.at),
            quiet: true,
        };
        let written = post.written.at(self.board.care());
        let outcome = publish::create_as(tx, &importer.operator, author, &new, &written)?;
        tally.count(outcome.state, &written.verdict);
        tally.changed += u64::from(post.note.is_some());
        tally.notes.extend(post.note.iter().cloned());
        Ok(outcome.post)
    }
}
