//! Words that a text says are *not* there: "no fever", "without pain", "I don't have diabetes".

use crate::text::Word;

/// How many words after the cue it reaches.
const REACH: usize = 4;

/// For every word whether it is negated.
pub(super) fn negated(words: &[Word], text: &str) -> Vec<bool> {
    let mut marks = vec![false; words.len()];
    for cue in 0..words.len() {
        let Some(from) = after_cue(words, cue) else { continue };
        for at in from..words.len().min(from + REACH) {
            let previous = at.checked_sub(1).and_then(|before| words.get(before));
            let gap =
                previous.zip(words.get(at)).and_then(|(a, b)| text.get(a.end..b.start)).unwrap_or_default();
            let ended = gap.contains(['.', '?', '!', ',', ';', ':', '\n', '(']);
            let turned = words
                .get(at)
                .is_some_and(|word| matches!(word.text.as_str(), "but" | "and" | "though" | "just" | "only"));
            if ended || turned {
                break;
            }
            if let Some(mark) = marks.get_mut(at) {
                *mark = true;
            }
        }
    }
    marks
}

/// Where the denied words begin if a denial starts at `at`. A bare "not" is left alone: "why does it not heal"
/// is about healing.
fn after_cue(words: &[Word], at: usize) -> Option<usize> {
    let word = |offset: usize| words.get(at + offset).map_or("", |word| word.text.as_str());
    let has = |word: &str| matches!(word, "have" | "had" | "has" | "having" | "got");
    let refuses = matches!(word(0), "dont" | "doesnt" | "didnt" | "havent" | "hasnt" | "hadnt" | "never");
    match word(0) {
        "no" if matches!(word(1), "longer" | "one" | "idea" | "matter" | "way") => None,
        "no" | "without" | "denies" | "denied" => Some(at + 1),
        "negative" if word(1) == "for" => Some(at + 2),
        "ruled" if word(1) == "out" => Some(at + 2),
        "do" | "does" | "did" if word(1) == "not" && has(word(2)) => Some(at + 3),
        _ if refuses && has(word(1)) => Some(at + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analyse;

    fn denied(text: &str) -> Vec<String> {
        let words = analyse(text);
        let marks = negated(&words, text);
        words.into_iter().zip(marks).filter(|(_, denied)| *denied).map(|(word, _)| word.text).collect()
    }

    #[test]
    fn what_is_denied_is_marked_up_to_the_turn() {
        assert_eq!(denied("I have no fever, but a rash"), ["fever"]);
        assert_eq!(denied("I do not have any diabetes"), ["any", "diabetes"]);
        assert_eq!(denied("never had surgery and it hurts"), ["surgery"]);
    }

    #[test]
    fn a_complaint_with_not_in_it_is_no_denial() {
        assert!(denied("why does my wound not heal").is_empty());
        assert!(denied("I no longer sleep").is_empty());
    }
}
