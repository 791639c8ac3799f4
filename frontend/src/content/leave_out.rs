//! Leaving words out of Markdown: what somebody saw in the plain text is looked for in the source, and a mark stands in its place.

use std::ops::Range;

use super::chars;

/// Words as they stand in the plain text, and what is to stand in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut<'a> {
    pub words: &'a str,
    pub mark: String,
}

/// The source with a mark in the place of these words, wherever they stand in it, and of the whole link where they are part of an
/// address. `None` where some of them cannot be found: then nothing may be taken for left out.
pub fn leave_out(source: &str, out: &[LeftOut<'_>]) -> Option<String> {
    let source = chars::tame(&source.replace("\r\n", "\n"));
    let mut places = Vec::new();
    for one in out {
        let found = find(&source, one.words);
        if found.is_empty() {
            return None;
        }
        places.extend(found.into_iter().map(|place| (place, one.mark.as_str())));
    }
    places.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let (mut text, mut from) = (String::with_capacity(source.len()), 0);
    for (place, mark) in places {
        if place.start >= from {
            push(&mut text, source.get(from..place.start)?);
            push(&mut text, mark);
        }
        from = from.max(place.end);
    }
    push(&mut text, source.get(from..)?);
    Some(text)
}

/// A bracket or colon right behind a mark would make a link or its definition of it.
fn push(text: &mut String, rest: &str) {
    if text.ends_with(']') && rest.starts_with(['(', '[', ':']) {
        text.push(' ');
    }
    text.push_str(rest);
}

fn find(source: &str, words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let Some(first) = words.chars().next() else { return found };
    for (start, _) in source.match_indices(first) {
        let (before, rest) = source.split_at(start);
        if found.last().is_some_and(|last| start < last.end) || joins(before, words) {
            continue;
        }
        let Some(end) = end_of(rest, words).map(|length| start + length) else { continue };
        if !source.get(end..).is_some_and(|after| joins(words, after)) {
            found.push(whole(source, start..end));
        }
    }
    found
}

/// Whether two texts meet in the middle of a word.
fn joins(left: &str, right: &str) -> bool {
    let ends = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    ends(left.chars().next_back()) && ends(right.chars().next())
}

/// How long `words` are at the beginning of `source`, where marks for emphasis, escapes and the beginnings of quoted lines may stand
/// between them.
fn end_of(source: &str, words: &str) -> Option<usize> {
    let mut rest = source;
    let mut words = words.chars().peekable();
    while let Some(word) = words.next() {
        if word.is_whitespace() {
            while words.next_if(|c| c.is_whitespace()).is_some() {}
            let between = rest.find(|c: char| !c.is_whitespace() && !is_markup(c) && c != '>')?;
            let (gap, after) = rest.split_at(between);
            if !gap.contains(char::is_whitespace) {
                return None;
            }
            rest = after;
            // What looked like a mark was one of the words.
            if let Some(next) = words.peek().filter(|next| is_markup(**next) || **next == '>') {
                rest = source.get(source.len() - after.len() - gap.len() + gap.rfind(*next)?..)?;
            }
            continue;
        }
        loop {
            let mut chars = rest.chars();
            let next = chars.next()?;
            let here = rest;
            rest = chars.as_str();
            match next == word {
                true => break,
                false if is_markup(next) && here.len() < source.len() => {}
                false => return None,
            }
        }
    }
    Some(source.len() - rest.len())
}

fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`' | '\\')
}

/// The whole of what a place is part of: `<address>`, `(address)` behind the words of a link, an address pasted as it is.
fn whole(source: &str, place: Range<usize>) -> Range<usize> {
    let (before, after) =
        (source.get(..place.start).unwrap_or_default(), source.get(place.end..).unwrap_or_default());
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let open = before.get(line..).and_then(|here| here.rfind("](")).map(|at| line + at + 1);
    if let Some(open) = open.filter(|open| !before.get(*open..).is_some_and(|inside| inside.contains(')'))) {
        let end =
            after.find(['\n', ')']).filter(|end| after.get(*end..).is_some_and(|rest| rest.starts_with(')')));
        if let Some(end) = end {
            return open..place.end + end + 1;
        }
    }
    let start = before
        .rfind(|c: char| c.is_whitespace() || "<>(\"".contains(c))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let end = after.find(|c: char| c.is_whitespace() || "<>)\"".contains(c)).unwrap_or(after.len());
    let bracketed = before.get(..start).is_some_and(|left| left.ends_with('<'))
        && after.get(end..).is_some_and(|right| right.starts_with('>'));
    let token = before.get(start..).unwrap_or_default();
    match (bracketed, token.contains("://") || token.ends_with("mailto:")) {
        (true, _) => start - 1..place.end + end + 1,
        (false, true) => start..place.end + end,
        (false, false) => place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, words: &str, left: &str) {
        let out = [LeftOut { words, mark: "[gone]".to_owned() }];
        assert_eq!(leave_out(source, &out).as_deref(), Some(left), "{words:?} in {source:?}");
    }

    #[test]
    fn words_go_wherever_they_stand() {
        check("Ring 01632 960123, or 01632 960123!", "01632 960123", "Ring [gone], or [gone]!");
        check("Ring **01632** _960123_.", "01632 960123", "Ring **[gone]_.");
        check("Ring 01632\n> 960123 now", "01632 960123", "Ring [gone] now");
        check("jo\\_b@example.org", "jo_b@example.org", "[gone]");
        check("Ring `01632` today", "01632", "Ring `[gone]` today");
        check("ring a *bell* twice", "a *bell*", "ring [gone] twice");
        check("ring a _bell_", "a _bell_", "ring [gone]");
    }

    #[test]
    fn a_word_inside_another_stays() {
        check("Europe has rope", "rope", "Europe has [gone]");
        check("ropes, rope", "rope", "ropes, [gone]");
    }

    #[test]
    fn an_address_goes_with_the_link_that_it_is() {
        check("[write](mailto:jo@example.org) soon", "jo@example.org", "[write] [gone] soon");
        check("mail <jo@example.org>.", "jo@example.org", "mail [gone].");
        check("mail <mailto:jo@example.org>.", "jo@example.org", "mail [gone].");
        check("see https://example.org/u/jo77?x=1 there", "jo77", "see [gone] there");
        check("mail mailto:jo@example.org now", "jo@example.org", "mail [gone] now");
        check("[jo@example.org](mailto:jo@example.org)", "jo@example.org", "[[gone]] [gone]");
    }

    #[test]
    fn a_mark_never_becomes_a_link() {
        check("07700(home)", "07700", "[gone] (home)");
        check("07700: https://example.org", "07700", "[gone] : https://example.org");
    }

    #[test]
    fn places_that_overlap_have_one_mark() {
        let out = ["14 Elm Road, SW1", "SW1", "Road, SW1 2"]
            .map(|words| LeftOut { words, mark: "[gone]".to_owned() });
        assert_eq!(leave_out("At 14 Elm Road, SW1 2 now", &out).as_deref(), Some("At [gone] now"));
    }

    #[test]
    fn what_cannot_be_found_is_not_taken_for_left_out() {
        let out = [LeftOut { words: "01632 960123", mark: String::new() }];
        for source in ["01632&nbsp;960123", "nothing", "0163 2960123", ""] {
            assert_eq!(leave_out(source, &out), None, "{source}");
        }
    }
}
