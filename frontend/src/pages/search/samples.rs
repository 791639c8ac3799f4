//! The page in its states, for the gallery and the tests.

use super::{AskHere, Found, Hit, HitKind, InThread, Results, SavedSearches, Search, SearchField, Way, Ways};
use crate::parts::{BoardLink, CarePanel, Chrome, FormState, Moment, SnippetPart};

impl Search {
    pub fn sample() -> Self {
        let part = SnippetPart::plain;
        let hit = |kind, url: &str, title: Vec<SnippetPart>, snippet: Vec<SnippetPart>| Hit {
            kind,
            url: url.to_owned(),
            title,
            snippet,
            board: Some(BoardLink::sample()),
            author: Some("Rowan".to_owned()),
            when: Moment::sample(),
            is_verified: false,
        };
        let guidance = hit(
            HitKind::Guidance,
            "/guidance/0HGSWELLING01",
            vec![SnippetPart::found("Swelling"), part(" after a hip replacement")],
            vec![SnippetPart::found("Swelling"), part(" is common and can last for some months.")],
        );
        let thread = hit(
            HitKind::Thread,
            "/threads/0HSWOLLENLEG1",
            vec![
                part("Is it normal that my "),
                SnippetPart::found("leg"),
                part(" is still "),
                SnippetPart::found("swollen"),
                part("?"),
            ],
            vec![part("Six weeks after my new hip, my "), SnippetPart::found("leg"), part(" is still …")],
        );
        let way = |label: &str, count: &str, is_chosen| Way {
            label: label.to_owned(),
            count: count.to_owned(),
            url: "/search?q=swollen%20leg&kind=thread".to_owned(),
            is_chosen,
        };
        let kinds = vec![
            way("Everything", "", true),
            way("Questions", "more than 200", false),
            way("Signed guidance", "1", false),
        ];
        Self {
            chrome: Chrome { path: "/search".to_owned(), ..Chrome::sample() },
            form: FormState::new("").with(SearchField::Query, "swollen leg"),
            boards: vec![BoardLink::sample()],
            thread: None,
            found: Found::Hits {
                results: Results {
                    hits: vec![
                        Hit { board: None, author: None, ..guidance },
                        Hit { is_verified: true, ..thread },
                    ],
                    total: "2 results".to_owned(),
                    is_partial: true,
                    ways: vec![Ways { label: "Narrow down by kind", ways: kinds }],
                    older: Some("/search?q=swollen%20leg&after=20".to_owned()),
                },
                meant: Some(("swollen leg".to_owned(), "/search?q=swollen%20leg".to_owned())),
                was_cut: true,
            },
            saved: None,
            care: vec![],
        }
    }

    pub fn sample_saved() -> Self {
        let chrome = Chrome::sample_member("/search");
        Self { chrome, saved: Some(SavedSearches::sample()), ..Self::sample() }
    }

    pub fn sample_nothing() -> Self {
        let asks = vec![AskHere {
            board: "Hips and knees".to_owned(),
            url: "/boards/hips-and-knees/ask?title=swollen%20leg".to_owned(),
        }];
        let thread = InThread {
            id: "0HSWOLLENLEG1".to_owned(),
            title: "Is it normal that my leg is still swollen after six weeks?".to_owned(),
            out: "/search?q=swollen%20leg".to_owned(),
        };
        Self {
            found: Found::Nothing { meant: None, asks },
            thread: Some(thread),
            care: vec![CarePanel::sample()],
            ..Self::sample()
        }
    }

    pub fn sample_wrong() -> Self {
        let mut form =
            FormState::new("").with(SearchField::Query, "leg").with(SearchField::From, "2026-02-31");
        form.fail("from", "This is no day of the calendar.");
        Self { form, found: Found::Blank, ..Self::sample() }
    }

    pub fn sample_beyond() -> Self {
        Self { found: Found::Beyond { first: "/search?q=leg".to_owned() }, ..Self::sample() }
    }

    pub fn sample_unavailable() -> Self {
        Self { found: Found::Unavailable, ..Self::sample() }
    }
}
