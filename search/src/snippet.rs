//! The few lines of a text that show why it was found.

use std::collections::HashSet;

use crate::hits::SnippetPart;
use crate::text::{Word, analyse};

/// About two lines on a phone.
const SNIPPET_WORDS: usize = 32;
/// Very long texts are looked through only so far.
const LOOKED_AT_BYTES: usize = 60_000;

/// The stretch of `text` with the most different searched words, those words marked. Of stems with blanks between them all are
/// marked where they stand side by side.
pub(crate) fn snippet(text: &str, stems: &HashSet<String>) -> Vec<SnippetPart> {
    let text = on_one_line(head(text, LOOKED_AT_BYTES));
    let text = text.as_str();
    let words = analyse(text);
    let marked = marked(&words, stems);
    let start = best_start(&words, &marked);
    let shown = words.get(start..words.len().min(start + SNIPPET_WORDS)).unwrap_or_default();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return Vec::new() };
    let begins = if start == 0 { 0 } else { first.start };
    let ends = if start + SNIPPET_WORDS >= words.len() { text.len() } else { last.end };
    let mut parts = Vec::new();
    if start > 0 {
        push(&mut parts, "… ", false);
    }
    let shown = shown.iter().zip(marked.into_iter().skip(start));
    mark_between(&mut parts, text, begins, ends.min(last.end + 80), shown);
    if ends < text.trim_end().len() {
        push(&mut parts, " …", false);
    }
    parts
}

/// The blocks of a text behind one another. A heading, or whatever else ends without a sentence mark, gets one, so that it does
/// not run into what follows.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        if !line.is_empty() {
            line.push_str(if line.ends_with(char::is_alphanumeric) { ". " } else { " " });
        }
        line.push_str(block);
    }
    line
}

/// The whole of `text`, searched words marked.
pub(crate) fn mark(text: &str, stems: &HashSet<String>) -> Vec<SnippetPart> {
    let mut parts = Vec::new();
    let words = analyse(text);
    let marked = marked(&words, stems);
    mark_between(&mut parts, text, 0, text.len(), words.iter().zip(marked));
    parts
}

/// Which of the words were searched for.
fn marked(words: &[Word], stems: &HashSet<String>) -> Vec<bool> {
    let mut marked: Vec<bool> = words.iter().map(|word| stems.contains(&word.stem)).collect();
    for name in stems.iter().filter(|stem| stem.contains(' ')) {
        let name: Vec<&str> = name.split(' ').collect();
        for (from, window) in words.windows(name.len()).enumerate() {
            if window.iter().map(|word| word.stem.as_str()).eq(name.iter().copied()) {
                marked.iter_mut().skip(from).take(name.len()).for_each(|marked| *marked = true);
            }
        }
    }
    marked
}

fn mark_between<'a>(
    parts: &mut Vec<SnippetPart>,
    text: &str,
    begins: usize,
    ends: usize,
    words: impl Iterator<Item = (&'a Word, bool)>,
) {
    let mut at = begins;
    for (word, _) in words.filter(|(_, marked)| *marked) {
        push(parts, text.get(at..word.start).unwrap_or_default(), false);
        push(parts, text.get(word.start..word.end).unwrap_or_default(), true);
        at = word.end;
    }
    let ends = (ends..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    push(parts, text.get(at..ends).unwrap_or_default().trim_end(), false);
}

/// Where the window with the most different searched words begins, a few words of context before the first.
fn best_start(words: &[Word], marked: &[bool]) -> usize {
    let marked: Vec<usize> =
        marked.iter().enumerate().filter(|(_, marked)| **marked).map(|(at, _)| at).collect();
    let mut best = (0, 0);
    for from in &marked {
        let different: HashSet<&str> = marked
            .iter()
            .skip_while(|at| *at < from)
            .take_while(|at| **at < from + SNIPPET_WORDS - 6)
            .filter_map(|at| words.get(*at))
            .map(|word| word.stem.as_str())
            .collect();
        if different.len() > best.0 {
            best = (different.len(), *from);
        }
    }
    let start = best.1.saturating_sub(6);
    if start + SNIPPET_WORDS > words.len() {
        words.len().saturating_sub(SNIPPET_WORDS).min(start)
    } else {
        start
    }
}

fn push(parts: &mut Vec<SnippetPart>, text: &str, marked: bool) {
    if text.is_empty() {
        return;
    }
    // One line: line breaks of the source would tear a list of results apart.
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    parts.push(SnippetPart { text: line, marked });
}

fn head(text: &str, max: usize) -> &str {
    let end = (0..=max.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stem;

    fn stems(words: &[&str]) -> HashSet<String> {
        words.iter().map(|word| stem(word)).collect()
    }

    #[test]
    fn marks_every_form_of_the_word() {
        let parts = snippet("Swelling is normal; a swollen knee\nis too.", &stems(&["swelling", "knee"]));
        let marked: Vec<&str> =
            parts.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect();
        assert_eq!(marked, ["Swelling", "knee"]);
        let whole: String = parts.into_iter().map(|part| part.text).collect();
        assert_eq!(whole, "Swelling is normal; a swollen knee is too.");
    }

    #[test]
    fn a_heading_does_not_run_into_the_text_under_it() {
        let parts = snippet("What is usual\n\nSwelling.\n\nIt goes", &stems(&["swelling"]));
        let whole: String = parts.into_iter().map(|part| part.text).collect();
        assert_eq!(whole, "What is usual. Swelling. It goes");
    }

    #[test]
    fn a_name_is_marked_where_it_stands_as_a_whole() {
        let name = HashSet::from(["short of breath".to_owned()]);
        let parts = mark("A short walk, and I am short of breath", &name);
        let marked: Vec<&str> =
            parts.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect();
        assert_eq!(marked, ["short", "of", "breath"]);
    }

    #[test]
    fn shows_the_place_where_the_words_are() {
        let text =
            format!("{}the stitches dissolve by themselves {}", "filler ".repeat(100), "more ".repeat(100));
        let parts = snippet(&text, &stems(&["stitches", "dissolve"]));
        assert_eq!(parts.first().map(|part| part.text.as_str()), Some("… "));
        assert_eq!(parts.last().map(|part| part.text.as_str()), Some(" …"));
        assert_eq!(parts.iter().filter(|part| part.marked).count(), 2);
    }

    #[test]
    fn odd_text_is_shown_as_it_is() {
        assert!(snippet("", &stems(&["x"])).is_empty());
        assert_eq!(mark("🙂 <b>", &stems(&["b"])).len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn marking_changes_no_text(text in "\\PC{0,80}|[a-c ]{0,40}") {
            let whole: String = mark(&text, &stems(&["a", "b"])).into_iter().map(|part| part.text).collect();
            assert_eq!(whole, text.trim_end());
        }
    }
}
