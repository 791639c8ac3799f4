//! Words of a query, for whoever checks a correction or counts what was not found.

use crate::parse::parse;
use crate::text::is_stop_word;

/// The words that a query is about, folded, each once: no stop words, nothing that must not occur, no numbers.
pub fn telling_words(text: &str) -> Vec<String> {
    let parsed = parse(text);
    let mut words = Vec::new();
    for word in parsed.words.into_iter().chain(parsed.phrases.into_iter().flatten()) {
        let tells = !is_stop_word(&word.text)
            && word.text.chars().count() > 2
            && !word.text.chars().any(char::is_numeric);
        if tells && !words.contains(&word.text) {
            words.push(word.text);
        }
    }
    words
}

/// The corrected query with every word that was not typed in quotes: it finds only texts in which those words stand. Whoever
/// checks what it finds against what may be read has checked that the correction betrays nothing.
pub fn corrections_quoted(typed: &str, corrected: &str) -> String {
    let mut typed = typed.split_whitespace();
    let quoted = corrected.split_whitespace().map(|piece| match typed.next() {
        Some(same) if same == piece => piece.to_owned(),
        // A quotation is looked for exactly as it stands already.
        _ if piece.contains('"') => piece.to_owned(),
        _ => format!("\"{piece}\""),
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_about_its_telling_words() {
        assert_eq!(
            telling_words("what about the Gout and \"frozen shoulder\" -knee 1985 gout"),
            ["gout", "frozen", "shoulder"]
        );
        assert!(telling_words("🙂 the of 07700").is_empty());
    }

    #[test]
    fn only_what_was_not_typed_is_quoted() {
        assert_eq!(corrections_quoted("sore goit  knee", "sore gout knee"), "sore \"gout\" knee");
        assert_eq!(corrections_quoted("\"sore goit\"", "\"sore gout\""), "\"sore gout\"");
        assert_eq!(corrections_quoted("goit,knee", "gout,knee"), "\"gout,knee\"");
    }
}
