//! `/me`: the account.

use askama::Template;

use super::join::sample_regions;
use crate::parts::{Choice, Chrome, FormField, FormState, Icon};

/// What a member can set. Posted to `/me/settings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsField {
    Region,
    NeutralTitles,
    ContactSafety,
}

impl FormField for SettingsField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Region, "region", "Where do you live?"),
        (Self::NeutralTitles, "neutral_titles", "Give every page the name Notes"),
        (Self::ContactSafety, "contact_safety", "How may we write to you?"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/me.html")]
pub struct Me {
    pub chrome: Chrome,
    pub name: String,
    pub email: String,
    /// Such as `March 2026`.
    pub joined: String,
    /// Such as `Moderator`; members have none.
    pub roles: Vec<String>,
    pub settings: FormState<SettingsField>,
    pub regions: Vec<Choice>,
    /// How many devices are signed in, this one included.
    pub sessions: u32,
}

impl Me {
    fn contact_choices() -> Vec<Choice> {
        vec![
            Choice::new("none", "Not at all"),
            Choice::new("in_app", "Only here, under Notices"),
            Choice::new("neutral_mail", "By e-mail, with a plain subject and sender")
                .with_hint("The mail never says anything about health."),
        ]
    }

    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_member("/me"),
            name: "Rowan".to_owned(),
            email: "rowan@example.org".to_owned(),
            joined: "March 2026".to_owned(),
            roles: vec![],
            settings: FormState::new("sample-csrf")
                .with(SettingsField::Region, "GB")
                .with(SettingsField::ContactSafety, "in_app"),
            regions: sample_regions(),
            sessions: 2,
        }
    }
}
