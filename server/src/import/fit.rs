//! Making texts from elsewhere fit the limits here without losing any of their words unless there is no way.

use aftercare_frontend::content;

use crate::platform::limits::{POST_BYTES, TITLE_CHARS};
use crate::threads::Title;

/// What stands at the end of a text that had to be cut.
const CUT: &str = "\n\n[…] This text was longer where it came from.";

/// Title and body as they fit. A title that is too long is cut at a word and stands whole in the body, an empty body repeats
/// the title, and a missing title is the start of the body. `None` where there is neither.
pub(super) fn titled(title: &str, body: &str) -> Option<(Title, String)> {
    let (whole, body) = (visible(title), visible(body).trim().to_owned());
    let whole = squeezed(&whole);
    let (title, body) = match (whole.is_empty(), body.is_empty()) {
        (true, true) => return None,
        (true, false) => (squeezed(body.lines().next().unwrap_or_default()), body),
        (false, true) => (whole.clone(), whole),
        (false, false) if whole.chars().count() > TITLE_CHARS && !squeezed(&body).contains(&whole) => {
            let body = format!("{whole}\n\n{body}");
            (whole, body)
        }
        (false, false) => (whole, body),
    };
    Some((Title::new(&cut_at_word(&title, TITLE_CHARS)).ok()?, body))
}

/// A body as it fits, and what had to be done to it.
pub(super) fn body(text: &str) -> (String, Option<String>) {
    let text = visible(text);
    let text = text.trim();
    if text.len() <= POST_BYTES {
        return (text.to_owned(), None);
    }
    let start = longest_start(text, POST_BYTES - CUT.len());
    let end = ["\n\n", "\n", " "]
        .iter()
        .find_map(|gap| start.rfind(gap).filter(|end| *end > start.len() / 2))
        .unwrap_or(start.len());
    let kept = start.get(..end).unwrap_or(start).trim_end();
    (
        format!("{kept}{CUT}"),
        Some(format!("the last {} bytes of a text that was too long were left out", text.len() - kept.len())),
    )
}

/// At most so many characters, ending after a word.
pub(super) fn cut_at_word(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    // One character fewer leaves room for the dots; a cut right before a blank loses no word.
    let room = text.get(..end).and_then(|fits| fits.char_indices().next_back()).map_or(0, |(last, _)| last);
    let start = text.get(..room).unwrap_or_default();
    let after_word = text.get(room..).is_some_and(|rest| rest.starts_with(' '));
    let end = if after_word { start.len() } else { start.rfind(' ').unwrap_or(start.len()) };
    format!("{}…", start.get(..end).unwrap_or(start).trim_end_matches([' ', ',', ';', ':', '-']))
}

fn longest_start(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// Without the control characters that no page can show, and with one kind of line end.
fn visible(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| *c >= ' ' || matches!(c, '\n' | '\t'))
        .collect()
}

fn squeezed(text: &str) -> String {
    content::line(text, usize::MAX).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, body: &str, want: Option<(&str, &str)>) {
        let got = titled(title, body);
        let got = got.as_ref().map(|(title, body)| (title.as_str(), body.as_str()));
        assert_eq!(got, want, "{title:?} {body:?}");
    }

    #[test]
    fn a_title_or_a_body_alone_makes_the_other() {
        check("Stairs", "How?", Some(("Stairs", "How?")));
        check("Stairs", " \n", Some(("Stairs", "Stairs")));
        check(" ", "How do I climb?\nAnd down?", Some(("How do I climb?", "How do I climb?\nAnd down?")));
        check("", "\0\u{1}", None);
        check("Two\nlines\0", "x", Some(("Two lines", "x")));
    }

    #[test]
    fn a_long_title_is_cut_at_a_word_and_stands_whole_in_the_body() {
        let long = format!("{}end", "seven77 ".repeat(40));
        let (title, body) = titled(&long, "And so on.").unwrap();
        assert_eq!(title.as_str(), format!("{}…", "seven77 ".repeat(18).trim_end()));
        assert_eq!(body, format!("{long}\n\nAnd so on."));
        assert_eq!(titled(&long, "").unwrap().1, long);
        assert_eq!(
            titled(&long, &format!("So: {long}")).unwrap().1,
            format!("So: {long}"),
            "it stands there already"
        );
        let word = "x".repeat(400);
        assert_eq!(titled(&word, "y").unwrap().0.as_str(), format!("{}…", "x".repeat(149)));
        check(&"ä".repeat(150), "y", Some((&"ä".repeat(150), "y")));
    }

    #[test]
    fn a_word_that_just_fits_is_kept() {
        assert_eq!(cut_at_word("one two three", 8), "one two…");
        assert_eq!(cut_at_word("one two three", 7), "one…");
        assert_eq!(cut_at_word("one two", 7), "one two");
    }

    #[test]
    fn a_body_of_32_kib_is_kept_whole_and_a_longer_one_up_to_a_paragraph() {
        let fits = "a".repeat(POST_BYTES);
        assert_eq!(body(&fits), (fits, None));
        let paragraph = format!("{}\n\n", "ä ".repeat(500));
        let (kept, note) = body(&paragraph.repeat(30));
        assert!(kept.len() <= POST_BYTES && kept.ends_with(CUT), "{}", kept.len());
        assert_eq!(kept.trim_end_matches(CUT).matches('ä').count() % 500, 0, "whole paragraphs");
        assert!(note.is_some_and(|note| note.contains("left out")));
    }
}
