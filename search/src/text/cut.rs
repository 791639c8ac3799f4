//! Shortening text without breaking a word.

/// The beginning of `text` of at most `max` characters, ending at a word, and whether something was cut off. A
/// single word that is too long is cut where it must be.
pub(crate) fn cut_at_word(text: &str, max: usize) -> (&str, bool) {
    let Some((end, next)) = text.char_indices().nth(max) else { return (text, false) };
    let head = text.get(..end).unwrap_or_default();
    let whole = if next.is_whitespace() { None } else { head.rfind(char::is_whitespace) };
    let kept = whole.and_then(|blank| head.get(..blank)).unwrap_or(head);
    let kept = kept.trim_end();
    (if kept.is_empty() { head } else { kept }, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_before_the_word_that_does_not_fit() {
        assert_eq!(cut_at_word("sore knee", 9), ("sore knee", false));
        assert_eq!(cut_at_word("sore knee", 8), ("sore", true));
        assert_eq!(cut_at_word("sore knee", 4), ("sore", true));
        assert_eq!(cut_at_word("ääääää", 3), ("äää", true));
    }
}
