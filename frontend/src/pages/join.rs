//! `/join`: a new account.

use askama::Template;

use crate::parts::{Choice, Chrome, FormField, FormState, Icon};

/// The fields of a new account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinField {
    Name,
    Email,
    Password,
    Region,
    Adult,
    Next,
}

impl FormField for JoinField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Name, "name", "The name that others see"),
        (Self::Email, "email", "Your e-mail address"),
        (Self::Password, "password", "A password"),
        (Self::Region, "region", "Where do you live?"),
        (Self::Adult, "adult", "I am 18 or older"),
        (Self::Next, "next", "The page to go back to"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/join.html")]
pub struct Join {
    pub chrome: Chrome,
    pub form: FormState<JoinField>,
    /// Regions with help lines; the value is the region's code.
    pub regions: Vec<Choice>,
    /// An address must be confirmed by mail before the first post.
    pub confirms_email: bool,
}

impl Join {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome { path: "/join".to_owned(), ..Chrome::sample() },
            form: FormState::new("sample-csrf").with_nonce("sample-nonce").with(JoinField::Region, "GB"),
            regions: sample_regions(),
            confirms_email: true,
        }
    }

    pub fn sample_errors() -> Self {
        let mut page = Self::sample();
        page.form.set(JoinField::Name, "Nurse Jo");
        page.form.set(JoinField::Email, "jo@example.org");
        page.form.fail("name", "This name says that you are a nurse. Please choose one without a job in it.");
        page.form
            .fail("password", "This password is on the list that thieves try first. Please make up another.");
        page
    }
}

pub(super) fn sample_regions() -> Vec<Choice> {
    let regions = [
        ("GB", "United Kingdom"),
        ("IE", "Ireland"),
        ("US", "United States"),
        ("AU", "Australia"),
        ("*", "Somewhere else"),
    ];
    regions.iter().map(|(code, name)| Choice::new(*code, *name)).collect()
}
