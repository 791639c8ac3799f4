//! Reads one phrase.
//!
//! | written | means |
//! |---|---|
//! | `stop taking` | these words, one after the other |
//! | `suicid*` | every word that begins so |
//! | `end[ing] it` | with or without the ending |
//! | `(stop\|quit) it` | one of these |
//! | `[really] want` | with or without |
//! | `is [so\|very]* weak` | any of these, up to three of them |
//! | `stop ... taking` | up to three words between |
//! | `stop ...6 taking` | up to six words between |
//! | `<medicines>` | one entry of a named list |
//! | `{>=38C}`, `{20}`, `{}` | a number in range, this number, any number |
//! | `^ stop taking` | at the beginning of a sentence or clause |
//! | `fever ~8 wound` | both, in either order, at most eight words apart |

use std::borrow::Cow;

use super::lists::Parsed;
use super::{Lists, Measure, Node, Pattern, Sequence, Unit, Vocabulary, WordSet};

/// Words between, where a phrase writes `...` and no number.
const GAP: usize = 3;
/// So many words of `[…]*` may follow one another.
const MOST_REPEATED: usize = 3;
/// A wider gap says nothing any more: use `~`, or two groups of `all`.
const WIDEST_GAP: usize = 20;
/// Lists within lists within lists: deeper than this nobody can read them.
const DEEPEST: usize = 12;
const TOO_DEEP: &str = "lists and brackets are nested too deeply: flatten them";

/// Compiles one phrase. The error says what is wrong and what to write instead.
pub(crate) fn parse(text: &str, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Pattern, String> {
    let mut parts = Vec::new();
    let mut apart = 0;
    for (at, part) in text.split('~').enumerate() {
        let mut part = part;
        if at > 0 {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            let (distance, rest) = part.split_at(digits);
            let distance = distance.parse().map_err(|_| "`~` needs a number of words, as in `a ~5 b`")?;
            apart = apart.max(distance);
            part = rest;
        }
        let sequence = sequence(part, lists, vocabulary, 0)?;
        if !sequence.iter().any(holds_words) {
            return Err("a phrase needs at least one word that must be there".into());
        }
        parts.push(sequence);
    }
    Ok(Pattern { parts, apart })
}

fn holds_words(node: &Node) -> bool {
    match node {
        Node::Words(_) => true,
        Node::Either { ways, optional } => !optional && ways.iter().all(|w| w.iter().any(holds_words)),
        // A bare number stands in every other sentence; one with a unit says something.
        Node::Number(measure) => measure.unit != Unit::Count,
        Node::Gap(..) | Node::Start => false,
    }
}

fn sequence(
    text: &str,
    lists: &Lists,
    vocabulary: &mut Vocabulary,
    depth: usize,
) -> Result<Sequence, String> {
    if depth > DEEPEST {
        return Err(TOO_DEEP.into());
    }
    let mut reader = Reader { rest: text, lists, vocabulary, depth };
    let mut nodes = Sequence::new();
    while let Some(node) = reader.next()? {
        nodes.extend(node);
    }
    Ok(nodes)
}

struct Reader<'a> {
    rest: &'a str,
    lists: &'a Lists,
    vocabulary: &'a mut Vocabulary,
    depth: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<Option<Sequence>, String> {
        self.rest = self.rest.trim_start();
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        let nodes = match first {
            '(' => vec![self.either('(', ')', false)?],
            '[' => self.optional()?,
            '<' => vec![self.list()?],
            '{' => vec![self.number()?],
            '^' => {
                self.rest = self.rest.get(1..).unwrap_or_default();
                vec![Node::Start]
            }
            '.' | '…' => vec![self.gap()?],
            ')' | ']' | '>' | '}' | '|' => {
                return Err(format!("`{first}` closes or divides something that was not opened"));
            }
            _ => self.words()?,
        };
        Ok(Some(nodes))
    }

    /// The text between the bracket at the front and the one that closes it.
    fn bracketed(&mut self, open: char, close: char) -> Result<&str, String> {
        let mut depth = 0_usize;
        for (at, c) in self.rest.char_indices() {
            if c == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
            }
            if depth == 0 {
                let inside = self.rest.get(1..at).unwrap_or_default();
                self.rest = self.rest.get(at + 1..).unwrap_or_default();
                return Ok(inside);
            }
        }
        Err(format!("`{open}` is never closed: add `{close}`"))
    }

    fn either(&mut self, open: char, close: char, optional: bool) -> Result<Node, String> {
        let depth = self.depth + 1;
        let inside = self.bracketed(open, close)?.to_owned();
        let mut ways = Vec::new();
        for way in split_ways(&inside) {
            let way = sequence(way, self.lists, self.vocabulary, depth)?;
            if way.is_empty() {
                return Err(format!(
                    "`{open}{inside}{close}` has an empty alternative: use `[…]` for optional words"
                ));
            }
            ways.push(way);
        }
        Ok(simplify(ways, optional))
    }

    /// `[a|b]`, or with a star, `[a|b]*`, up to three of them one after the other.
    fn optional(&mut self) -> Result<Sequence, String> {
        let node = self.either('[', ']', true)?;
        match self.rest.strip_prefix('*') {
            Some(rest) => {
                self.rest = rest;
                Ok(vec![node; MOST_REPEATED])
            }
            None => Ok(vec![node]),
        }
    }

    fn list(&mut self) -> Result<Node, String> {
        let name = self.bracketed('<', '>')?.trim().to_owned();
        let lists = self.lists;
        if let Some(known) = lists.parsed(&name) {
            return if self.depth + known.depth > DEEPEST { Err(TOO_DEEP.into()) } else { Ok(known.node) };
        }
        let entries = lists
            .get(&name)
            .ok_or_else(|| format!("there is no list `{name}`: add it under [lists] or correct the name"))?;
        if let Some(circle) = lists.circle(&name) {
            return Err(format!("list `{name}` names itself ({}): take that entry out", circle.join(" → ")));
        }
        let depth = self.depth + 1;
        let ways: Result<Vec<Sequence>, String> =
            entries.iter().map(|entry| sequence(entry, lists, self.vocabulary, depth)).collect();
        let ways = ways.map_err(|problem| format!("in list `{name}`: {problem}"))?;
        if ways.is_empty() || ways.iter().any(Vec::is_empty) {
            return Err(format!("list `{name}` is empty or has an empty entry: fill it or take it out"));
        }
        let node = simplify(ways, false);
        lists.remember(name, Parsed { depth: depth_of(&node), node: node.clone() });
        Ok(node)
    }

    fn number(&mut self) -> Result<Node, String> {
        let inside = self.bracketed('{', '}')?.to_owned();
        Measure::parse(&inside).map(Node::Number).ok_or_else(|| {
            format!("`{{{inside}}}` is not a number test: write {{>=20}}, {{20-60}}, {{>=38C}}, {{>4000mg}} or {{<=14days}}")
        })
    }

    fn gap(&mut self) -> Result<Node, String> {
        let dots = if self.rest.starts_with('…') { "…" } else { "..." };
        let Some(rest) = self.rest.strip_prefix(dots) else {
            return Err("a gap is written with three dots: `...` or `...5`".into());
        };
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (most, rest) = rest.split_at(digits);
        let most = if most.is_empty() { GAP } else { most.parse().unwrap_or(usize::MAX) };
        if most > WIDEST_GAP {
            return Err(format!("a gap of {most} words is too wide: at most {WIDEST_GAP}, or use `all`"));
        }
        self.rest = rest;
        Ok(Node::Gap(0, most))
    }

    /// A word, or two where the text would be cut in two as well (`covid19`, `x-ray`).
    fn words(&mut self) -> Result<Sequence, String> {
        let special = |c: char| c.is_whitespace() || "()[]<>{}|~…^".contains(c);
        let end = self.rest.find(special).unwrap_or(self.rest.len());
        let (written, rest) = self.rest.split_at(end);
        self.rest = rest;
        let (bare, stem) = match written.strip_suffix('*') {
            Some(bare) => (bare, true),
            None => (written, false),
        };
        if bare.contains('*') {
            return Err(format!(
                "`{written}`: the star stands at the end of a word, for every word that begins so"
            ));
        }
        let pieces = pieces(bare);
        let Some((last, before)) = pieces.split_last() else {
            return Err(format!(
                "`{written}` holds no letter or number: write words, and `[…]` for optional ones"
            ));
        };
        let ending = self.ending();
        let mut nodes: Sequence =
            before.iter().map(|p| Node::Words(WordSet::one(self.vocabulary.word(p)))).collect();
        let id = if stem { self.vocabulary.stem(last) } else { self.vocabulary.word(last) };
        let mut words = WordSet::one(id);
        if let Some(ending) = ending {
            words.join(&WordSet::one(self.vocabulary.word(&format!("{last}{ending}"))));
        }
        nodes.push(Node::Words(words));
        Ok(nodes)
    }

    /// The optional ending that stands right behind a word, as in `end[ing]`.
    fn ending(&mut self) -> Option<String> {
        let (ending, rest) = self.rest.strip_prefix('[')?.split_once(']')?;
        let plain = !ending.is_empty() && ending.chars().all(char::is_alphabetic);
        plain.then(|| {
            self.rest = rest;
            ending.to_lowercase()
        })
    }
}

/// How many alternatives lie within one another.
fn depth_of(node: &Node) -> usize {
    match node {
        Node::Either { ways, .. } => 1 + ways.iter().flatten().map(depth_of).max().unwrap_or_default(),
        Node::Words(_) | Node::Start | Node::Gap(..) | Node::Number(_) => 1,
    }
}

/// Cuts a written word as the scanner cuts text: apostrophes go, letters and digits part.
fn pieces(written: &str) -> Vec<Cow<'_, str>> {
    if !written.is_empty() && written.bytes().all(|b| b.is_ascii_lowercase()) {
        return vec![Cow::Borrowed(written)];
    }
    let mut pieces: Vec<String> = Vec::new();
    let mut last = None;
    for c in written.chars().filter(|c| !matches!(c, '\'' | '’')) {
        let kind = c.is_alphanumeric().then(|| c.is_numeric());
        if let Some(kind) = kind {
            if last != Some(kind) {
                pieces.push(String::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.extend(c.to_lowercase());
            }
        }
        last = kind;
    }
    pieces.into_iter().map(Cow::Owned).collect()
}

/// Splits at the `|` that stand outside inner brackets.
fn split_ways(inside: &str) -> Vec<&str> {
    let mut ways = Vec::new();
    let mut depth = 0_i32;
    let mut start = 0;
    for (at, c) in inside.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '|' if depth == 0 => {
                ways.push(inside.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    ways.push(inside.get(start..).unwrap_or_default());
    ways
}

/// Alternatives of one word each become one set, which is looked up instead of tried one by one.
fn simplify(ways: Vec<Sequence>, optional: bool) -> Node {
    let mut singles = Vec::new();
    let mut others = Vec::new();
    for way in ways {
        match way.as_slice() {
            [Node::Words(words)] => singles.extend(words.iter()),
            [Node::Either { ways: inner, optional: false }] => others.extend(inner.clone()),
            _ => others.push(way),
        }
    }
    // Inner alternatives may have brought single words up again.
    others.retain(|way| match way.as_slice() {
        [Node::Words(words)] => {
            singles.extend(words.iter());
            false
        }
        _ => true,
    });
    let singles = WordSet::of(singles);
    let some = singles.iter().next().is_some();
    if others.is_empty() && !optional {
        return Node::Words(singles);
    }
    if some {
        others.push(vec![Node::Words(singles)]);
    }
    Node::Either { ways: others, optional }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuse(phrase: &str, says: &str) {
        let problem = parse(phrase, &Lists::default(), &mut Vocabulary::default()).unwrap_err();
        assert!(problem.contains(says), "{phrase:?}: {problem}");
    }

    #[test]
    fn a_wrong_phrase_says_what_to_write_instead() {
        refuse("(stop taking", "add `)`");
        refuse("stop) taking", "not opened");
        refuse("<drugs>", "no list `drugs`");
        refuse("{hot}", "not a number test");
        refuse("a ...99 b", "too wide");
        refuse("su*cide", "end of a word");
        refuse("a ~ b", "number of words");
        refuse("{20}", "at least one word");
        refuse("[maybe]", "at least one word");
        refuse("(a|)", "empty alternative");
        refuse("!!", "no letter");
    }

    #[test]
    fn words_are_cut_like_the_text() {
        assert_eq!(pieces("don't"), ["dont"]);
        assert_eq!(pieces("X-ray"), ["x", "ray"]);
        assert_eq!(pieces("covid19"), ["covid", "19"]);
    }
}
