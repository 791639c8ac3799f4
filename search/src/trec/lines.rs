//! Reading JSON lines, plain or gzipped.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Which of the two files a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Documents,
    Queries,
}

/// A line that could not be used. Says nothing of its text beyond what the JSON parser says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub source: Source,
    /// Counted from one.
    pub line: usize,
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let source = match self.source {
            Source::Documents => "documents",
            Source::Queries => "queries",
        };
        write!(f, "{source}, line {}: {}", self.line, self.message)
    }
}

/// Opens a file for reading, unpacking it if its first bytes say that it is gzipped, whatever it is called.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    let mut file = BufReader::new(File::open(path)?);
    let gzipped = file.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    Ok(if gzipped { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) })
}

/// A row whose id is a string or a number.
pub(super) trait Identified: DeserializeOwned {
    fn id(&self) -> &Id;
}

/// An id as people write it in such files.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Id {
    Text(String),
    Number(serde_json::Number),
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// Reads the next line: `None` at the end, a problem for a line that is no such row. Empty lines are passed over.
pub(super) fn next<T: Identified>(
    input: &mut dyn BufRead,
    source: Source,
    line: &mut usize,
) -> io::Result<Option<Result<T, Problem>>> {
    loop {
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        *line += 1;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let problem = |message: String| Problem { source, line: *line, message };
        return Ok(Some(match serde_json::from_slice::<T>(&bytes) {
            Err(error) => Err(problem(error.to_string())),
            Ok(row) => match row.id().to_string() {
                id if id.is_empty() => Err(problem("the id is empty".to_owned())),
                id if id.contains(char::is_whitespace) => {
                    Err(problem("the id contains a blank, which a run file cannot hold".to_owned()))
                }
                _ => Ok(row),
            },
        }));
    }
}
