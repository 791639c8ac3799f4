//! JSON lines in, JSON lines out: in order, every line answered, in bounded memory.

use std::io::{self, BufRead, BufReader, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Done;
use crate::platform::parallel::in_order;

/// A longer line is no text that anybody posts.
const LINE_BYTES: u64 = 16 * 1024 * 1024;
/// Lines taken together, to give every core something to do.
const LINES: usize = 512;
/// Bytes taken together at most, save for one line that is longer by itself.
const BATCH_BYTES: usize = 1024 * 1024;

/// A line that was understood: who asks, and what.
pub(super) struct Asked<T> {
    pub(super) id: Value,
    pub(super) what: T,
}

/// What is wrong with a line, and for whom it was, if that much can be read.
pub(super) struct Unreadable {
    id: Value,
    message: String,
}

/// Answers the lines of `input`, one by one and in order, on `out`.
pub(super) fn answer<T: DeserializeOwned, A: Serialize + Send>(
    input: impl Read,
    out: impl Write,
    answer: impl Fn(Asked<T>) -> A + Sync,
) -> Done {
    // No larger buffer than a pipe hands over at once: what is there is answered before more is waited for.
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let mut out = io::BufWriter::new(out);
    loop {
        let batch = next_batch(&mut input)?;
        if batch.is_empty() {
            return Ok(());
        }
        let answers = in_order(&batch, |line| match read(line) {
            Ok(asked) => serde_json::to_string(&answer(asked)),
            Err(Unreadable { id, message }) => serde_json::to_string(
                &json!({ "id": id, "error": { "code": "bad_line", "message": message } }),
            ),
        });
        for line in answers {
            writeln!(out, "{}", line?)?;
        }
        out.flush()?;
    }
}

/// The next lines: as many as are there already, but at least one.
fn next_batch(input: &mut BufReader<impl Read>) -> io::Result<Vec<Vec<u8>>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while let Some(line) = next_line(input)? {
        bytes += line.len();
        batch.push(line);
        if batch.len() == LINES || bytes >= BATCH_BYTES || !input.buffer().contains(&b'\n') {
            break;
        }
    }
    Ok(batch)
}

/// The next line without its end. Of one that is too long only the start is kept, which is then no line that can be read.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

fn read<T: DeserializeOwned>(line: &[u8]) -> Result<Asked<T>, Unreadable> {
    let unreadable = |id: Value, message: String| Err(Unreadable { id, message });
    let Ok(text) = str::from_utf8(line) else {
        return unreadable(Value::Null, "this line is not UTF-8".into());
    };
    let mut object = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return unreadable(Value::Null, "this line is no JSON object".into()),
        Err(error) => return unreadable(Value::Null, error.to_string()),
    };
    let Some(id) = object.remove("id") else { return unreadable(Value::Null, "missing field `id`".into()) };
    match serde_json::from_value(Value::Object(object)) {
        Ok(what) => Ok(Asked { id, what }),
        Err(error) => unreadable(id, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Text {
        text: String,
    }

    fn answers(input: &[u8]) -> Vec<Value> {
        let mut out = Vec::new();
        answer(
            input,
            &mut out,
            |asked: Asked<Text>| json!({ "id": asked.id, "length": asked.what.text.len() }),
        )
        .unwrap();
        out.split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }

    #[test]
    fn every_line_is_answered_in_its_place() {
        let input = b"{\"id\": 1, \"text\": \"ab\"}\nnot json\n\n{\"id\": [\"x\", null], \"text\": \"\", \"more\": 1}\r\n\xff\xfe\n[1]\n{\"text\": \"nobody\"}\n{\"id\": 7}\n{\"id\": null, \"text\": \"no end\"}";
        let answers = answers(input);
        assert_eq!(answers.len(), 9);
        assert_eq!(answers[0], json!({ "id": 1, "length": 2 }));
        assert_eq!(answers[3], json!({ "id": ["x", null], "length": 0 }));
        assert_eq!(answers[8], json!({ "id": null, "length": 6 }));
        for (at, id) in [
            (1, Value::Null),
            (2, Value::Null),
            (4, Value::Null),
            (5, Value::Null),
            (6, Value::Null),
            (7, json!(7)),
        ] {
            assert_eq!(
                (&answers[at]["id"], &answers[at]["error"]["code"]),
                (&id, &json!("bad_line")),
                "line {at}"
            );
        }
    }

    #[test]
    fn a_line_without_end_takes_no_memory_without_end() {
        let endless =
            io::repeat(b'x').take(3 * LINE_BYTES).chain(&b"\n{\"id\": 2, \"text\": \"after\"}\n"[..]);
        let mut out = Vec::new();
        answer(endless, &mut out, |asked: Asked<Text>| json!({ "id": asked.id, "text": asked.what.text }))
            .unwrap();
        let out = String::from_utf8(out).unwrap();
        let (first, second) = out.split_once('\n').unwrap();
        assert!(first.contains("bad_line"), "{first}");
        assert_eq!(second, "{\"id\":2,\"text\":\"after\"}\n");
    }

    #[test]
    fn many_lines_keep_their_order() {
        let input: String = (0..5000).map(|id| format!("{{\"id\": {id}, \"text\": \"x\"}}\n")).collect();
        let ids: Vec<_> =
            answers(input.as_bytes()).into_iter().map(|answer| answer["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, (0..5000).collect::<Vec<_>>());
    }
}
