//! Typing errors.

/// Letters from which a word may have one typing error, and two.
pub(crate) const ONE_EDIT_FROM: u8 = 5;
pub(crate) const TWO_EDITS_FROM: u8 = 9;

/// How many typing errors a word may have: the longer it is, the more.
pub(crate) fn tolerated_edits(word: &str) -> u8 {
    // Numbers and doses are never "nearly right".
    if word.chars().any(|c| c.is_ascii_digit()) {
        return 0;
    }
    let letters = word.chars().count();
    u8::from(letters >= usize::from(ONE_EDIT_FROM)) + u8::from(letters >= usize::from(TWO_EDITS_FROM))
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour to make one word of the other.
pub(crate) fn edits_between(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(letter != other);
            let mut least = changed.min(at(&last, column + 1) + 1).min(at(&now, column) + 1);
            let swapped =
                row > 0 && column > 0 && a.get(row - 1) == Some(other) && b.get(column - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            now.push(least);
        }
        before = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_the_word_the_more_errors() {
        assert_eq!(tolerated_edits("gout"), 0);
        assert_eq!(tolerated_edits("ankle"), 1);
        assert_eq!(tolerated_edits("ibuprofen"), 2);
        assert_eq!(tolerated_edits("500000"), 0);
    }

    #[test]
    fn a_swap_of_neighbours_is_one_error() {
        let cases = [
            ("stoma", "stoma", 0),
            ("stoma", "sotma", 1),
            ("stoma", "stomaa", 1),
            ("stoma", "stma", 1),
            ("stoma", "stpma", 1),
            ("gabapentin", "gabamentine", 2),
            ("", "abc", 3),
        ];
        for (a, b, edits) in cases {
            assert_eq!(edits_between(a, b), edits, "{a} {b}");
            assert_eq!(edits_between(b, a), edits, "{b} {a}");
        }
    }
}
