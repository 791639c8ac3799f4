//! Markdown to safe HTML: the one pipeline that posts, previews, guidance and `aftercare render` share.
//!
//! The order matters, and every step may refuse:
//!
//! 1. `chars`: size, forbidden characters, NFC, no direction overrides, no stacked accents.
//! 2. `prescan`: shapes that would cost a parser too much time are refused before any parser runs.
//! 3. `pulldown-cmark` with tables and strikethrough, nothing else.
//! 4. `events`: raw HTML becomes visible text, pictures become links, depth and amount are counted.
//! 5. `push_html`, then `clean`: ammonia with an explicit allow-list, run twice; two different answers are an error.
//!
//! What a person typed is never dropped without a trace: tags they typed are shown as text, and a link that may not be
//! followed keeps its words.

mod autolink;
mod chars;
mod clean;
mod error;
mod events;
mod leave_out;
mod line;
mod plain;
mod prescan;
mod safe;
#[cfg(test)]
mod tests;

pub use error::{ContentCode, ContentError};
pub use leave_out::{LeftOut, leave_out};
pub use line::line;
pub use safe::SanitizedHtml;

use pulldown_cmark::{Options, Parser, html};

/// Raised whenever the same Markdown may give other HTML than before, so that stored HTML can be made anew.
pub const RENDERER_VERSION: i32 = 2;

/// The longest text, in bytes, with every line end counted as one byte.
pub const MAX_BYTES: usize = 32 * 1024;

/// How often a text is parsed again to show lines that look like link definitions: a bound on time, far above what people write.
const MAX_PASSES: usize = 8;

/// What [`render`] makes of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Safe to print into a page as it stands.
    pub html: SanitizedHtml,
    /// What a reader reads, without markup: picture descriptions and link targets are in it, so that rules can see them.
    pub text: String,
}

/// Makes safe HTML and plain text of Markdown. The preview calls this very function.
pub fn render(markdown: &str) -> Result<Rendered, ContentError> {
    let source = chars::block(markdown, MAX_BYTES)?;
    prescan::check(&source)?;
    let source = visible_definitions(source);
    let events = events::filter(Parser::new_ext(&source, options()))?;
    let text = plain::text(&events);
    if chars::is_blank(&text) {
        return Err(ContentCode::Empty.into());
    }
    let mut raw = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut raw, events.into_iter());
    Ok(Rendered { html: clean::sanitize(&raw)?, text })
}

/// Tables and strikethrough. Footnotes, math and wiki links have payloads that cost quadratic time; heading attributes let a person set ids.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Markdown hides a line such as `[update]: better`, as it defines a link. Where the target is no web address the person meant
/// to say something, so the bracket is escaped and the line shows. Each pass shows the first line of each label.
fn visible_definitions(mut source: String) -> String {
    for _ in 0..MAX_PASSES {
        let parser = Parser::new_ext(&source, options());
        let mut starts: Vec<usize> = parser
            .reference_definitions()
            .iter()
            .filter(|(_, def)| !events::is_allowed_url(&def.dest))
            .map(|(_, def)| def.span.start)
            .collect();
        drop(parser);
        if starts.is_empty() {
            return source;
        }
        starts.sort_unstable();
        let mut shown = String::with_capacity(source.len() + starts.len());
        let mut from = 0;
        for start in starts {
            shown.push_str(source.get(from..start).unwrap_or_default());
            shown.push('\\');
            from = start;
        }
        shown.push_str(source.get(from..).unwrap_or_default());
        source = shown;
    }
    source
}
