//! `aftercare render`: the pipeline that posts go through, for checks from outside.

use aftercare_frontend::content;
use clap::Args as ClapArgs;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Done;
use super::jsonl::{self, Asked};

/// Reads lines {"id", "markdown"} and answers each with {"id", "html", "text"}, or {"id", "error": {"code", "message"}}
/// where the text would not be accepted. A line that cannot be read is answered with the code bad_line.
#[derive(ClapArgs)]
pub(super) struct Args {}

#[derive(Deserialize)]
struct Text {
    markdown: String,
}

pub(super) fn run() -> Done {
    jsonl::answer(std::io::stdin().lock(), std::io::stdout().lock(), rendered)
}

fn rendered(Asked { id, what: Text { markdown } }: Asked<Text>) -> Value {
    match content::render(&markdown) {
        Ok(rendered) => json!({ "id": id, "html": rendered.html.as_str(), "text": rendered.text }),
        Err(error) => json!({ "id": id, "error": { "code": error.code.as_str(), "message": error.message } }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_rendered_or_refused_by_code() {
        let answer =
            |markdown: &str| rendered(Asked { id: json!("a"), what: Text { markdown: markdown.into() } });
        assert_eq!(
            answer("**Slowly**, <b>slowly</b>"),
            json!({
                "id": "a",
                "html": "<p><strong>Slowly</strong>, &lt;b&gt;slowly&lt;/b&gt;</p>\n",
                "text": "Slowly, <b>slowly</b>",
            })
        );
        assert_eq!(answer(" ")["error"]["code"], "empty");
    }
}
