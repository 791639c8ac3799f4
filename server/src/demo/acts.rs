//! Playing the events: each through the act that a person would use, with their proof judged on current rows.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::seed::during;
use super::timeline::Act;
use super::words::{Article, Attach, Decided, Draft, Post, Thread, Verify};
use crate::accounts::{Clinician, Gate, Member, MemberId, Moderator, Operator, admit_as};
use crate::app::App;
use crate::guidance::attach::{self, Attaching};
use crate::guidance::stop::{self, Stopping};
use crate::guidance::verify::{self, Verifying};
use crate::guidance::{ArticleId, Drafted, sign, store as articles, write};
use crate::notices::deliver;
use crate::platform::clock::UtcTime;
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::Refusal;
use crate::review::decide::{self, Decision};
use crate::review::{claim, queue, read, store as items};
use crate::threads::ask::{self, Question};
use crate::threads::drafts::{self, Keeping, Place};
use crate::threads::edit::{self, Edit};
use crate::threads::reply::{self, Reply};
use crate::threads::{Outcome, PostId, PostState, store as threads, withdraw};

/// Who moderates when the words name nobody.
const MODERATOR: &str = "moderator";

/// The community while it is being played, in one transaction: the disk is waited for once, and half a demo is none.
pub(super) struct Stage<'a, 'tx> {
    app: &'a App,
    tx: &'a mut Tx<'tx>,
    operator: &'a Operator,
    people: HashMap<String, MemberId>,
    articles: HashMap<String, ArticleId>,
    posts: HashMap<usize, Outcome>,
    pub(super) surprises: Vec<String>,
}

impl<'a, 'tx> Stage<'a, 'tx> {
    pub(super) fn new(
        app: &'a App,
        tx: &'a mut Tx<'tx>,
        operator: &'a Operator,
        people: HashMap<String, MemberId>,
    ) -> Self {
        Self {
            app,
            tx,
            operator,
            people,
            articles: HashMap::new(),
            posts: HashMap::new(),
            surprises: Vec::new(),
        }
    }

    /// Plays one event at its moment, and delivers the notices that are due by then.
    pub(super) fn play(&mut self, at: UtcTime, act: &Act) -> Result<(), Refusal> {
        self.tx.now = at;
        let (what, played) = match act {
            Act::Write(article) => (format!("writing {}", article.key), self.write(article)),
            Act::Sign(article, by) => (format!("{by} signing {}", article.key), self.sign(article, by)),
            Act::Stop(article, reason) => (format!("stopping {}", article.key), self.stop(article, reason)),
            Act::Ask(post, thread) => (format!("asking {:?}", thread.title), self.ask(*post, thread)),
            Act::Reply { post, opening, words } => {
                (format!("a reply by {}", words.author), self.reply(*post, *opening, words))
            }
            Act::Decide(post, decided) => (format!("{} deciding", decided.by), self.decide(*post, decided)),
            Act::Attach(post, attach) => {
                (format!("attaching {}", attach.article), self.attach(*post, attach))
            }
            Act::Verify(post, verify) => (format!("{} verifying", verify.by), self.verify(*post, verify)),
            Act::Edit(post, words, thread) => {
                (format!("{} editing", words.author), self.edit(*post, words, *thread))
            }
            Act::Withdraw(post, words) => {
                (format!("{} withdrawing", words.author), self.withdraw(*post, words))
            }
            Act::Keep(draft) => (format!("the draft {:?}", draft.title), self.keep(draft)),
            Act::ReadAll => ("reading what is unread".to_owned(), self.read_all()),
        };
        played
            .and_then(|()| deliver::deliver_within(self.tx, "demo"))
            .map_err(|refusal| during(&what, refusal))
    }

    /// One act, by somebody.
    fn by<G: Gate, T>(
        &mut self,
        who: &str,
        act: impl FnOnce(&mut Tx, &G) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let member =
            *self.people.get(who).ok_or_else(|| Refusal::internal(format!("nobody has the key {who:?}")))?;
        let gate: G = admit_as(self.tx, self.operator, member)?;
        act(self.tx, &gate)
    }

    fn article(&self, key: &str) -> Result<ArticleId, Refusal> {
        self.articles
            .get(key)
            .copied()
            .ok_or_else(|| Refusal::internal(format!("no article has the key {key:?}")))
    }

    fn post(&self, post: usize) -> Result<&Outcome, Refusal> {
        self.posts.get(&post).ok_or_else(|| Refusal::internal("this post is not there yet"))
    }

    fn write(&mut self, article: &Article) -> Result<(), Refusal> {
        let today = self.app.database.clock().now().date();
        let due = today.checked_add_days(chrono::Days::new(article.review_days)).unwrap_or(today);
        let sources: Vec<Value> = article.sources.iter().cloned().map(Value::Object).collect();
        let mut written = json!({ "title": article.title, "body": article.body, "review_due": due.to_string(), "sources": sources });
        if let Some(names) = &article.other_names {
            written["other_names"] = json!(names);
        }
        let drafted = Drafted::parse(self.app, fields(written))?;
        let (id, _) = self.by(&article.author, |tx, member: &Member| write::create(tx, member, &drafted))?;
        self.articles.insert(article.key.clone(), id);
        Ok(())
    }

    fn sign(&mut self, article: &Article, by: &str) -> Result<(), Refusal> {
        let id = self.article(&article.key)?;
        self.by(by, |tx, clinician: &Clinician| {
            let version = articles::latest_version(tx, id)?.ok_or_else(Refusal::not_found)?;
            sign::sign(tx, clinician, id, &version.hash).map(|_| ())
        })
    }

    fn stop(&mut self, article: &Article, reason: &str) -> Result<(), Refusal> {
        let id = self.article(&article.key)?;
        let stopping = Stopping::parse(&self.app.screening, fields(json!({ "reason": reason })))?;
        self.by(MODERATOR, |tx, moderator: &Moderator| stop::stop(tx, moderator, id, &stopping))
    }

    fn ask(&mut self, post: usize, thread: &Thread) -> Result<(), Refusal> {
        let words = &thread.opening;
        let fields = fields(
            json!({ "title": thread.title, "body": words.body, "about": words.about, "confirm": true }),
        );
        let question = Question::parse(self.app, thread.board.clone(), fields)?;
        let outcome = self.by(&words.author, |tx, member: &Member| ask::ask(tx, member, &question))?;
        self.note(post, words, &thread.title, outcome);
        Ok(())
    }

    fn reply(&mut self, post: usize, opening: usize, words: &Post) -> Result<(), Refusal> {
        let opening = self.post(opening)?;
        let fields = fields(json!({ "body": words.body, "about": words.about, "confirm": true }));
        let reply = Reply::parse(self.app, opening.thread, fields)?;
        let thread = opening.thread;
        match self.by(&words.author, |tx, member: &Member| reply::reply(tx, member, &reply)) {
            Ok(outcome) => self.note(post, words, "a reply", outcome),
            // Its opening waits, so there is nothing to reply to; that opening was noted already.
            Err(refusal) if refusal.code == "not_found" => {
                self.surprises
                    .push(format!("a reply by {} in {thread} has no thread to stand in", words.author));
            }
            Err(refusal) => return Err(refusal),
        }
        Ok(())
    }

    /// Keeps where a post is, and notes if the rules treated it otherwise than its words expect.
    fn note(&mut self, post: usize, words: &Post, what: &str, outcome: Outcome) {
        if words.is_held() != (outcome.state == PostState::Held) {
            self.surprises.push(format!("{what:?} by {} is {}", words.author, outcome.state));
        }
        self.posts.insert(post, outcome);
    }

    /// Claims and decides the item of a post. A post that the rules let pass has none: nothing to decide.
    fn decide(&mut self, post: usize, decided: &Decided) -> Result<(), Refusal> {
        let Some(outcome) = self.posts.get(&post) else { return Ok(()) };
        let version = match &decided.article {
            None => None,
            Some(key) => Some(self.article(key)?),
        };
        self.decide_post(outcome.post, &decided.by, &decided.choice, &decided.reason, version)
    }

    fn decide_post(
        &mut self,
        post: PostId,
        by: &str,
        choice: &str,
        reason: &str,
        article: Option<ArticleId>,
    ) -> Result<(), Refusal> {
        let screening = &self.app.screening;
        self.by(by, |tx, moderator: &Moderator| {
            let Some(item) = items::unfinished_of(tx, post)? else { return Ok(()) };
            let item = claim::claim(tx, moderator, item)?;
            let mut values = json!({
                "item_version": item.version,
                "revision": item.revision_id.to_string(),
                "choice": choice,
                "reason": reason,
            });
            if let Some(article) = article {
                let version = articles::shown_version(tx, article)?.ok_or_else(Refusal::not_found)?;
                values["guidance_version"] = Value::from(version.id.to_string());
            }
            let decision = Decision::parse(screening, fields(values))?;
            decide::decide(tx, screening, moderator, item.id, &decision).map(|_| ())
        })
    }

    fn attach(&mut self, post: usize, words: &Attach) -> Result<(), Refusal> {
        let (post, article) = (self.post(post)?.post, self.article(&words.article)?);
        let screening = &self.app.screening;
        self.by(&words.by, |tx, moderator: &Moderator| {
            let version = articles::shown_version(tx, article)?.ok_or_else(Refusal::not_found)?;
            let values = json!({ "guidance_version": version.id.to_string(), "relation": words.relation, "note": words.note });
            let core = threads::post(tx, post)?.ok_or_else(Refusal::not_found)?;
            attach::attach(tx, moderator, &core, &Attaching::parse(screening, fields(values))?)
        })
    }

    fn verify(&mut self, post: usize, words: &Verify) -> Result<(), Refusal> {
        let post = self.post(post)?.post;
        let verifying = Verifying::parse(fields(json!({ "passage": words.passage })))?;
        self.by(&words.by, |tx, clinician: &Clinician| {
            verify::verify(tx, clinician, post, &verifying).map(|_| ())
        })
    }

    fn edit(&mut self, post: usize, words: &Post, thread: Option<&Thread>) -> Result<(), Refusal> {
        let mut values = json!({ "body": words.edited, "confirm": true });
        if let Some(thread) = thread {
            values["title"] = Value::from(thread.title.as_str());
        }
        let edit = Edit::parse(self.app, self.post(post)?.post, fields(values))?;
        self.by(&words.author, |tx, member: &Member| edit::edit(tx, member, &edit).map(|_| ()))
    }

    fn withdraw(&mut self, post: usize, words: &Post) -> Result<(), Refusal> {
        let post = self.post(post)?.post;
        self.by(&words.author, |tx, member: &Member| withdraw::withdraw(tx, member, post))
    }

    /// Keeps a draft. One with a reason was posted first, and a moderator gave it back.
    fn keep(&mut self, draft: &Draft) -> Result<(), Refusal> {
        if let Some(reason) = &draft.reason {
            let fields = fields(json!({ "title": draft.title, "body": draft.body, "confirm": true }));
            let question = Question::parse(self.app, draft.board.clone(), fields)?;
            let outcome = self.by(&draft.author, |tx, member: &Member| ask::ask(tx, member, &question))?;
            if outcome.state != PostState::Held {
                self.surprises.push(format!("{:?}, to be given back, is {}", draft.title, outcome.state));
            }
            return self.decide_post(outcome.post, MODERATOR, "refuse", reason, None);
        }
        let fields = fields(json!({ "title": draft.title, "body": draft.body }));
        let keeping = Keeping::parse(Place::Board(draft.board.clone()), fields)?;
        self.by(&draft.author, |tx, member: &Member| drafts::keep(tx, member, &keeping).map(|_| ()))
    }

    fn read_all(&mut self) -> Result<(), Refusal> {
        self.by(MODERATOR, |tx, moderator: &Moderator| {
            loop {
                let unread = queue::unread(tx, None)?.rows;
                if unread.is_empty() {
                    return Ok(());
                }
                for post in unread {
                    read::mark_read(tx, moderator, post.revision_id)?;
                }
            }
        })
    }
}

/// An object as if it had been sent.
fn fields(values: Value) -> Fields {
    match values {
        Value::Object(object) => Fields::from_json(object),
        _ => Fields::default(),
    }
}
