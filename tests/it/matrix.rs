//! The visibility matrix: everybody × a post in every state × every route. Each hidden text has its own canary; every answer is
//! searched for all of them, headers and body; so are the outbox, the audit chain and the log, where no text of anybody belongs. Who
//! may see what is the one small table below, written apart from the code.

use std::collections::BTreeSet;

use poem::http::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, CRISIS, Person, Posted, TestApp, article_body, log, on_both};

/// What became of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Public,
    Members,
    Invited,
    Held,
    HeldReply,
    HeldEdit,
    Refused,
    Withdrawn,
    ReplyUnderWithdrawn,
    Removed,
    Draft,
    /// Words that a moderator left out of what is public.
    LeftOut,
    /// Not the post but what the moderator said to its author.
    Reason,
    /// A new version of guidance, which nobody has signed; readers have the one before it.
    Unsigned,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Nobody,
    Stranger,
    Invited,
    Author,
    Suspended,
    Moderator,
    Clinician,
    Admin,
}

/// The expected set: may this person meet this text anywhere at all?
fn may_see(who: Who, state: State) -> bool {
    use State::*;
    match who {
        Who::Author => state != Unsigned,
        Who::Nobody => matches!(state, Public),
        Who::Stranger | Who::Suspended => matches!(state, Public | Members),
        Who::Clinician => matches!(state, Public | Members | Unsigned),
        Who::Invited => matches!(state, Public | Members | Invited),
        Who::Admin => matches!(state, Public | Members | Invited | Unsigned),
        // Moderators read what waits and, in the context of a decision, what was decided; never drafts or what its author took back.
        Who::Moderator => {
            matches!(
                state,
                Public | Members | Invited | Held | HeldReply | HeldEdit | LeftOut | Reason | Unsigned
            )
        }
    }
}

struct Hidden {
    state: State,
    canaries: Vec<String>,
    posted: Posted,
}

/// Makes a canary that no rule, tokenizer or sanitizer changes.
fn canary(state: State, place: &str) -> String {
    format!("{}{}{place}zq", log::MARK, format!("{state:?}").to_lowercase())
}

async fn ask(t: &TestApp, author: &Person, board: &str, state: State, more: &str) -> Hidden {
    let (title, body) = (canary(state, "title"), canary(state, "body"));
    let link = canary(state, "link");
    let posted = t
        .ask(author, board, &title, &format!("{body} and [words](https://example.org/{link}). {more}"))
        .await;
    Hidden { state, canaries: vec![title, body, link], posted }
}

async fn populate(
    t: &TestApp,
    author: &Person,
    moderator: &Person,
    (asha, bram): (&Person, &Person),
) -> (Vec<Hidden>, String) {
    let mut all = Vec::new();
    // Three posts make a newcomer a member whose links are not held.
    for title in ["First", "Second", "Third"] {
        t.ask(author, "public", title, "Hello.").await;
    }
    let public = ask(t, author, "public", State::Public, "").await;
    let carrier = public.posted.clone();
    all.push(public);
    all.push(ask(t, author, "members", State::Members, "").await);
    all.push(ask(t, author, "invited", State::Invited, "").await);
    all.push(ask(t, author, "public", State::Held, CRISIS).await);
    let body = canary(State::HeldReply, "body");
    let posted = t.reply(author, &carrier.thread, &format!("{body} {CRISIS}")).await;
    all.push(Hidden { state: State::HeldReply, canaries: vec![body], posted });
    let (title, body) = (canary(State::HeldEdit, "title"), canary(State::HeldEdit, "body"));
    let edited = t.ask(author, "public", "An edit will wait", "Harmless so far.").await;
    let edit = json!({ "title": title, "body": format!("{body} {CRISIS}") });
    t.put(author, &format!("/posts/{}", edited.post), edit).await.expect(200);
    all.push(Hidden { state: State::HeldEdit, canaries: vec![title, body], posted: edited });
    let refused = ask(t, author, "public", State::Refused, CRISIS).await;
    let item = t.claim(moderator, &refused.posted.post).await;
    let reason = canary(State::Reason, "reason");
    t.decide(moderator, &item, "refuse", json!({ "reason": reason })).await.expect(200);
    all.push(Hidden { state: State::Reason, canaries: vec![reason], posted: refused.posted.clone() });
    all.push(refused);
    let withdrawn = ask(t, author, "public", State::Withdrawn, "").await;
    let body = canary(State::ReplyUnderWithdrawn, "body");
    let under = t.reply(author, &withdrawn.posted.thread, &body).await;
    all.push(Hidden { state: State::ReplyUnderWithdrawn, canaries: vec![body], posted: under });
    t.delete(author, &format!("/posts/{}", withdrawn.posted.post)).await.expect(200);
    all.push(withdrawn);
    // A flag leaves the text public; refusing it takes it down.
    let removed = ask(t, author, "public", State::Removed, "").await;
    let revision =
        t.get(author, &format!("/threads/{}", removed.posted.thread)).await.at("/posts/0/revision");
    let decode = |id: &str| aftercare::platform::ids::decode(id).unwrap();
    t.sql(&format!(
        "INSERT INTO review_items (id, post_id, revision_id, cause, severity, severity_rank, state, version, opened_at) \
         VALUES (77, {}, {}, 'rules', 'amber', 1, 'open', 1, '2026-11-24 10:00:00')",
        decode(&removed.posted.post),
        decode(&revision)
    ));
    let item = t.claim(moderator, &removed.posted.post).await;
    t.decide(moderator, &item, "refuse", json!({ "reason": "Not here, please." })).await.expect(200);
    all.push(removed);
    let address = canary(State::LeftOut, "body");
    let posted = t.ask(author, "public", "Write to me", &format!("I am at {address}@example.org.")).await;
    let item = t.claim(moderator, &posted.post).await;
    let decided = t.decide(moderator, &item, "publish_masked", json!({})).await.expect(200).at("/id");
    all.push(Hidden { state: State::LeftOut, canaries: vec![address], posted });
    let (title, body) = (canary(State::Draft, "title"), canary(State::Draft, "body"));
    t.post(author, "/me/drafts", json!({ "board": "public", "title": title, "body": body }))
        .await
        .expect(201);
    all.push(Hidden { state: State::Draft, canaries: vec![title, body], posted: carrier.clone() });
    let title = canary(State::Unsigned, "title");
    let article = t.verified_article(asha, asha, bram, "Swelling").await;
    let versions = format!("/guidance/{}/versions", article["id"].as_str().unwrap());
    t.post(asha, &versions, article_body(&title)).await.expect(201);
    all.push(Hidden { state: State::Unsigned, canaries: vec![title], posted: carrier });
    (all, decided)
}

/// Everything of an answer in which a text could travel.
fn whole(answer: &Answer) -> String {
    let headers: String = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    format!("{headers}{}", answer.text())
}

const BOARDS: [&str; 3] = ["public", "members", "invited"];

/// Ids of what hangs on no post.
struct Others {
    items: Vec<String>,
    drafts: Vec<String>,
    articles: Vec<String>,
}

async fn others(t: &TestApp, author: &Person, moderator: &Person, decided: String) -> Others {
    let ids = |list: &[Value]| -> Vec<String> {
        list.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let list = |answer: Answer, name: &str| ids(answer.expect(200).json()[name].as_array().unwrap());
    let others = Others {
        // What has been decided is on no list, but moderators can look at it again.
        items: ids(&t.queue(moderator).await).into_iter().chain([decided]).collect(),
        drafts: list(t.get(author, "/me/drafts").await, "drafts"),
        articles: list(t.get(moderator, "/guidance?all=true").await, "articles"),
    };
    assert!(others.items.len() >= 3 && others.drafts.len() >= 2 && others.articles.len() == 1);
    others
}

/// The paths to call for a route: each of the ids that could fit, and each canary as a question where one can be asked.
fn targets(path: &str, hidden: &[Hidden], others: &Others) -> BTreeSet<String> {
    let mut targets = BTreeSet::new();
    let queries: Vec<String> = if path.ends_with("/search") {
        hidden.iter().flat_map(|h| h.canaries.iter().map(|c| format!("?q={c}"))).collect()
    } else {
        vec![String::new()]
    };
    let ids: Vec<&str> = match path {
        p if p.contains("/threads/{id}") => hidden.iter().map(|h| h.posted.thread.as_str()).collect(),
        p if p.contains("/posts/{id}") => hidden.iter().map(|h| h.posted.post.as_str()).collect(),
        p if p.contains("/items/{id}") => others.items.iter().map(String::as_str).collect(),
        p if p.contains("/drafts/{id}") => others.drafts.iter().map(String::as_str).collect(),
        p if p.contains("/guidance/{id}") => others.articles.iter().map(String::as_str).collect(),
        p if p.contains("{slug}") => BOARDS.to_vec(),
        _ => vec!["0000000000000"],
    };
    for id in ids {
        let path: String = path
            .split('/')
            .map(|part| if part.starts_with('{') { id } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for query in &queries {
            targets.insert(format!("{path}{query}"));
        }
    }
    targets
}

#[test]
fn no_text_strays() {
    log::listen();
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (clinician, second) = t.two_clinicians(&admin).await;
        for board in BOARDS {
            t.board(&admin, board).await;
        }
        let (author, stranger, guest, suspended) = (
            t.member("Rowan").await,
            t.member("Ines").await,
            t.member("Guest").await,
            t.member("Sorry").await,
        );
        for name in ["Rowan", "Guest"] {
            t.post(&admin, "/boards/invited/members", json!({ "name": name })).await.expect(200);
        }
        let (hidden, decided) = populate(t, &author, &moderator, (&clinician, &second)).await;
        t.settle().await;
        t.sql("UPDATE members SET state = 'suspended' WHERE name = 'Sorry'");
        let others = others(t, &author, &moderator, decided).await;
        let people = [
            (Who::Nobody, None),
            (Who::Stranger, Some(&stranger)),
            (Who::Invited, Some(&guest)),
            (Who::Author, Some(&author)),
            (Who::Suspended, Some(&suspended)),
            (Who::Moderator, Some(&moderator)),
            (Who::Clinician, Some(&clinician)),
            (Who::Admin, Some(&admin)),
        ];
        let (mut cells, mut strayed, mut met) = (0, Vec::new(), BTreeSet::new());
        for policy in aftercare::routes::policies().unwrap() {
            if policy.method != Method::GET {
                continue;
            }
            for target in targets(&policy.path, &hidden, &others) {
                for (who, person) in people {
                    let answer = match target.strip_prefix("/api/v1") {
                        Some(path) => t.get(person, path).await,
                        None => t.page(person, &target).await,
                    };
                    let text = whole(&answer);
                    for one in &hidden {
                        cells += 1;
                        let seen = one.canaries.iter().any(|canary| text.contains(canary.as_str()));
                        // A search repeats what was asked for; that is the searcher's own word.
                        let echo = one.canaries.iter().any(|canary| target.contains(canary.as_str()))
                            && !text
                                .replace(target.split_once("?q=").map_or("", |(_, word)| word), "")
                                .contains(log::MARK);
                        if seen && !echo {
                            met.insert((one.state, format!("{who:?}")));
                            if !may_see(who, one.state) {
                                strayed.push(format!("{:?} of {:?} on {target}", one.state, who));
                            }
                        }
                    }
                }
            }
        }
        // Acts answer too. Those who may not see a text try each of them with nothing in their hands.
        for policy in aftercare::routes::policies().unwrap() {
            if policy.method == Method::GET || policy.path == "/sign-out" {
                continue;
            }
            for target in targets(&policy.path, &hidden, &others) {
                for (who, person) in
                    [(Who::Stranger, &stranger), (Who::Suspended, &suspended), (Who::Clinician, &clinician)]
                {
                    let answer = match target.strip_prefix("/api/v1") {
                        Some(path) => t.api(person, policy.method.clone(), path, Some(json!({}))).await,
                        None => t.form(person, &target, &[]).await,
                    };
                    let text = whole(&answer);
                    for one in &hidden {
                        cells += 1;
                        let seen = one.canaries.iter().any(|canary| text.contains(canary.as_str()));
                        if seen && !may_see(who, one.state) {
                            strayed.push(format!("{:?} of {who:?} on {} {target}", one.state, policy.method));
                        }
                    }
                }
            }
        }
        println!("visibility matrix: {cells} cells, {} canaries strayed", strayed.len());
        assert!(strayed.is_empty(), "{strayed:#?}");
        assert!(cells > 10_000, "only {cells} cells");
        // The matrix itself would notice: whoever may see a text does meet it somewhere.
        for (state, who) in [
            (State::Public, "Nobody"),
            (State::Held, "Author"),
            (State::Held, "Moderator"),
            (State::HeldEdit, "Moderator"),
            (State::Invited, "Invited"),
            (State::Draft, "Author"),
            (State::Reason, "Author"),
            (State::LeftOut, "Moderator"),
            (State::Unsigned, "Clinician"),
        ] {
            assert!(met.contains(&(state, who.to_owned())), "{who} never met {state:?}");
        }
        assert_eq!(t.sql("DELETE FROM outbox WHERE payload LIKE '%bodyzq%' OR key LIKE '%bodyzq%'"), 0);
        // The chain itself refuses to be asked this way.
        let chained = "SELECT 1 FROM audit WHERE reason LIKE '%bodyzq%' OR object_kind LIKE '%bodyzq%'";
        assert_eq!(t.sql(&format!("DELETE FROM outbox WHERE EXISTS ({chained})")), 0);
        let (lines, strayed) = log::heard();
        assert!(strayed.is_empty(), "in the log: {strayed:#?}");
        assert!(lines > 1000, "only {lines} lines of log were heard");
    });
}
