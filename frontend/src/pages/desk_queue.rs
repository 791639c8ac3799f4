//! `/desk`: what waits for a person, most urgent first.

use askama::Template;

use super::desk_item::Claim;
use crate::parts::{BoardLink, Chrome, Icon, Moment, Severity};

/// The lists of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskTab {
    Queue,
    Unread,
    Guidance,
    Mine,
}

/// The lists with how much is in each, as a text such as `7` or `200+`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/desk_tabs.html")]
pub struct DeskTabs {
    pub active: DeskTab,
    /// Clinicians who do not moderate work on guidance alone.
    pub moderates: bool,
    pub queue: String,
    pub unread: String,
    pub guidance: String,
    pub mine: String,
}

impl DeskTabs {
    fn rows(&self) -> Vec<(DeskTab, &'static str, &'static str, &str)> {
        let mut rows = vec![
            (DeskTab::Queue, "/desk", "Queue", self.queue.as_str()),
            (DeskTab::Mine, "/desk?mine=1", "Mine", self.mine.as_str()),
            (DeskTab::Unread, "/desk/unread", "Not read yet", self.unread.as_str()),
            (DeskTab::Guidance, "/desk/guidance", "Guidance", self.guidance.as_str()),
        ];
        rows.retain(|(tab, ..)| self.moderates || *tab == DeskTab::Guidance);
        rows
    }

    pub fn sample(active: DeskTab) -> Self {
        let count = |number: u32| number.to_string();
        Self {
            active,
            moderates: true,
            queue: count(7),
            unread: count(12),
            guidance: count(9),
            mine: count(1),
        }
    }
}

impl askama::filters::HtmlSafe for DeskTabs {}

/// One item of the queue.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub item: String,
    pub severity: Severity,
    /// The rules that asked for a person, by title.
    pub rules: Vec<String>,
    pub title: String,
    pub excerpt: String,
    pub author: String,
    pub board: BoardLink,
    /// Such as `Question`, `Reply` or `Edit of a public reply`.
    pub kind: String,
    pub since: Moment,
    /// The clock of its severity, such as `due in 40 minutes` or `12 minutes late`.
    pub clock: String,
    pub is_late: bool,
    pub claim: Claim,
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/desk_queue.html")]
pub struct DeskQueue {
    pub chrome: Chrome,
    pub tabs: DeskTabs,
    pub items: Vec<QueueRow>,
    pub older: Option<String>,
}

impl QueueRow {
    pub fn samples() -> Vec<Self> {
        let row = |item: &str, severity, rule: &str, title: &str, excerpt: &str, clock: &str| Self {
            item: item.to_owned(),
            severity,
            rules: vec![rule.to_owned()],
            title: title.to_owned(),
            excerpt: excerpt.to_owned(),
            author: "quiet_harbour".to_owned(),
            board: BoardLink::sample(),
            kind: "Question".to_owned(),
            since: Moment::new("2026-11-24T08:12:00Z", "18 minutes ago"),
            clock: clock.to_owned(),
            is_late: false,
            claim: Claim::Free,
        };
        vec![
            Self {
                is_late: true,
                ..row(
                    "0HITEM0000001",
                    Severity::Crisis,
                    "Wish not to be alive",
                    "The nights are the worst",
                    "Everybody says I should be glad. I am so tired …",
                    "3 minutes late",
                )
            },
            Self {
                claim: Claim::By {
                    name: "Jonas".to_owned(),
                    until: Moment::new("2026-11-24T08:45:00Z", "08:45"),
                },
                ..row(
                    "0HITEM0000002",
                    Severity::Red,
                    "Chest pain now",
                    "Re: first walk",
                    "since this morning my chest feels tight when I …",
                    "due in 42 minutes",
                )
            },
            Self {
                kind: "Edit of a public reply".to_owned(),
                claim: Claim::Mine { until: Moment::new("2026-11-24T08:44:00Z", "08:44") },
                ..row(
                    "0HITEM0000003",
                    Severity::Amber,
                    "Stop a prescribed medicine",
                    "Re: dizzy on the new tablets",
                    "I just left mine out for a week and felt …",
                    "due in 3 hours",
                )
            },
            row(
                "0HITEM0000004",
                Severity::Green,
                "Phone number",
                "Re: which chair is high enough?",
                "You can ring them on …",
                "due tomorrow at 08:00",
            ),
        ]
    }
}

impl DeskQueue {
    pub fn sample() -> Self {
        Self {
            chrome: Chrome::sample_moderator("/desk"),
            tabs: DeskTabs::sample(DeskTab::Queue),
            items: QueueRow::samples(),
            older: None,
        }
    }

    pub fn sample_empty() -> Self {
        Self { items: vec![], ..Self::sample() }
    }
}
