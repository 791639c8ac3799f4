//! What is right in each field, and how much of it at most: the one table that both the forms and the operations are tried with.
//! A field that nobody has told this table of stops the test.

use aftercare::platform::limits::{
    BOARD_DESCRIPTION_CHARS, BOARD_NAME_CHARS, BOARD_SLUG_BYTES, EMAIL_CHARS, NAME_CHARS, OTHER_NAME_CHARS,
    PASSWORD_CHARS, POST_BYTES, REASON_CHARS, REGISTER_CHARS, SAVED_BYTES, SAVED_NAME_CHARS, SOURCE_CHARS,
    TITLE_CHARS,
};
use serde_json::{Value, json};

use crate::harness::PASSWORD;

/// What a field takes.
pub enum Takes {
    /// Text of at most so many characters.
    Text(usize),
    /// A password; an answer never carries it.
    Secret(usize),
    /// A day.
    Day,
    /// One of the words offered.
    Word,
    /// Yes or no.
    Tick,
    /// A whole number.
    Number,
    /// The id, the hash or the key of something: another one is not found, out of date, or malformed.
    Key,
    /// Objects with fields of their own.
    Objects,
}

/// Something right for this field of a route, and what it takes.
pub fn sample(path: &str, field: &str) -> (Value, Takes) {
    use Takes::*;
    let column = field.strip_prefix("source_").and_then(|rest| rest.split_once('_'));
    let field = column.map_or(field, |(_, column)| if column == "title" { "source_title" } else { column });
    match field {
        "name" if path.ends_with("/boards") => (json!("The stairs"), Text(BOARD_NAME_CHARS)),
        "name" if path.ends_with("/accounts") || path.ends_with("/join") => {
            (json!("Somebody New"), Text(*NAME_CHARS.end()))
        }
        "name" if path.ends_with("/search/saved") => (json!("My leg"), Text(SAVED_NAME_CHARS)),
        "query" => (json!("q=swelling"), Text(SAVED_BYTES)),
        "other_names" => (json!("weaning, slow lowering"), Text(OTHER_NAME_CHARS)),
        "name" => (json!("Ines"), Text(*NAME_CHARS.end())),
        "email" => (json!("somebody@example.org"), Text(EMAIL_CHARS)),
        "password" => (json!(PASSWORD), Secret(*PASSWORD_CHARS.end())),
        "title" => (json!("A title to keep"), Text(TITLE_CHARS)),
        "body" => (json!("Words that must not be lost."), Text(POST_BYTES)),
        "reason" => (json!("A reason with care in it."), Text(REASON_CHARS)),
        "note" => (json!("A note to the reader."), Text(REASON_CHARS)),
        "q" => (json!("swelling"), Text(SOURCE_CHARS)),
        "passage" => (json!("How long did it take"), Text(REASON_CHARS)),
        "slug" => (json!("stairs"), Text(*BOARD_SLUG_BYTES.end())),
        "description" => (json!("Up and down."), Text(BOARD_DESCRIPTION_CHARS)),
        "register" => (json!("NMC"), Text(REGISTER_CHARS)),
        "number" => (json!("77C7777C"), Text(REGISTER_CHARS)),
        "source_title" => (json!("Recovering at home"), Text(SOURCE_CHARS)),
        "publisher" => (json!("Example Trust"), Text(SOURCE_CHARS)),
        "url" => (json!("https://example.org/recovering"), Text(SOURCE_CHARS)),
        "date" => (json!("Spring 2026"), Text(SOURCE_CHARS)),
        "expires" => (json!("2031-05-31"), Day),
        "review_due" => (json!("2027-05-31"), Day),
        "region" => (json!("GB"), Word),
        "about" => (json!("me"), Word),
        "contact" | "contact_safety" => (json!("in_app"), Word),
        "role" => (json!("clinician"), Word),
        "audience" => (json!("public"), Word),
        "stage" => (json!("after_surgery"), Word),
        "relation" => (json!("adds"), Word),
        "choice" => (json!("publish_with_guidance"), Word),
        "label" | "triage" => (json!("amber"), Word),
        "action" => (json!("post"), Word),
        "adult" | "confirm" | "mask" | "hold_newcomers" | "neutral_titles" => (json!(true), Tick),
        "item_version" => (json!(1), Number),
        "what" => (json!("retire"), Word),
        "rule" => (json!("spam.prize"), Key),
        "nonce" => (json!("a-nonce-of-some-length"), Key),
        "board" => (json!("invited"), Key),
        "member" | "thread" | "guidance" | "guidance_version" | "revision" | "hash" => {
            (json!("0000000000000"), Key)
        }
        // Another page than ours is no place to go on to; then it is the first page.
        "next" => (json!("/me"), Key),
        "sources" => {
            let source = ["title", "publisher", "url", "date"].map(|column| {
                let field = if column == "title" { "source_title" } else { column };
                (column.to_owned(), sample(path, field).0)
            });
            (json!([serde_json::Map::from_iter(source)]), Objects)
        }
        other => panic!(
            "what is right in the field {other:?} of {path}? Please tell tests/it/bad_input/samples.rs"
        ),
    }
}

/// A text of so many characters that no rule minds and no field finds too short.
pub fn long(field: &str, characters: usize) -> String {
    let start = if field.ends_with("url") { "https://example.org/" } else { "" };
    let fill = if matches!(field, "slug" | "email") || field.ends_with("url") { "a" } else { "word and " };
    let end = if field == "email" { "@example.org" } else { "" };
    let middle = characters - start.len() - end.len();
    let fill: String = fill.chars().cycle().take(middle).collect();
    // A space at the end would be taken off.
    let text = format!("{start}{fill}{end}");
    if text.ends_with(' ') { format!("{}x", text.trim_end_matches(' ')) } else { text }
}
