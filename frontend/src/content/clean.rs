//! The last word on every byte of HTML: ammonia with an allow-list written out in full.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::error::{ContentCode, ContentError};
use super::safe::SanitizedHtml;

/// Every element that a post may hold.
pub(super) const TAGS: [&str; 23] = [
    "p",
    "br",
    "em",
    "strong",
    "del",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
];

/// Every kind of address that a link may have. Pictures from elsewhere are not shown at all.
pub(super) const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// A link tells the other site nothing about where the reader came from, and lends it no weight in search engines.
pub(super) const REL: &str = "noopener noreferrer nofollow ugc";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(REL))
        .strip_comments(true);
    builder
});

/// Cleans `html` and proves that cleaning again changes nothing: markup that moves under a second parse is how sanitizers
/// have been tricked, so it is refused.
pub(super) fn sanitize(html: &str) -> Result<SanitizedHtml, ContentError> {
    let once = CLEANER.clean(html).to_string();
    let twice = CLEANER.clean(&once).to_string();
    if once == twice { Ok(SanitizedHtml::new(once)) } else { Err(ContentCode::NotStable.into()) }
}
