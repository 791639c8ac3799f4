//! What stands around every page.

/// Embedded in every page context as `chrome`.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The community's name.
    pub community: String,
    /// Who is signed in.
    pub viewer: Option<ViewerChrome>,
    /// A harmless page elsewhere, for somebody who must not be seen here.
    pub quick_exit_url: String,
    /// The tab and the history show "Notes" instead of what the page is about.
    pub neutral_title: bool,
    /// Set while no member of staff reads here: until when, and who is awake now.
    pub hours_notice: Option<String>,
    /// The path of this page, for the mark in the navigation and for "sign in and come back".
    pub path: String,
    /// One sentence about what has just been done.
    pub flash: Option<String>,
    /// Search engines are asked to leave this page out.
    pub no_index: bool,
}

/// The person signed in, as far as the frame of the page needs them.
#[derive(Debug, Clone)]
pub struct ViewerChrome {
    pub name: String,
    pub is_moderator: bool,
    pub is_clinician: bool,
    pub is_admin: bool,
    pub unread_notices: u32,
    /// For the small forms of the frame, such as signing out.
    pub csrf: String,
}

impl Chrome {
    /// True where the navigation entry for `section` stands for this page.
    pub fn is_in(&self, section: &str) -> bool {
        let rest = self.path.strip_prefix(section);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }

    /// True on the front page, on boards and in threads.
    pub fn is_among_boards(&self) -> bool {
        self.path == "/" || self.is_in("/boards") || self.is_in("/threads") || self.is_in("/posts")
    }

    /// Clinicians and moderators have work at the desk.
    pub fn has_desk(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.is_moderator || viewer.is_clinician)
    }

    /// Where the desk begins for this viewer: the queue is the moderators'.
    pub fn desk_url(&self) -> &'static str {
        if self.viewer.as_ref().is_some_and(|viewer| viewer.is_moderator) {
            "/desk"
        } else {
            "/desk/guidance"
        }
    }

    /// A visitor on the front page.
    pub fn sample() -> Self {
        Self {
            community: "Harbour Lane".to_owned(),
            viewer: None,
            quick_exit_url: "https://www.bbc.co.uk/weather".to_owned(),
            neutral_title: false,
            hours_notice: None,
            path: "/".to_owned(),
            flash: None,
            no_index: false,
        }
    }

    pub fn sample_member(path: &str) -> Self {
        let viewer = ViewerChrome {
            name: "Rowan".to_owned(),
            is_moderator: false,
            is_clinician: false,
            is_admin: false,
            unread_notices: 2,
            csrf: "sample-csrf".to_owned(),
        };
        Self { viewer: Some(viewer), path: path.to_owned(), ..Self::sample() }
    }

    pub fn sample_moderator(path: &str) -> Self {
        let mut chrome = Self { no_index: true, ..Self::sample_member(path) };
        if let Some(viewer) = &mut chrome.viewer {
            viewer.name = "Imani".to_owned();
            viewer.is_moderator = true;
            viewer.unread_notices = 0;
        }
        chrome
    }

    pub fn sample_clinician(path: &str) -> Self {
        let mut chrome = Self::sample_moderator(path);
        if let Some(viewer) = &mut chrome.viewer {
            viewer.name = "Dr Asha Nair".to_owned();
            viewer.is_moderator = false;
            viewer.is_clinician = true;
        }
        chrome
    }

    pub fn sample_admin(path: &str) -> Self {
        let mut chrome = Self::sample_moderator(path);
        if let Some(viewer) = &mut chrome.viewer {
            viewer.name = "Marguerite".to_owned();
            viewer.is_admin = true;
        }
        chrome
    }
}
