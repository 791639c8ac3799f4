//! Pieces that several pages share. Each is a typed context with its own small template, and prints itself: `{{ card }}`.

mod about;
mod alike;
mod care_panel;
mod chrome;
mod control;
mod diff;
mod form;
mod guidance_card;
mod guidance_picker;
mod icon;
mod marked;
mod moment;
mod own_state;
mod post_card;
mod severity;
mod suggestions;
#[cfg(test)]
mod tests;
mod thread_row;
mod verified;

pub use about::About;
pub use alike::Alike;
pub use care_panel::{CarePanel, HelpLine, is_dialable};
pub use chrome::{Chrome, ViewerChrome};
pub use control::{Choice, Control};
pub use diff::{Diff, DiffPart};
pub use form::{ErrorSummary, FormField, FormState, HiddenFields};
pub use guidance_card::{GuidanceCard, Relation, Signer, Source, Stop};
pub use guidance_picker::{GuidanceOption, GuidancePicker};
pub use icon::Icon;
pub use marked::{Mark, Marked, SnippetPart, TextPart};
pub use moment::Moment;
pub use own_state::OwnState;
pub use post_card::{Author, OwnPost, PostCard, StaffTools, VerifyField};
pub use severity::Severity;
pub use suggestions::{Suggestion, Suggestions};
pub use thread_row::{BoardLink, ThreadRow};
pub use verified::VerifiedMark;

use crate::content::{SanitizedHtml, render};

/// HTML for samples, through the same pipeline as everything else.
pub(crate) fn sample_html(markdown: &str) -> SanitizedHtml {
    render(markdown).map(|rendered| rendered.html).unwrap_or_default()
}
