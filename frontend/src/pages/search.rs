//! `/search`.

use askama::Template;

use crate::parts::{BoardLink, CarePanel, Choice, Chrome, FormField, FormState, Icon, Moment, SnippetPart};

/// The fields of the search form, which is sent by GET.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchField {
    Query,
    Board,
    Kind,
}

impl FormField for SearchField {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Query, "q", "What are you looking for?"),
        (Self::Board, "board", "Board"),
        (Self::Kind, "kind", "Kind"),
    ];
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    Thread,
    Post,
    Guidance,
}

impl HitKind {
    pub const ALL: [Self; 3] = [Self::Thread, Self::Post, Self::Guidance];

    pub fn value(&self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Post => "post",
            Self::Guidance => "guidance",
        }
    }

    pub fn label(&self) -> &'static str {
        match self {
            Self::Thread => "Question",
            Self::Post => "Reply",
            Self::Guidance => "Signed guidance",
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Self::Guidance => Icon::Leaf,
            Self::Thread | Self::Post => Icon::Talk,
        }
    }
}

/// One result.
#[derive(Debug, Clone)]
pub struct Hit {
    pub kind: HitKind,
    pub url: String,
    pub title: Vec<SnippetPart>,
    pub snippet: Vec<SnippetPart>,
    pub board: Option<BoardLink>,
    pub author: Option<String>,
    pub when: Moment,
    /// Guidance that was stopped.
    pub is_stopped: bool,
}

/// What the search came to.
#[derive(Debug, Clone)]
pub enum Found {
    /// Nothing was asked.
    Blank,
    Hits {
        hits: Vec<Hit>,
        /// Such as `14 results` or `more than 200 results`.
        total: String,
        older: Option<String>,
    },
    Nothing,
    /// The search engine does not answer.
    Unavailable,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/search.html")]
pub struct Search {
    pub chrome: Chrome,
    pub form: FormState<SearchField>,
    /// The boards that the viewer may read.
    pub boards: Vec<BoardLink>,
    pub found: Found,
    /// Help, where the words typed show that it may be needed.
    pub care: Vec<CarePanel>,
}

impl Search {
    fn board_choices(&self) -> Vec<Choice> {
        let all = Choice::new("", "All boards");
        std::iter::once(all)
            .chain(self.boards.iter().map(|board| Choice::new(&board.slug, &board.name)))
            .collect()
    }

    fn kind_choices() -> Vec<Choice> {
        let all = Choice::new("", "Everything");
        std::iter::once(all)
            .chain(HitKind::ALL.iter().map(|kind| Choice::new(kind.value(), kind.label())))
            .collect()
    }

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
            is_stopped: false,
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
        Self {
            chrome: Chrome { path: "/search".to_owned(), ..Chrome::sample() },
            form: FormState::new("").with(SearchField::Query, "swollen leg"),
            boards: vec![BoardLink::sample()],
            found: Found::Hits {
                hits: vec![Hit { board: None, author: None, ..guidance }, thread],
                total: "2 results".to_owned(),
                older: None,
            },
            care: vec![],
        }
    }

    pub fn sample_nothing() -> Self {
        Self { found: Found::Nothing, care: vec![CarePanel::sample()], ..Self::sample() }
    }

    pub fn sample_unavailable() -> Self {
        Self { found: Found::Unavailable, ..Self::sample() }
    }
}
