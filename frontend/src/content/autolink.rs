//! People paste addresses as they are; this finds them in plain text.

/// A stretch of text that is, or is not, a web address.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) is_url: bool,
}

/// Cuts `text` into pieces; together they are the whole text.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = next_url(text, from) {
        push(&mut pieces, text.get(from..start), false);
        push(&mut pieces, text.get(start..end), true);
        from = end;
    }
    push(&mut pieces, text.get(from..), false);
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: Option<&'a str>, is_url: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        pieces.push(Piece { text, is_url });
    }
}

/// Byte range of the next `http://…` or `https://…` at or after `from` that does not stand inside a word.
fn next_url(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.find("http")?;
        let rest = text.get(start..)?;
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme));
        let before = text.get(..start)?.chars().next_back();
        match scheme {
            Some(scheme) if before.is_none_or(|c| !c.is_alphanumeric()) => {
                let end = start + url_length(rest);
                if end > start + scheme.len() {
                    return Some((start, end));
                }
            }
            _ => {}
        }
        at = start + "http".len();
    }
}

/// An address ends at white space or a bracket; the full stop or bracket that ends the sentence around it is left out.
fn url_length(rest: &str) -> usize {
    let end = rest
        .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c))
        .unwrap_or(rest.len());
    let mut url = rest.get(..end).unwrap_or_default();
    loop {
        let shorter =
            url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', '’', '”', '…']);
        let unpaired = shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if unpaired { shorter.trim_end_matches(')') } else { shorter };
        if shorter.len() == url.len() {
            return url.len();
        }
        url = shorter;
    }
}
