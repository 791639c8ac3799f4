//! Which parts of a text repeat somebody else's words.

use std::ops::Range;

/// Longer than this, a pair of quotation marks is more likely two stray ones.
const LONGEST_QUOTE: usize = 1_500;

/// The quoted ranges of the plain copy, in order: pairs of quotation marks inside a paragraph, and lines that
/// begin with `>`.
pub(crate) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut line_start = 0;
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let end = line_start + line.len();
        let trimmed = line.trim_start();
        if trimmed.starts_with('>') {
            ranges.push(line_start..end);
            open = None;
        } else if trimmed.is_empty() {
            open = None;
        } else {
            pair_marks(line, line_start, &mut open, &mut ranges);
        }
        line_start = end;
    }
    ranges
}

fn pair_marks(line: &str, offset: usize, open: &mut Option<usize>, ranges: &mut Vec<Range<usize>>) {
    let signs = line.bytes().enumerate().filter(|(_, b)| *b == b'"' || !b.is_ascii());
    for (at, c) in signs.filter_map(|(at, _)| Some((at, line.get(at..)?.chars().next()?))) {
        let at = offset + at;
        match (c, *open) {
            ('\u{201c}' | '\u{201e}' | '\u{ab}', _) | ('"', None) => *open = Some(at),
            ('"' | '\u{201d}' | '\u{bb}', Some(start)) => {
                if at - start <= LONGEST_QUOTE {
                    ranges.push(start..at);
                }
                *open = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, quotes: &[&str]) {
        let found: Vec<&str> = quoted(text).into_iter().filter_map(|r| text.get(r)).collect();
        assert_eq!(found, quotes, "{text:?}");
    }

    #[test]
    fn quotes_are_pairs_and_quoted_lines() {
        check("she said \"go home\" and left", &["\"go home"]);
        check("“one” and “two”", &["“one", "“two"]);
        check("> you wrote this\nand I answer", &["> you wrote this\n"]);
        check("5\" wide", &[]);
        check("a \" b\n\nc \" d", &[]);
    }
}
