//! `/posts/{id}/guidance`: a moderator puts signed guidance under a post that is public already.

use askama::Template;

use crate::parts::{Chrome, FormField, FormState, GuidanceOption, GuidancePicker, Icon, PostCard};

/// The card. Posted to the address of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachField {
    Find,
    Guidance,
    Relation,
    Note,
}

impl FormField for AttachField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Find, "q", "Find other guidance"),
        (Self::Guidance, "guidance", "Which guidance?"),
        (Self::Relation, "relation", "How does it relate to the post?"),
        (Self::Note, "note", "A word of your own on the card"),
    ];
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/attach.html")]
pub struct Attach {
    pub chrome: Chrome,
    /// The post's id.
    pub id: String,
    pub post: PostCard,
    pub thread_title: String,
    pub form: FormState<AttachField>,
    pub guidance: Vec<GuidanceOption>,
}

impl Attach {
    fn action(&self) -> String {
        format!("/posts/{}/guidance", self.id)
    }

    fn picker(&self) -> GuidancePicker {
        let fields = [AttachField::Find, AttachField::Guidance, AttachField::Relation, AttachField::Note];
        GuidancePicker::new(&self.form, fields, "Please choose", &self.guidance, self.action())
    }
}

impl Attach {
    pub fn sample() -> Self {
        let post = PostCard::sample_reply();
        Self {
            chrome: Chrome::sample_moderator("/posts/0HPOST0000002/guidance"),
            id: post.id.clone(),
            post,
            thread_title: "Is it normal that my leg is still swollen after six weeks?".to_owned(),
            form: FormState::new("sample-csrf"),
            guidance: GuidanceOption::samples(),
        }
    }

    /// A search that found nothing, with a note that was typed before it.
    pub fn sample_nothing() -> Self {
        let form = FormState::new("sample-csrf")
            .with(AttachField::Find, "stockings")
            .with(AttachField::Note, "The part about walking is the one you asked about.")
            .with_error(AttachField::Find, "Nothing that can be attached today has these words.");
        Self { form, guidance: vec![], ..Self::sample() }
    }
}
