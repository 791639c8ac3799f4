//! Looks at the source line by line before any parser sees it. Parsers spend quadratic time on some shapes that no person
//! writes; these are refused here, in one pass over the bytes.

use super::error::{ContentCode, ContentError};

/// Quotation marks and list markers at the start of one line.
const MAX_MARKERS: usize = 16;
/// Lines that hold a `[`: each may be a link definition or a link that the parser must look up.
const MAX_BRACKET_LINES: usize = 500;
/// Brackets in one text, for links that nest or never end.
const MAX_BRACKETS: usize = 2_000;
/// `|` in one line: columns of a table.
const MAX_COLUMNS: usize = 32;
/// Lines of tables.
const MAX_TABLE_LINES: usize = 500;
/// Links of one post; the events are counted against it too, as one definition can be used many times.
pub(super) const MAX_LINKS: usize = 20;
/// Emphasis marks and other inline punctuation that a parser has to pair up.
const MAX_DELIMITERS: usize = 4_000;

/// `&` and `<`: the HTML writer looks through the whole rest of a text for each.
const MAX_ESCAPES: usize = 4_000;
/// Lines of one text. A very long post of ordinary paragraphs has a few hundred.
const MAX_LINES: usize = 4_000;

/// Refuses what would be slow or unreadable.
pub(super) fn check(source: &str) -> Result<(), ContentError> {
    if source.matches("](").count() + source.matches("<http").count() > MAX_LINKS {
        return Err(ContentCode::TooManyLinks.into());
    }
    let (mut bracket_lines, mut table_lines, mut brackets, mut delimiters) = (0, 0, 0, 0);
    let (mut lines, mut escapes) = (0, 0);
    for line in source.lines() {
        lines += 1;
        if leading_markers(line) > MAX_MARKERS {
            return Err(ContentCode::TooDeep.into());
        }
        let pipes = count(line, b"|");
        if pipes > MAX_COLUMNS && line.trim_start().starts_with(['|', ':', '-']) {
            return Err(ContentCode::TooComplex.into());
        }
        table_lines += usize::from(pipes > 1);
        bracket_lines += usize::from(line.contains('['));
        brackets += count(line, b"[]");
        delimiters += runs(line);
        escapes += count(line, b"&<");
    }
    let too_complex = bracket_lines > MAX_BRACKET_LINES
        || brackets > MAX_BRACKETS
        || table_lines > MAX_TABLE_LINES
        || delimiters > MAX_DELIMITERS
        || escapes > MAX_ESCAPES
        || lines > MAX_LINES;
    if too_complex { Err(ContentCode::TooComplex.into()) } else { Ok(()) }
}

fn count(line: &str, wanted: &[u8]) -> usize {
    line.bytes().filter(|byte| wanted.contains(byte)).count()
}

/// Runs of `*`, `_`, `~`, `` ` `` and `<`: a row of ten stars is one run.
fn runs(line: &str) -> usize {
    let mut before = 0;
    line.bytes()
        .filter(|&byte| {
            let starts = matches!(byte, b'*' | b'_' | b'~' | b'`' | b'<') && byte != before;
            before = byte;
            starts
        })
        .count()
}

/// How many quotation marks and list markers open a line, such as 3 for `> - 1. text`.
fn leading_markers(line: &str) -> usize {
    let mut markers = 0;
    let mut rest = line.trim_start();
    while markers <= MAX_MARKERS && !is_rule(rest) {
        let Some(after) = after_marker(rest) else { break };
        markers += 1;
        rest = after.trim_start();
    }
    markers
}

/// A line of one repeated mark, such as `- - - - -`, is a ruler across the page and no list.
fn is_rule(rest: &str) -> bool {
    let Some(mark @ ('-' | '*' | '_')) = rest.chars().next() else { return false };
    rest.chars().all(|c| c == mark || c == ' ' || c == '\t')
}

fn after_marker(rest: &str) -> Option<&str> {
    if let Some(after) = rest.strip_prefix('>') {
        return Some(after);
    }
    let after = match rest.strip_prefix(['-', '*', '+']) {
        Some(after) => after,
        None => {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            if digits.len() == rest.len() {
                return None;
            }
            digits.strip_prefix(['.', ')'])?
        }
    };
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some(after)
}
