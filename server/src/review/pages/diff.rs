//! What changed between two wordings, word by word.

use aftercare_frontend::parts::{Diff, DiffPart};

/// Above this many comparisons the changed middle is shown as a whole: the page must not wait for a perfect answer.
const MOST_CELLS: usize = 4_000_000;

/// Compares two texts. Nothing of either is left out.
pub(super) fn diff(before: &str, after: &str) -> Diff {
    let (old, new) = (words(before), words(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let mut parts = Parts::default();
    old.iter().take(head).for_each(|word| parts.push(Change::Same, word));
    if old_middle.len().saturating_mul(new_middle.len()) > MOST_CELLS {
        old_middle.iter().for_each(|word| parts.push(Change::Removed, word));
        new_middle.iter().for_each(|word| parts.push(Change::Added, word));
    } else {
        compare(old_middle, new_middle, &mut parts);
    }
    new_rest.iter().skip(new_middle.len()).for_each(|word| parts.push(Change::Same, word));
    parts.finish()
}

/// Words with the space that follows them, so that joining them gives the text back.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// Longest common subsequence: the table from the end, then one walk from the beginning.
fn compare(old: &[&str], new: &[&str], parts: &mut Parts) {
    let width = new.len() + 1;
    let mut common = vec![0_u32; width * (old.len() + 1)];
    let at = |row: usize, column: usize| row * width + column;
    let get = |common: &[u32], row: usize, column: usize| common.get(at(row, column)).copied().unwrap_or(0);
    for (row, a) in old.iter().enumerate().rev() {
        for (column, b) in new.iter().enumerate().rev() {
            let best = match a == b {
                true => get(&common, row + 1, column + 1) + 1,
                false => get(&common, row + 1, column).max(get(&common, row, column + 1)),
            };
            if let Some(cell) = common.get_mut(at(row, column)) {
                *cell = best;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    loop {
        match (old.get(row), new.get(column)) {
            (None, None) => return,
            (Some(a), Some(b)) if a == b => {
                parts.push(Change::Same, a);
                (row, column) = (row + 1, column + 1);
            }
            (Some(a), b) if b.is_none() || get(&common, row + 1, column) >= get(&common, row, column + 1) => {
                parts.push(Change::Removed, a);
                row += 1;
            }
            (_, Some(b)) => {
                parts.push(Change::Added, b);
                column += 1;
            }
            (Some(_), None) => return,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Same,
    Added,
    Removed,
}

/// Joins words of one kind into one part.
#[derive(Default)]
struct Parts {
    done: Vec<DiffPart>,
    open: Option<(Change, String)>,
}

impl Parts {
    fn push(&mut self, change: Change, word: &str) {
        match &mut self.open {
            Some((kind, text)) if *kind == change => text.push_str(word),
            _ => {
                self.close();
                self.open = Some((change, word.to_owned()));
            }
        }
    }

    fn close(&mut self) {
        self.done.extend(self.open.take().map(|(change, text)| match change {
            Change::Same => DiffPart::Same(text),
            Change::Added => DiffPart::Added(text),
            Change::Removed => DiffPart::Removed(text),
        }));
    }

    fn finish(mut self) -> Diff {
        self.close();
        Diff { parts: self.done }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, shown: &str) {
        let part = |part: &DiffPart| match part {
            DiffPart::Same(text) => text.clone(),
            DiffPart::Added(text) => format!("+{text}+"),
            DiffPart::Removed(text) => format!("-{text}-"),
        };
        assert_eq!(diff(before, after).parts.iter().map(part).collect::<String>(), shown);
    }

    #[test]
    fn changed_words_stand_beside_each_other() {
        check("dizzy for a week now", "dizzy for nine days now", "dizzy for -a week -+nine days +now");
        check("same words", "same words", "same words");
        check("", "all new", "+all new+");
        check("all gone", "", "-all gone-");
        check("a b c d e", "a x c e", "a -b -+x +c -d -e");
    }

    #[test]
    fn two_long_and_different_texts_are_shown_whole() {
        let (before, after) = ("old ".repeat(3000), "new ".repeat(3000));
        check(&before, &after, &format!("-{before}-+{after}+"));
    }
}
