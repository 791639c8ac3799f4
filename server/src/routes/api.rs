//! The API's operations. poem-openapi owns their paths; who may call them stands here, and a missing or extra line fails at start-up.

use crate::accounts::api::AccountsApi;
use crate::discovery::api::{AlikeApi, SavedApi, SearchApi};
use crate::guidance::api::GuidanceApi;
use crate::notices::api::NoticesApi;
use crate::oversight::api::AuditApi;
use crate::oversight::api::dead_letters::DeadLettersApi;
use crate::platform::http::registry::{ApiRoute, Policies};
use crate::platform::http::{Audience, GateLevel};
use crate::platform::limits::Limit;
use crate::review::api::ReviewApi;
use crate::screening::api::RulesApi;
use crate::screening::api::backtests::BacktestsApi;
use crate::threads::api::{BoardsApi, DraftsApi, PostsApi};

pub(super) const DESCRIPTION: &str = "Everything that the pages can do. Ids are 13 characters of Crockford's base 32; times are RFC 3339 in UTC; \
    lists go on with the cursor they gave out; errors are RFC 9457 problem details with a stable `code` and `errors[]` by field.";

/// Grouped by who calls. Tuples stop at sixteen: nest them.
pub(super) fn all() -> impl poem_openapi::OpenApi {
    (
        AccountsApi,
        BoardsApi,
        PostsApi,
        DraftsApi,
        NoticesApi,
        SearchApi,
        AlikeApi,
        SavedApi,
        GuidanceApi,
        ReviewApi,
        RulesApi,
        BacktestsApi,
        DeadLettersApi,
        AuditApi,
    )
}

/// The table as a type, for the document.
pub(super) struct Table;

impl Policies for Table {
    const ROUTES: &'static [ApiRoute] = ROUTES;
}

const fn op(operation_id: &'static str, gate: GateLevel, audience: Audience, limit: Limit) -> ApiRoute {
    ApiRoute { operation_id, gate, audience, limit }
}

use Audience::{Author, NoText, Readers, Staff};
use GateLevel::{Admin, Clinician, Member, Moderator, Public};
use Limit::{Read, Search, SignIn, SignUp, Suggest, Write};

pub(super) const ROUTES: &[ApiRoute] = &[
    // Anybody
    op("create_account", Public, NoText, SignUp),
    op("create_session", Public, NoText, SignIn),
    op("list_boards", Public, NoText, Read),
    op("list_threads", Public, Readers, Read),
    op("get_thread", Public, Author, Read),
    op("search", Public, Readers, Search),
    op("suggest_titles", Public, Readers, Suggest),
    op("list_related", Public, Readers, Read),
    op("find_alike", Member, Readers, Suggest),
    op("answered_me", Member, NoText, Write),
    op("list_guidance", Public, NoText, Read),
    op("get_guidance", Public, NoText, Read),
    op("list_glossary", Public, NoText, Read),
    // Members
    op("end_session", Member, NoText, Write),
    op("get_me", Member, NoText, Read),
    op("update_settings", Member, NoText, Write),
    op("create_thread", Member, NoText, Write),
    op("create_reply", Member, NoText, Write),
    op("edit_post", Member, NoText, Write),
    op("withdraw_post", Member, NoText, Write),
    op("get_own_posts", Member, Author, Read),
    op("preview_post", Member, NoText, Write),
    op("list_drafts", Member, Author, Read),
    op("create_draft", Member, Author, Write),
    op("update_draft", Member, Author, Write),
    op("delete_draft", Member, NoText, Write),
    op("list_saved_searches", Member, Author, Read),
    op("save_search", Member, Author, Write),
    op("delete_saved_search", Member, NoText, Write),
    op("list_notices", Member, NoText, Read),
    op("read_notices", Member, NoText, Write),
    // Staff; who of them, the act says
    op("create_guidance", Member, NoText, Write),
    op("revise_guidance", Member, NoText, Write),
    op("stop_guidance", Member, NoText, Write),
    op("reinstate_guidance", Member, NoText, Write),
    op("list_looked_for", Member, NoText, Read),
    // Moderators
    op("list_review_items", Moderator, Staff, Read),
    op("get_review_item", Moderator, Staff, Read),
    op("claim_review_item", Moderator, Staff, Write),
    op("release_review_item", Moderator, Staff, Write),
    op("decide_review_item", Moderator, Staff, Write),
    op("list_unread_posts", Moderator, Readers, Read),
    op("mark_post_read", Moderator, NoText, Write),
    op("attach_guidance", Moderator, NoText, Write),
    // Clinicians
    op("sign_guidance", Clinician, NoText, Write),
    op("verify_post", Clinician, NoText, Write),
    // Those who run the place
    op("create_board", Admin, NoText, Write),
    op("invite_member", Admin, NoText, Write),
    op("set_board_stage", Admin, NoText, Write),
    op("grant_role", Admin, NoText, Write),
    op("end_role", Admin, NoText, Write),
    op("list_people", Admin, NoText, Read),
    op("get_person", Admin, NoText, Read),
    op("list_rules", Admin, NoText, Read),
    op("reload_rules", Admin, NoText, Write),
    op("list_backtests", Admin, NoText, Read),
    op("create_backtest", Admin, NoText, Write),
    op("get_backtest", Admin, NoText, Read),
    op("cancel_backtest", Admin, NoText, Write),
    op("list_dead_letters", Admin, NoText, Read),
    op("retry_dead_letters", Admin, NoText, Write),
    op("retry_dead_letter", Admin, NoText, Write),
    op("list_audit", Admin, NoText, Read),
];
