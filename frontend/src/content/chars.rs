//! Which characters a text may hold. Applied to the source, and again to text that entities such as `&#x202e;` decode to.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::error::{ContentCode, ContentError};

/// More accents than this on one letter are decoration that runs over the lines above and below.
const MAX_MARKS: usize = 4;

/// Text of several lines: size, forbidden characters, then the quiet repairs of [`tame`].
pub(super) fn block(text: &str, max_bytes: usize) -> Result<String, ContentError> {
    // Browsers send CRLF for every line end; a person counts it as one.
    let crlf = text.as_bytes().windows(2).filter(|pair| pair == b"\r\n").count();
    if text.len() - crlf > max_bytes {
        return Err(ContentCode::TooLong.into());
    }
    check(text)?;
    let tamed = tame(&text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n"));
    if is_blank(&tamed) { Err(ContentCode::Empty.into()) } else { Ok(tamed) }
}

/// Refuses NUL and the other C0 controls, except the two that are typed: line end and tab.
pub(super) fn check(text: &str) -> Result<(), ContentError> {
    match text.chars().find(|&c| c < ' ' && !matches!(c, '\n' | '\r' | '\t')) {
        Some('\0') => Err(ContentCode::Nul.into()),
        Some(_) => Err(ContentCode::ControlCharacter.into()),
        None => Ok(()),
    }
}

/// Repairs what nobody means to type: direction overrides, C1 controls and byte order marks go, accents are capped, and the
/// rest is put into NFC so that equal texts have equal hashes.
pub(super) fn tame(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b'\t' | b' '..=b'~')) {
        return text.to_owned();
    }
    let mut tamed = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars().filter(|&c| !is_dropped(c)).nfc() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MAX_MARKS {
            tamed.push(c);
        }
    }
    // Dropping marks can bring two characters together that NFC would join.
    if unicode_normalization::is_nfc(&tamed) { tamed } else { tamed.nfc().collect() }
}

fn is_dropped(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t');
    let direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    control || direction || c == '\u{feff}'
}

/// True where a reader would see nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_dropped(c) || is_invisible(c))
}

/// Characters that take no room on the page by themselves.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
            ..='\u{180f}'
    ) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}
