//! One line: titles, names, board names.

use super::super::{ContentCode, line};

#[test]
fn a_line_is_tidied() {
    assert_eq!(line("  My  first\tweek \r\n at home ", 150).unwrap(), "My first week at home");
    assert_eq!(line("cafe\u{301}", 4).unwrap(), "café");
    assert_eq!(line("Ann\u{202e}a", 10).unwrap(), "Anna");
    assert_eq!(line("<b>bold</b>", 20).unwrap(), "<b>bold</b>");
}

#[test]
fn length_is_counted_in_characters_and_the_message_says_how_many() {
    assert!(line(&"é".repeat(150), 150).is_ok());
    let error = line(&"é".repeat(151), 150).unwrap_err();
    assert_eq!(error.code, ContentCode::TooLong);
    assert_eq!(error.to_string(), "This is 151 characters long. Please keep it to 150 or fewer.");
}

#[test]
fn nothing_and_control_characters_are_refused() {
    assert_eq!(line(" \u{200b}\u{3164} ", 150).unwrap_err().code, ContentCode::Empty);
    assert_eq!(line("a\0", 150).unwrap_err().code, ContentCode::Nul);
    assert_eq!(line("a\u{7}", 150).unwrap_err().code, ContentCode::ControlCharacter);
}
