//! Takes off what people put on words to slip past a list: spaces, signs, stretched letters.

use super::{Folded, Folding, Known, Plain, Token};
use crate::budget::{Meter, OverBudget};

/// Fewer single letters in a row are initials or a list.
const FEWEST_SPACED: usize = 3;
/// No word that matters is longer.
const LONGEST_JOINED: usize = 40;
const LONGEST_WORD: usize = 20;
/// A longer run of single letters is taken in pieces.
const LONGEST_RUN: usize = 240;

pub(crate) fn uncover(
    mut folded: Folded,
    plain: &Plain<'_>,
    known: &dyn Known,
    meter: &Meter,
) -> Result<Folded, OverBudget> {
    let tokens = std::mem::take(&mut folded.tokens);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        meter.step()?;
        let rest = tokens.get(at..).unwrap_or_default();
        at += spaced(&mut folded, rest, plain, known)
            .or_else(|| glued(&mut folded, rest, plain, known))
            .or_else(|| stretched(&mut folded, token, known))
            .or_else(|| joined(&mut folded, token, known))
            .unwrap_or_else(|| {
                folded.tokens.push(token.clone());
                1
            });
    }
    Ok(folded)
}

fn push(folded: &mut Folded, word: &str, from: &Token, to: &Token, folding: Folding) {
    let start = folded.buffer.len();
    folded.buffer.push_str(word);
    folded.tokens.push(Token {
        word: start..folded.buffer.len(),
        end: to.end,
        plain: from.plain.start..to.plain.end,
        folding: Some(folding),
        ..from.clone()
    });
}

/// `k i l l`, `k.i.l.l`: a run of single characters that spells known words.
fn spaced(folded: &mut Folded, rest: &[Token], plain: &Plain<'_>, known: &dyn Known) -> Option<usize> {
    let single = |t: &&Token| t.word.len() == 1;
    let run: Vec<&Token> = rest.iter().take_while(single).take(LONGEST_RUN).collect();
    if run.len() < FEWEST_SPACED {
        return None;
    }
    let mut words = Vec::new();
    let mut first = 0;
    for end in word_ends(&run, plain) {
        let group = run.get(first..end)?;
        let letters: String = group.iter().map(|t| folded.word(t)).collect();
        let letters = substitute(&letters, 'i');
        words.extend(segment(&letters, known).into_iter().map(|(from, to)| (first + from, first + to)));
        first = end;
    }
    let uncovered = words
        .iter()
        .filter(|(from, to)| to - from >= FEWEST_SPACED)
        .map(|(from, to)| to - from)
        .sum::<usize>();
    if uncovered * 2 < run.len() {
        return None;
    }
    for (from, to) in words {
        let letters: String = run.get(from..to)?.iter().map(|t| folded.word(t)).collect();
        push(folded, &substitute(&letters, 'i'), run.get(from)?, run.get(to - 1)?, Folding::Spaced);
    }
    Some(run.len())
}

/// Where the words of a run end, as far as its gaps tell: the wider gaps part words, and so do spaces where
/// letters are parted by signs.
fn word_ends(run: &[&Token], plain: &Plain<'_>) -> Vec<usize> {
    let gap = |pair: &[&Token]| match pair {
        [before, after] => plain.text.get(before.plain.end..after.plain.start).unwrap_or_default(),
        _ => "",
    };
    let gaps: Vec<&str> = run.windows(2).map(gap).collect();
    let signs = gaps.iter().any(|gap| !gap.is_empty() && !gap.contains(char::is_whitespace));
    let narrowest = gaps.iter().map(|gap| gap.len()).min().unwrap_or_default();
    let parts = |gap: &str| if signs { gap.contains(char::is_whitespace) } else { gap.len() > narrowest };
    let mut ends: Vec<usize> =
        (1..run.len()).filter(|end| gaps.get(end - 1).is_some_and(|gap| parts(gap))).collect();
    ends.push(run.len());
    ends
}

/// Cuts letters into as many known words as possible; what is between them stays single letters.
fn segment(letters: &str, known: &dyn Known) -> Vec<(usize, usize)> {
    let length = letters.len();
    // For each place, how many letters from there on stay without a word, and where the first piece ends.
    let mut best: Vec<(usize, usize)> = vec![(0, length); length + 1];
    for start in (0..length).rev() {
        best[start] = (best[start + 1].0 + 1, start + 1);
        for end in (start + 1..=length.min(start + LONGEST_WORD)).rev() {
            let word = letters.get(start..end).unwrap_or_default();
            if best[end].0 < best[start].0 && (known.knows(word) || matches!(word, "a" | "i" | "u")) {
                best[start] = (best[end].0, end);
            }
        }
    }
    let mut words = Vec::new();
    let mut at = 0;
    while at < length {
        words.push((at, best[at].1));
        at = best[at].1;
    }
    words
}

/// `k1ll`, `h@te`, `s**cide`, `su-icide`: pieces without a space between them that are one known word.
fn glued(folded: &mut Folded, rest: &[Token], plain: &Plain<'_>, known: &dyn Known) -> Option<usize> {
    let first = rest.first()?;
    let more = rest.iter().skip(1).take_while(|t| t.glued).take(6).count();
    let lead = plain.text.get(..first.plain.start)?.chars().next_back().filter(|c| matches!(c, '$' | '@'));
    for pieces in (0..=more).rev() {
        let last = rest.get(pieces)?;
        let from = first.plain.start - lead.map_or(0, char::len_utf8);
        let tail = plain.text.get(last.plain.end..)?.chars().take_while(|c| matches!(c, '$' | '*'));
        let to = last.plain.end + tail.map(char::len_utf8).sum::<usize>();
        let written = plain.text.get(from..to)?;
        let disguised = written.chars().any(|c| !c.is_alphabetic() && c != '\'');
        if !disguised || written.len() > LONGEST_JOINED || !written.chars().any(char::is_alphabetic) {
            continue;
        }
        let pieces_known = rest.iter().take(pieces + 1).all(|t| known.knows(folded.word(t)));
        if let Some(word) = unglue(&written.to_lowercase(), pieces_known, known) {
            push(folded, &word, first, last, Folding::Leet);
            return Some(pieces + 1);
        }
    }
    None
}

fn unglue(written: &str, pieces_known: bool, known: &dyn Known) -> Option<String> {
    let bare: String = written.chars().filter(|c| !matches!(c, '-' | '_' | '.' | '\'' | '|' | '+')).collect();
    let only_split = bare.chars().all(char::is_alphabetic);
    if only_split && (pieces_known || bare.len() < 5) {
        return None;
    }
    if bare.contains(['*', '#']) {
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let masked = substitute(&bare, 'i').replace('#', "*");
        return if letters >= 2 && bare.len() >= 4 { known.unmask(&masked) } else { None };
    }
    ['i', 'l'].into_iter().map(|one| substitute(&bare, one)).find(|w| w.len() >= 2 && known.knows(w))
}

/// Signs and digits read as the letters they stand for; `1` is read as `one`.
fn substitute(written: &str, one: char) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        _ => c,
    };
    written.chars().map(letter).collect()
}

/// `kiiill`: runs of three letters and more, read as two letters or as one.
fn stretched(folded: &mut Folded, token: &Token, known: &dyn Known) -> Option<usize> {
    let word = folded.word(token);
    if word.len() > 200 || !has_run(word) || known.has_word(word) {
        return None;
    }
    let short = [collapse(word, 2, 2), collapse(word, 1, 1), collapse(word, 1, 2), collapse(word, 2, 1)];
    let whole = short.iter().find(|w| known.has_word(w));
    let word = whole.or_else(|| short.iter().find(|w| known.knows(w)))?.clone();
    push(folded, &word, token, token, Folding::Stretched);
    Some(1)
}

/// `ihate`, `justpathetic`: two known words run together, where the whole is no word that we know. Short halves
/// would find "the rapist" in "therapist".
fn joined(folded: &mut Folded, token: &Token, known: &dyn Known) -> Option<usize> {
    let word = folded.word(token);
    if !(5..=LONGEST_JOINED).contains(&word.len())
        || !word.is_ascii()
        || known.has_word(word)
        || known.knows(word)
    {
        return None;
    }
    let halves = |cut: usize| Some((word.get(..cut)?, word.get(cut..)?));
    let long = |half: &str| half.len() >= 4 && known.has_word(half);
    let cut = (1..word.len()).find(|cut| {
        halves(*cut).is_some_and(|(first, second)| (first == "i" || long(first)) && long(second))
    })?;
    let (first, second) = halves(cut).map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    push(folded, &first, token, token, Folding::Joined);
    push(folded, &second, token, token, Folding::Joined);
    Some(1)
}

fn has_run(word: &str) -> bool {
    word.as_bytes().windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}

/// Cuts every run of three and more down to `inner` letters, the one at the end of the word to `last`.
fn collapse(word: &str, inner: usize, last: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let mut run = 1;
        while chars.next_if_eq(&c).is_some() {
            run += 1;
        }
        let keep = if run < 3 {
            run
        } else if chars.peek().is_none() {
            last
        } else {
            inner
        };
        out.extend(std::iter::repeat_n(c, keep));
    }
    out
}
