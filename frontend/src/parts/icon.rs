//! Small drawings beside words. They are never alone, so screen readers skip them.

use std::fmt;

/// One drawing on a 24 by 24 grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A speech bubble.
    Talk,
    /// A leaf: signed guidance.
    Leaf,
    /// A seal with a tick: verified.
    Seal,
    Search,
    /// A lifebelt: help.
    Help,
    /// A door: leave this site.
    Exit,
    Clock,
    Pen,
    Phone,
    Bell,
    Stop,
    Check,
    Person,
    Desk,
    Eye,
    Lock,
    Circle,
    Triangle,
    Diamond,
    Alert,
}

impl Icon {
    fn path(&self) -> &'static str {
        match self {
            Self::Talk => "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
            Self::Leaf => "M5 20c0-9 4-15 15-16 0 11-6 15-13 14M5 20c2-5 5-8 9-10",
            Self::Seal => {
                "M12 2.5l2.6 2 3.2-.2.8 3.1 2.6 1.9-1.2 3 .9 3.1-2.8 1.6-.9 3.1-3.2 0-2.4 2.2-2.6-2-3.2.2-.8-3.1-2.6-1.9 1.2-3-.9-3.1 2.8-1.6.9-3.1 3.2 0zM8.5 12.2l2.4 2.4 4.6-4.8"
            }
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
            Self::Help => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5.6 5.6l3.6 3.6M14.8 14.8l3.6 3.6M18.4 5.6l-3.6 3.6M9.2 14.8l-3.6 3.6"
            }
            Self::Exit => "M13 4H5v16h8M10 12h11M17 8l4 4-4 4",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
            Self::Pen => "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
            Self::Phone => {
                "M6 3h3l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"
            }
            Self::Bell => "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4",
            Self::Stop => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
            Self::Check => "M4 12.5l5 5L20 6.5",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-5 4-7 8-7s8 2 8 7",
            Self::Desk => "M3 13h5l1.5 3h5L16 13h5M3 13V19h18v-6L18 5H6z",
            Self::Eye => "M2 12c4-7 16-7 20 0-4 7-16 7-20 0zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Circle => "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z",
            Self::Triangle => "M12 4l9 16H3z",
            Self::Diamond => "M12 2.5L21.5 12 12 21.5 2.5 12z",
            Self::Alert => "M12 3l10 17H2zM12 9v5M12 16.5v1",
        }
    }
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        write!(
            f,
            r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{path}"/></svg>"#
        )
    }
}

impl askama::filters::HtmlSafe for Icon {}
