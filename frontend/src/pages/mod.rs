//! One file for each page: its context, which the server fills, and a `sample()`.
//!
//! | who | contexts |
//! |---|---|
//! | everybody | [`Home`], [`Board`], [`Thread`], [`Search`], [`GuidanceLibrary`], [`GuidanceArticle`], [`Glossary`], [`Help`], [`About`], [`Privacy`], [`ErrorPage`], [`Join`], [`SignIn`] |
//! | members | [`Ask`], [`EditPost`], [`Withdraw`], [`Sent`], [`Nudge`], [`PersonalDetails`], [`Me`], [`MyPosts`], [`MyDrafts`], [`EditDraft`], [`MyNotices`] |
//! | staff | [`DeskQueue`], [`DeskItem`], [`DeskConflict`], [`DeskUnread`], [`DeskGuidance`], [`GuidanceEdit`], [`DeskVersion`], [`Verify`], [`Attach`] |
//! | admins | [`AdminBoards`], [`AdminPeople`], [`AdminRules`], [`AdminBacktests`], [`AdminBacktest`], [`AdminDeadLetters`], [`AdminAudit`] |
//!
//! Every context holds a [`Chrome`](crate::parts::Chrome), the frame of the page; every form is a
//! [`FormState`](crate::parts::FormState) over an enum of its fields. Call [`Page::html`] on any of them.

mod about;
mod admin_audit;
mod admin_backtest;
mod admin_backtests;
mod admin_boards;
mod admin_dead_letters;
mod admin_people;
mod admin_rules;
mod ask;
mod attach;
mod board;
mod desk_conflict;
mod desk_guidance;
mod desk_item;
mod desk_looked_for;
mod desk_queue;
mod desk_unread;
mod desk_version;
mod edit_post;
mod error;
mod glossary;
mod guidance_article;
mod guidance_edit;
mod guidance_library;
mod help;
mod home;
mod join;
mod me;
mod my_drafts;
mod my_notices;
mod my_posts;
mod nudge;
mod personal_details;
mod privacy;
pub mod samples;
mod search;
mod sent;
mod sign_in;
#[cfg(test)]
mod tests;
mod thread;
mod verify;
mod withdraw;

pub use about::About;
pub use admin_audit::{AdminAudit, AuditObject, AuditRow, Chain};
pub use admin_backtest::{
    AdminBacktest, BacktestFound, BacktestOutcome, BacktestPost, BacktestRule, BacktestWeek,
};
pub use admin_backtests::{AdminBacktests, BacktestField, BacktestRow};
pub use admin_boards::{AdminBoards, BoardField, BoardRow, InviteField, StageField};
pub use admin_dead_letters::{AdminDeadLetters, DeadLetterRow};
pub use admin_people::{AdminPeople, GrantField, HeldRole, Person};
pub use admin_rules::{AdminRules, RuleMark, RuleRow};
pub use ask::{Ask, AskField};
pub use attach::{Attach, AttachField};
pub use board::Board;
pub use desk_conflict::{DeskConflict, Kept};
pub use desk_guidance::{ArticleState, DeskGuidance, GuidanceRow};
pub use desk_item::{Claim, ContextPost, DecideField, DeskItem, History, RevisionRow, RuleHit};
pub use desk_looked_for::{DeskLookedFor, LookedForRow};
pub use desk_queue::{DeskQueue, DeskTab, DeskTabs, QueueRow};
pub use desk_unread::{DeskUnread, UnreadPost};
pub use desk_version::{DeskVersion, Reinstate, StopField};
pub use edit_post::{EditField, EditPost};
pub use error::ErrorPage;
pub use glossary::{ExplainedWord, Glossary};
pub use guidance_article::{GuidanceArticle, VersionRow};
pub use guidance_edit::{GuidanceEdit, GuidanceField, SOURCES, SourceField};
pub use guidance_library::{GuidanceLibrary, LibraryRow};
pub use help::{Help, RegionHelp};
pub use home::{BoardCard, Home};
pub use join::{Join, JoinField};
pub use me::{Me, SettingsField};
pub use my_drafts::{Draft, EditDraft, MyDrafts, Returned};
pub use my_notices::{MyNotices, Notice};
pub use my_posts::{MyPost, MyPosts};
pub use nudge::Nudge;
pub use personal_details::PersonalDetails;
pub use privacy::Privacy;
pub use search::{
    AskHere, Found, Hit, HitKind, InThread, KeepField, KeepSearch, Results, SavedSearch, SavedSearches,
    Search, SearchField, Way, Ways,
};
pub use sent::{Outcome, Sent};
pub use sign_in::{SignIn, SignInField};
pub use thread::{ReplyField, Thread};
pub use verify::Verify;
pub use withdraw::Withdraw;

/// A whole page.
pub trait Page: askama::Template {
    /// The page as the server sends it.
    fn html(&self) -> String {
        self.render().expect("writing into a string does not fail")
    }
}

// Only contexts of this crate implement `Template`.
impl<T: askama::Template> Page for T {}
