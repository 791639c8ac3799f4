//! The screened text with the matching words marked, as title and body.

use aftercare_frontend::parts::{Marked, TextPart};

use super::words::severity;
use crate::review::queue::Stretch;
use crate::screening::body_start;

/// Puts each stretch into title or body; one that reaches over both is cut.
pub(super) fn title_and_body(title: Option<&str>, stretches: &[Stretch]) -> (Option<Marked>, Marked) {
    let Some(title) = title else {
        return (
            None,
            Marked { parts: stretches.iter().map(|stretch| part(stretch, &stretch.text)).collect() },
        );
    };
    let (title_end, body_start) = (title.len(), body_start(Some(title)));
    let (mut head, mut body) = (Marked::default(), Marked::default());
    let mut start = 0;
    for stretch in stretches {
        let end = start + stretch.text.len();
        let cut = |from: usize, to: usize| {
            let (from, to) = (from.max(start), to.min(end));
            (from < to).then(|| stretch.text.get(from - start..to - start)).flatten()
        };
        head.parts.extend(cut(0, title_end).map(|text| part(stretch, text)));
        body.parts.extend(cut(body_start, usize::MAX).map(|text| part(stretch, text)));
        start = end;
    }
    (Some(head), body)
}

fn part(stretch: &Stretch, text: &str) -> TextPart {
    match &stretch.mark {
        None => TextPart::plain(text),
        Some((rule, urgency)) => TextPart::marked(text, rule.as_str(), severity(*urgency)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use moderation_rules::Severity;

    fn stretch(text: &str, marked: bool) -> Stretch {
        Stretch { text: text.to_owned(), mark: marked.then(|| ("A rule".to_owned(), Severity::Amber)) }
    }

    fn show(marked: &Marked) -> String {
        let part = |part: &TextPart| match part.marked {
            Some(_) => format!("[{}]", part.text),
            None => part.text.clone(),
        };
        marked.parts.iter().map(part).collect()
    }

    #[test]
    fn a_mark_that_reaches_over_title_and_body_is_in_both() {
        let text = [stretch("Müde, ", false), stretch("so müde\n\nund", true), stretch(" allein", false)];
        let (title, body) = title_and_body(Some("Müde, so müde"), &text);
        assert_eq!(show(&title.unwrap()), "Müde, [so müde]");
        assert_eq!(show(&body), "[und] allein");
    }

    #[test]
    fn a_reply_is_all_body() {
        let (title, body) = title_and_body(None, &[stretch("just ", false), stretch("stop it", true)]);
        assert!(title.is_none());
        assert_eq!(show(&body), "just [stop it]");
    }
}
