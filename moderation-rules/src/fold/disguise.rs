//! Takes off what people put on words to slip past a list: spaces, signs, stretched letters.

use super::{Folded, Folding, Plain, Token};
use crate::budget::{Meter, OverBudget};
use crate::language::{Lexicon, Spelling};
use crate::narrow::narrow;

/// Fewer single letters in a row are initials or a list.
const FEWEST_SPACED: usize = 3;
/// No word that matters is longer.
const LONGEST_JOINED: usize = 40;
const LONGEST_WORD: usize = 20;
/// A longer run of single letters is taken in pieces.
const LONGEST_RUN: usize = 240;
/// Two words run together: each has at least so many letters, because short halves would find "the rapist" in
/// "therapist".
const SHORTEST_HALF: usize = 4;

pub(super) fn uncover(
    folded: &mut Folded,
    plain: &Plain<'_>,
    lexicon: &Lexicon,
    meter: &Meter,
) -> Result<(), OverBudget> {
    let mut suspects = std::mem::take(&mut folded.suspects);
    if suspects.is_empty() {
        return Ok(());
    }
    suspects.sort_unstable();
    suspects.dedup();
    let tokens = std::mem::take(&mut folded.tokens);
    // Most suspicion is idle: words are copied only once something was uncovered.
    let mut copied = 0;
    for at in suspects {
        meter.step()?;
        let rest = tokens.get(at..).unwrap_or_default();
        let Some(token) = rest.first().filter(|_| at >= copied) else { continue };
        let mut under = Under { folded, plain, lexicon, words: Vec::new() };
        if let Some(taken) = under.take(token, rest) {
            let words = under.words;
            folded.tokens.extend_from_slice(tokens.get(copied..at).unwrap_or_default());
            folded.tokens.extend(words);
            copied = at + taken;
        }
    }
    if copied == 0 {
        folded.tokens = tokens;
    } else {
        folded.tokens.extend_from_slice(tokens.get(copied..).unwrap_or_default());
        folded.lay_out();
    }
    Ok(())
}

/// Whether a word that no rule names whole may be one that does, stretched or run together with another.
pub(super) fn is_odd(word: &str, worth: bool) -> bool {
    let halves = word.len() >= 2 * SHORTEST_HALF || (word.len() > SHORTEST_HALF && word.starts_with('i'));
    halves && !worth || has_run(word)
}

/// What may stand under a disguise at one place.
struct Under<'a> {
    folded: &'a mut Folded,
    plain: &'a Plain<'a>,
    lexicon: &'a Lexicon,
    /// The words that were uncovered.
    words: Vec<Token>,
}

impl Under<'_> {
    /// Uncovers what stands here; the answer is how many words of the text that took.
    fn take(&mut self, token: &Token, rest: &[Token]) -> Option<usize> {
        self.spaced(rest)
            .or_else(|| self.glued(rest))
            .or_else(|| self.stretched(token))
            .or_else(|| self.joined(token))
    }

    fn push(&mut self, word: &str, from: &Token, to: &Token, folding: Folding) {
        let start = self.folded.buffer.len();
        self.folded.buffer.push_str(word);
        self.words.push(Token {
            word: (narrow(start), narrow(self.folded.buffer.len())),
            plain: (from.plain.0, to.plain.1),
            symbol: self.lexicon.symbol(&Spelling::of(word.as_bytes())),
            folding: Some(folding),
            ..from.clone()
        });
    }

    /// `k i l l`, `k.i.l.l`: a run of single characters that spells known words.
    fn spaced(&mut self, rest: &[Token]) -> Option<usize> {
        let single = |t: &&Token| t.length() == 1;
        let run: Vec<&Token> = rest.iter().take_while(single).take(LONGEST_RUN).collect();
        if run.len() < FEWEST_SPACED {
            return None;
        }
        let mut words = Vec::new();
        let mut first = 0;
        for end in word_ends(&run, self.plain) {
            let letters = self.letters(run.get(first..end)?);
            words.extend(self.segment(&letters).into_iter().map(|(from, to)| (first + from, first + to)));
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
            let letters = self.letters(run.get(from..to)?);
            self.push(&letters, run.get(from)?, run.get(to - 1)?, Folding::Spaced);
        }
        Some(run.len())
    }

    fn letters(&self, run: &[&Token]) -> String {
        let letters: String = run.iter().map(|t| self.folded.word(t)).collect();
        substitute(&letters, 'i')
    }

    /// Cuts letters into as many known words as possible; what is between them stays single letters.
    fn segment(&self, letters: &str) -> Vec<(usize, usize)> {
        let length = letters.len();
        // For each place, how many letters from there on stay without a word, and where the first piece ends.
        let mut best: Vec<(usize, usize)> = vec![(0, length); length + 1];
        for start in (0..length).rev() {
            best[start] = (best[start + 1].0 + 1, start + 1);
            for end in (start + 1..=length.min(start + LONGEST_WORD)).rev() {
                let word = letters.get(start..end).unwrap_or_default();
                if best[end].0 < best[start].0
                    && (self.lexicon.knows(word) || matches!(word, "a" | "i" | "u"))
                {
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
    fn glued(&mut self, rest: &[Token]) -> Option<usize> {
        let first = rest.first()?;
        let text: &str = &self.plain.text;
        let more = rest.iter().skip(1).take_while(|t| t.glued).take(6).count();
        let lead =
            text.as_bytes().get(..first.plain().start)?.last().is_some_and(|b| matches!(b, b'$' | b'@'));
        for pieces in (0..=more).rev() {
            let last = rest.get(pieces)?;
            let from = first.plain().start - usize::from(lead);
            let tail =
                text.as_bytes().get(last.plain().end..)?.iter().take_while(|b| matches!(b, b'$' | b'*'));
            let written = text.get(from..last.plain().end + tail.count())?;
            let disguised = written.chars().any(|c| !c.is_alphabetic() && c != '\'');
            if !disguised || written.len() > LONGEST_JOINED || !written.chars().any(char::is_alphabetic) {
                continue;
            }
            let pieces_known = rest.iter().take(pieces + 1).all(|t| self.lexicon.is_worth(t.symbol));
            if let Some(word) = unglue(&written.to_lowercase(), pieces_known, self.lexicon) {
                self.push(&word, first, last, Folding::Leet);
                return Some(pieces + 1);
            }
        }
        None
    }

    /// `kiiill`: runs of three letters and more, read as two letters or as one.
    fn stretched(&mut self, token: &Token) -> Option<usize> {
        let word = self.folded.word(token);
        if word.len() > 200 || !has_run(word) || self.lexicon.is_whole(token.symbol) {
            return None;
        }
        let short = [collapse(word, 2, 2), collapse(word, 1, 1), collapse(word, 1, 2), collapse(word, 2, 1)];
        let whole = short.iter().find(|w| self.lexicon.has_word(w));
        let word = whole.or_else(|| short.iter().find(|w| self.lexicon.knows(w)))?;
        self.push(word, token, token, Folding::Stretched);
        Some(1)
    }

    /// `ihate`, `justpathetic`: two known words run together, where the whole is no word that we know.
    fn joined(&mut self, token: &Token) -> Option<usize> {
        let word = self.folded.word(token);
        if word.len() > LONGEST_JOINED
            || word.len() <= SHORTEST_HALF
            || !word.is_ascii()
            || self.lexicon.is_worth(token.symbol)
        {
            return None;
        }
        let i = word.starts_with('i').then_some(1);
        let mut cuts = i.into_iter().chain(SHORTEST_HALF..=word.len() - SHORTEST_HALF);
        let halves = |cut: usize| word.get(..cut).zip(word.get(cut..));
        let (first, second) = cuts.find_map(|cut| {
            halves(cut).filter(|(first, second)| {
                (cut == 1 || self.lexicon.has_word(first)) && self.lexicon.has_word(second)
            })
        })?;
        let (first, second) = (first.to_owned(), second.to_owned());
        self.push(&first, token, token, Folding::Joined);
        self.push(&second, token, token, Folding::Joined);
        Some(1)
    }
}

/// Where the words of a run end, as far as its gaps tell: the wider gaps part words, and so do spaces where
/// letters are parted by signs.
fn word_ends(run: &[&Token], plain: &Plain<'_>) -> Vec<usize> {
    let gap = |pair: &[&Token]| match pair {
        [before, after] => plain.text.get(before.plain().end..after.plain().start).unwrap_or_default(),
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

fn unglue(written: &str, pieces_known: bool, lexicon: &Lexicon) -> Option<String> {
    let bare: String = written.chars().filter(|c| !matches!(c, '-' | '_' | '.' | '\'' | '|' | '+')).collect();
    let only_split = bare.chars().all(char::is_alphabetic);
    if only_split && (pieces_known || bare.len() < 5) {
        return None;
    }
    if bare.contains(['*', '#']) {
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let masked = substitute(&bare, 'i').replace('#', "*");
        let word = if letters >= 2 && bare.len() >= 4 { lexicon.unmask(&masked) } else { None };
        return word.map(str::to_owned);
    }
    ['i', 'l'].into_iter().map(|one| substitute(&bare, one)).find(|w| w.len() >= 2 && lexicon.knows(w))
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
