//! The pipeline from outside: what people write, what attackers write, and what must hold for any text at all.

mod evil;
mod limits;
mod ordinary;
mod random;
mod titles;

use super::{ContentCode, render};

fn html(markdown: &str) -> String {
    render(markdown).unwrap().html.as_str().trim_end().to_owned()
}

fn text(markdown: &str) -> String {
    render(markdown).unwrap().text
}

fn refused(markdown: &str) -> ContentCode {
    render(markdown).unwrap_err().code
}

/// Panics unless every tag and attribute of `html` is on the list. Written apart from the sanitizer on purpose.
fn assert_only_allowed(html: &str) {
    const PLAIN: [&str; 21] = [
        "p",
        "br",
        "em",
        "strong",
        "del",
        "ul",
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
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("every tag ends");
        rest = after;
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = name.trim_start_matches('/');
        let ok = match name {
            "a" if tag.starts_with('/') => attributes.is_empty(),
            "a" => is_link(attributes),
            "ol" => attributes.is_empty() || is_start(attributes),
            other => PLAIN.contains(&other) && attributes.is_empty(),
        };
        assert!(ok, "<{tag}> in {html}");
    }
}

fn is_link(attributes: &str) -> bool {
    let rel = " rel=\"noopener noreferrer nofollow ugc\"";
    let Some(href) = attributes.strip_suffix(rel).and_then(|rest| rest.strip_prefix("href=\"")) else {
        return false;
    };
    let Some(url) = href.strip_suffix('"') else { return false };
    let url = url.to_ascii_lowercase();
    !url.contains('"')
        && ["http://", "https://", "http:", "https:", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

fn is_start(attributes: &str) -> bool {
    let number = attributes.strip_prefix("start=\"").and_then(|rest| rest.strip_suffix('"'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}
