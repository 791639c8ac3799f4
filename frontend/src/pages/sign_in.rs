//! `/sign-in`.

use askama::Template;

use crate::parts::{Chrome, FormField, FormState, Icon};

/// The fields of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInField {
    Email,
    Password,
    Next,
}

impl FormField for SignInField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Email, "email", "Your e-mail address"),
        (Self::Password, "password", "Your password"),
        (Self::Next, "next", "The page to go back to"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/sign_in.html")]
pub struct SignIn {
    pub chrome: Chrome,
    pub form: FormState<SignInField>,
    /// Why the person was brought here, such as `Please sign in to ask a question.`
    pub reason: Option<String>,
}

impl SignIn {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome { path: "/sign-in".to_owned(), ..Chrome::sample() },
            form: FormState::new("sample-csrf").with(SignInField::Next, "/boards/hips-and-knees/ask"),
            reason: Some("Please sign in to ask a question. You will come straight back.".to_owned()),
        }
    }

    pub fn sample_errors() -> Self {
        let mut page = Self::sample();
        page.form.set(SignInField::Email, "rowan@example.org");
        page.form.message = Some("The address and the password do not fit together.".to_owned());
        page
    }
}
