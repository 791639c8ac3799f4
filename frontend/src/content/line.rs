//! Titles and names: one line, with the same rules for characters as a post.

use super::chars;
use super::error::{ContentCode, ContentError};

/// Makes one tidy line of `text`: spaces at the ends go, runs of spaces and line ends become one space.
/// `max_chars` counts characters as people do, not bytes.
pub fn line(text: &str, max_chars: usize) -> Result<String, ContentError> {
    chars::check(text)?;
    let tamed = chars::tame(&text.replace("\r\n", "\n").replace('\r', "\n"));
    if chars::is_blank(&tamed) {
        return Err(ContentCode::Empty.into());
    }
    let tidy = tamed.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = tidy.chars().count();
    if length > max_chars {
        let message = format!("This is {length} characters long. Please keep it to {max_chars} or fewer.");
        return Err(ContentError::new(ContentCode::TooLong, message));
    }
    Ok(tidy)
}
