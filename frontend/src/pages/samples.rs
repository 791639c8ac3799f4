//! Every page with made-up content, for the tests and for looking at them (`cargo run -p aftercare-frontend --example gallery`).

use super::*;

/// A page to look at.
#[derive(Debug, Clone)]
pub struct Sample {
    pub name: &'static str,
    pub html: String,
}

/// All of them, in the order of the journey.
pub fn all() -> Vec<Sample> {
    let page = |name, page: &dyn Fn() -> String| Sample { name, html: page() };
    let mut pages = vec![
        page("home", &|| Home::sample().html()),
        page("board", &|| Board::sample().html()),
        page("board-empty", &|| Board::sample_empty().html()),
        page("ask", &|| Ask::sample().html()),
        page("ask-preview", &|| Ask::sample_preview().html()),
        page("ask-errors", &|| Ask::sample_errors().html()),
        page("thread", &|| Thread::sample().html()),
        page("thread-visitor", &|| Thread::sample_visitor().html()),
        page("thread-clinician", &|| Thread::sample_clinician().html()),
        page("thread-moderator", &|| Thread::sample_moderator().html()),
        page("edit-post", &|| EditPost::sample().html()),
        page("edit-post-asked", &|| EditPost::sample_asked().html()),
        page("withdraw", &|| Withdraw::sample().html()),
        page("sent", &|| Sent::sample().html()),
        page("sent-care", &|| Sent::sample_care().html()),
        page("sent-edit", &|| Sent::sample_edit().html()),
        page("sent-public", &|| Sent::sample_public().html()),
        page("nudge", &|| Nudge::sample().html()),
        page("personal-details", &|| PersonalDetails::sample().html()),
        page("personal-details-trouble", &|| PersonalDetails::sample_trouble().html()),
        page("join", &|| Join::sample().html()),
        page("join-errors", &|| Join::sample_errors().html()),
        page("sign-in", &|| SignIn::sample().html()),
        page("sign-in-errors", &|| SignIn::sample_errors().html()),
        page("me", &|| Me::sample().html()),
        page("my-posts", &|| MyPosts::sample().html()),
        page("my-drafts", &|| MyDrafts::sample().html()),
        page("edit-draft", &|| EditDraft::sample().html()),
        page("my-notices", &|| MyNotices::sample().html()),
    ];
    pages.extend(staff());
    pages
}

fn staff() -> Vec<Sample> {
    let page = |name, page: &dyn Fn() -> String| Sample { name, html: page() };
    vec![
        page("desk", &|| DeskQueue::sample().html()),
        page("desk-empty", &|| DeskQueue::sample_empty().html()),
        page("desk-item", &|| DeskItem::sample().html()),
        page("desk-item-personal", &|| DeskItem::sample_personal().html()),
        page("desk-item-claimed", &|| DeskItem::sample_claimed().html()),
        page("desk-item-free", &|| DeskItem::sample_free().html()),
        page("desk-conflict", &|| DeskConflict::sample().html()),
        page("desk-conflict-claimed", &|| DeskConflict::sample_claimed().html()),
        page("desk-unread", &|| DeskUnread::sample().html()),
        page("desk-guidance", &|| DeskGuidance::sample().html()),
        page("guidance-edit", &|| GuidanceEdit::sample().html()),
        page("desk-version", &|| DeskVersion::sample().html()),
        page("desk-version-stopped", &|| DeskVersion::sample_stopped().html()),
        page("attach", &|| Attach::sample().html()),
        page("attach-nothing", &|| Attach::sample_nothing().html()),
        page("verify", &|| Verify::sample().html()),
        page("guidance", &|| GuidanceLibrary::sample().html()),
        page("guidance-article", &|| GuidanceArticle::sample().html()),
        page("guidance-stopped", &|| GuidanceArticle::sample_stopped().html()),
        page("glossary", &|| Glossary::sample().html()),
        page("glossary-empty", &|| Glossary::sample_empty().html()),
        page("guidance-edit-word", &|| GuidanceEdit::sample_word().html()),
        page("desk-looked-for", &|| DeskLookedFor::sample().html()),
        page("desk-looked-for-empty", &|| DeskLookedFor::sample_empty().html()),
        page("search", &|| Search::sample().html()),
        page("search-saved", &|| Search::sample_saved().html()),
        page("search-nothing", &|| Search::sample_nothing().html()),
        page("search-wrong", &|| Search::sample_wrong().html()),
        page("search-beyond", &|| Search::sample_beyond().html()),
        page("search-unavailable", &|| Search::sample_unavailable().html()),
        page("admin-boards", &|| AdminBoards::sample().html()),
        page("admin-people", &|| AdminPeople::sample().html()),
        page("admin-rules", &|| AdminRules::sample().html()),
        page("admin-backtests", &|| AdminBacktests::sample().html()),
        page("admin-backtests-errors", &|| AdminBacktests::sample_errors().html()),
        page("admin-backtest", &|| AdminBacktest::sample().html()),
        page("admin-backtest-running", &|| AdminBacktest::sample_running().html()),
        page("admin-rules-refused", &|| AdminRules::sample_refused().html()),
        page("admin-dead-letters", &|| AdminDeadLetters::sample().html()),
        page("admin-dead-letters-empty", &|| AdminDeadLetters::sample_empty().html()),
        page("admin-audit", &|| AdminAudit::sample().html()),
        page("admin-audit-broken", &|| AdminAudit::sample_broken().html()),
        page("help", &|| Help::sample().html()),
        page("about", &|| About::sample().html()),
        page("privacy", &|| Privacy::sample().html()),
        page("error", &|| ErrorPage::sample().html()),
        page("error-kept", &|| ErrorPage::sample_kept().html()),
    ]
}
