//! Between the parser and the HTML writer: what the parser found, made harmless, counted and put into our own order of headings.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::autolink;
use super::chars;
use super::clean::SCHEMES;
use super::error::{ContentCode, ContentError};
use super::prescan::MAX_LINKS;

/// Elements inside one another; a list and its item are two, so that this is sixteen lists.
const MAX_DEPTH: usize = 32;
/// Events of one text: 32 KiB of prose has a few thousand.
const MAX_EVENTS: usize = 50_000;

/// Turns the parser's events into those that may become HTML.
pub(super) fn filter<'a>(parser: impl Iterator<Item = Event<'a>>) -> Result<Vec<Event<'a>>, ContentError> {
    let mut filter = Filter::default();
    for (seen, event) in parser.enumerate() {
        if seen >= MAX_EVENTS {
            return Err(ContentCode::TooComplex.into());
        }
        filter.take(event)?;
    }
    filter.flush()?;
    Ok(filter.out)
}

/// True for a web or mail address that a reader may follow. Addresses with a user name in front of the host are refused, as
/// `https://nhs.uk@elsewhere.example` reads like a place that it is not.
pub(super) fn is_allowed_url(url: &str) -> bool {
    let Ok(url) = ammonia::Url::parse(url) else { return false };
    let named = url.scheme() == "mailto" || url.has_host();
    SCHEMES.contains(&url.scheme()) && named && url.username().is_empty() && url.password().is_none()
}

#[derive(Default)]
struct Filter<'a> {
    out: Vec<Event<'a>>,
    /// Text not yet put out: the parser cuts text at every mark, and accents or addresses may cross the cuts.
    text: String,
    depth: usize,
    links: usize,
    /// For each open link or picture: was it put out as a link?
    open: Vec<bool>,
    /// The headings, as typed, that the text stands under.
    under: Vec<HeadingLevel>,
    in_code: bool,
}

impl<'a> Filter<'a> {
    fn take(&mut self, event: Event<'a>) -> Result<(), ContentError> {
        match event {
            Event::Text(text) | Event::InlineHtml(text) => self.text.push_str(&text),
            Event::Html(text) => {
                self.text.push_str(text.trim_end_matches('\n'));
                if text.ends_with('\n') {
                    self.put(Event::HardBreak)?;
                }
            }
            Event::Code(code) => self.put(Event::Code(chars::tame(&code).into()))?,
            // Line ends stay where the person made them: most of our readers know no Markdown.
            Event::SoftBreak | Event::HardBreak => self.put(Event::HardBreak)?,
            Event::Rule => self.put(Event::Rule)?,
            Event::Start(tag) => self.start(tag)?,
            Event::End(end) => self.end(end)?,
            // These need parser options that we leave off; their text must not be lost should that ever change.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text.push_str(&text);
            }
            Event::TaskListMarker(done) => self.text.push_str(if done { "[x] " } else { "[ ] " }),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'a>) -> Result<(), ContentError> {
        self.flush()?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ContentCode::TooDeep.into());
        }
        self.in_code = self.in_code || matches!(tag, Tag::CodeBlock(_));
        match tag {
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url),
            // A remote picture would tell another company who reads here. Its description is shown, as a link to it.
            Tag::Image { dest_url, .. } => self.open_link(LinkType::Inline, &dest_url),
            Tag::Heading { level, .. } => {
                self.under.retain(|above| *above < level);
                self.under.push(level);
                let level = self.heading();
                self.put(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }))
            }
            Tag::HtmlBlock => self.put(Event::Start(Tag::Paragraph)),
            other => self.put(Event::Start(other)),
        }
    }

    fn end(&mut self, end: TagEnd) -> Result<(), ContentError> {
        self.flush()?;
        if matches!(end, TagEnd::HtmlBlock) {
            // The line end that closes a block of HTML is no break.
            self.out.pop_if(|last| matches!(last, Event::HardBreak));
        }
        self.depth = self.depth.saturating_sub(1);
        match end {
            TagEnd::Link | TagEnd::Image => {
                if self.open.pop() == Some(true) {
                    self.name_empty_link();
                    self.put(Event::End(TagEnd::Link))?;
                }
                return Ok(());
            }
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
        self.put(Event::End(match end {
            TagEnd::Heading(_) => TagEnd::Heading(self.heading()),
            TagEnd::HtmlBlock => TagEnd::Paragraph,
            other => other,
        }))
    }

    /// Opens a link, unless its target may not be followed or it stands inside another link: then only its words are shown.
    fn open_link(&mut self, link_type: LinkType, url: &str) -> Result<(), ContentError> {
        let url = if link_type == LinkType::Email { format!("mailto:{url}") } else { url.to_owned() };
        let shown = !self.open.contains(&true) && is_allowed_url(&url);
        self.open.push(shown);
        if !shown {
            return Ok(());
        }
        self.count_link()?;
        self.put(Event::Start(link(url.into())))
    }

    /// A page has its own h1 and h2, so a post starts at h3, whatever it starts with, and never leaves a level out: people who
    /// move from heading to heading by ear would look for the missing one.
    fn heading(&self) -> HeadingLevel {
        match self.under.len() {
            0 | 1 => HeadingLevel::H3,
            2 => HeadingLevel::H4,
            3 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }

    /// A picture without a description would be a link without words.
    fn name_empty_link(&mut self) {
        if let Some(Event::Start(Tag::Link { dest_url, .. })) = self.out.last() {
            let words = dest_url.clone();
            self.out.push(Event::Text(words));
        }
    }

    fn count_link(&mut self) -> Result<(), ContentError> {
        self.links += 1;
        if self.links > MAX_LINKS { Err(ContentCode::TooManyLinks.into()) } else { Ok(()) }
    }

    fn put(&mut self, event: Event<'a>) -> Result<(), ContentError> {
        self.flush()?;
        if self.out.len() >= MAX_EVENTS {
            return Err(ContentCode::TooComplex.into());
        }
        self.out.push(event);
        Ok(())
    }

    /// Puts the collected text out, with addresses in it made into links where that is allowed.
    fn flush(&mut self) -> Result<(), ContentError> {
        if self.text.is_empty() {
            return Ok(());
        }
        let text = chars::tame(&std::mem::take(&mut self.text));
        if self.in_code || self.open.contains(&true) {
            self.out.push(Event::Text(text.into()));
            return Ok(());
        }
        for piece in autolink::split(&text) {
            let words = CowStr::from(piece.text.to_owned());
            if piece.is_url && is_allowed_url(piece.text) {
                self.count_link()?;
                self.out.push(Event::Start(link(words.clone())));
                self.out.push(Event::Text(words));
                self.out.push(Event::End(TagEnd::Link));
            } else {
                self.out.push(Event::Text(words));
            }
        }
        Ok(())
    }
}

fn link(dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link { link_type: LinkType::Inline, dest_url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") }
}
