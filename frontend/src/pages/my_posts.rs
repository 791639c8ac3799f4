//! `/me/posts`: everything a member has written, with what has become of it.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment, OwnState};

/// One of the member's posts.
#[derive(Debug, Clone)]
pub struct MyPost {
    pub id: String,
    /// Where it stands, or will stand.
    pub url: String,
    /// Of the thread.
    pub title: String,
    pub excerpt: String,
    pub when: Moment,
    pub state: OwnState,
    /// The honest time, while it waits.
    pub expected: Option<String>,
    /// What staff wrote to the author.
    pub reason: Option<String>,
    pub can_edit: bool,
    pub can_withdraw: bool,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/my_posts.html")]
pub struct MyPosts {
    pub chrome: Chrome,
    pub posts: Vec<MyPost>,
    pub older: Option<String>,
}

impl MyPosts {
    pub fn sample() -> Self {
        let post = |id: &str, state, excerpt: &str| MyPost {
            id: id.to_owned(),
            url: format!("/threads/0HSWOLLENLEG1#p-{id}"),
            title: "Is it normal that my leg is still swollen after six weeks?".to_owned(),
            excerpt: excerpt.to_owned(),
            when: Moment::sample(),
            state,
            expected: None,
            reason: None,
            can_edit: state != OwnState::Withdrawn,
            can_withdraw: state != OwnState::Withdrawn,
        };
        let waiting = MyPost {
            expected: Some(
                "Most posts are read within two hours. Somebody is here until 22:00 today.".to_owned(),
            ),
            ..post("0HPOST0000004", OwnState::Waiting, "My mother had hers done too.")
        };
        let back = MyPost {
            reason: Some("Please leave out the ward's phone number, then it can go up at once.".to_owned()),
            ..post("0HPOST0000005", OwnState::ChangesAsked, "You can ring them on …")
        };
        Self {
            chrome: Chrome::sample_member("/me/posts"),
            posts: vec![
                waiting,
                back,
                post("0HPOST0000001", OwnState::Public, "Six weeks after my new hip …"),
                post("0HPOST0000009", OwnState::Withdrawn, "Never mind, found it."),
            ],
            older: None,
        }
    }
}
