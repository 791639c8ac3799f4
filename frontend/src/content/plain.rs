//! The words of a post without its markup: what rules screen, what search finds, what a moderator sees marked.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Writes the events as a reader would read them aloud. A link whose words are not its address has the address behind it.
pub(super) fn text(events: &[Event<'_>]) -> String {
    let mut plain = Plain::default();
    for event in events {
        plain.take(event);
    }
    let end = plain.out.trim_end().len();
    plain.out.truncate(end);
    plain.out
}

#[derive(Default)]
struct Plain<'a> {
    out: String,
    /// The open link: its address, and where its words begin.
    link: Option<(&'a str, usize)>,
    first_cell: bool,
}

impl<'a> Plain<'a> {
    fn take(&mut self, event: &'a Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.out.push_str(text),
            Event::HardBreak => self.out.push('\n'),
            Event::Start(Tag::Link { dest_url, .. }) => self.link = Some((dest_url, self.out.len())),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.new_line(1);
                self.first_cell = true;
            }
            Event::Start(Tag::TableCell) if std::mem::take(&mut self.first_cell) => {}
            Event::Start(Tag::TableCell) => self.out.push_str(" | "),
            Event::Start(Tag::Item) => self.new_line(1),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_)) => {
                self.new_line(2)
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table)
            | Event::Rule => {
                self.new_line(2);
            }
            Event::Start(Tag::List(_)) => self.new_line(1),
            Event::End(TagEnd::List(_)) => self.new_line(2),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let Some((url, start)) = self.link.take() else { return };
        let words = self.out.get(start..).unwrap_or_default();
        if words != url && url.strip_prefix("mailto:") != Some(words) {
            self.out.push_str(" (");
            self.out.push_str(url);
            self.out.push(')');
        }
    }

    /// Ends the line and leaves `ends - 1` empty lines, unless they are there already.
    fn new_line(&mut self, ends: usize) {
        if self.out.is_empty() {
            return;
        }
        let there = self.out.len() - self.out.trim_end_matches('\n').len();
        self.out.extend(std::iter::repeat_n('\n', ends.saturating_sub(there)));
    }
}
