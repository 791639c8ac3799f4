//! Reading the packs in anew while the server runs: all of them or none. A rule begins to act only after some days in shadow and a
//! back-test, and by the hand of another person than the one who brought it there. It ends acting when two people have asked for it.

mod store;

use std::path::Path;
use std::sync::Arc;

use chrono::Duration;
use moderation_rules::{PackError, RuleInfo, RuleSet, RuleState};
use sha2::{Digest, Sha256};

use super::backtest::runs;
use super::{change, watch};
use crate::accounts::{Admin, Caller};
use crate::platform::audit::{self, Entry};
use crate::platform::db::Tx;
use crate::platform::fields::Fields;
use crate::platform::refusal::{FieldError, Refusal};

/// Reads the packs that the settings name, and exchanges the rules in force for them. Answers when all of it is done, also if whoever
/// asked has gone away meanwhile: what the record says is what is in force.
pub async fn reload(caller: Arc<Caller<Admin>>, fields: Fields) -> Result<(), Refusal> {
    let work = tokio::spawn(async move {
        let app = caller.app.clone();
        let _turn = app.screening.reloading.lock().await;
        let rules = caller
            .prepare(
                move |app| {
                    fields.finish(Some(()))?;
                    let settings = &app.config.rules;
                    let rules = read(settings.packs.as_deref(), &app.screening.rules())?;
                    Ok((Arc::new(rules), app.screening.rules(), settings.shadow_days))
                },
                |tx, admin, (rules, in_force, shadow_days)| {
                    let missing = take(tx, admin, (&*rules, &*in_force), shadow_days)?;
                    Ok((rules, missing))
                },
            )
            .await?;
        match rules {
            (rules, None) => app.screening.exchange(rules),
            (_, Some(another)) => return Err(another),
        }
        Ok(())
    });
    work.await.map_err(Refusal::internal)?
}

/// One fingerprint of everything that a set does.
pub fn hash(rules: &RuleSet) -> String {
    let mut lines: Vec<String> = rules
        .rules()
        .iter()
        .map(|rule| {
            format!("{} {} {} {:016x}\n", rule.id, rule.version, rule.state.as_str(), rule.fingerprint)
        })
        .collect();
    lines.sort();
    hex::encode(Sha256::digest(lines.concat()))
}

/// The packs, if they compile, do what their examples say, and use no version twice.
fn read(packs: Option<&Path>, in_force: &RuleSet) -> Result<RuleSet, Refusal> {
    let told = |errors: &[PackError]| refused(errors.iter().map(ToString::to_string).collect());
    let rules = RuleSet::of(packs).map_err(|errors| told(&errors))?;
    let examples = rules.check().into_iter().map(|failure| failure.to_string());
    let reused = rules.reused_versions(in_force).into_iter().map(|error| error.to_string());
    let wrong: Vec<String> = examples.chain(reused).collect();
    if wrong.is_empty() { Ok(rules) } else { Err(refused(wrong)) }
}

/// Takes a set into force. Where another person has to ask for it too, this one's wish is noted, and the answer says what is missing.
fn take(
    tx: &mut Tx,
    admin: &Admin,
    (rules, in_force): (&RuleSet, &RuleSet),
    shadow_days: u32,
) -> Result<Option<Refusal>, Refusal> {
    let mut wrong = Vec::new();
    let begins: Vec<&RuleInfo> = change::begins(in_force, rules).collect();
    for rule in &begins {
        if let Some((problem, remedy)) = not_ready(tx, admin, in_force, rule, shadow_days)? {
            wrong.push(about(rule, problem, remedy));
        }
    }
    if !wrong.is_empty() {
        return Err(refused(wrong));
    }
    let hash = hash(rules);
    let record = |tx: &mut Tx, action, reason: &str| {
        let entry = Entry { action, object: ("rules", 0), revision_hash: None, reason: Some(reason) };
        audit::record(tx, admin.acting(), &entry)
    };
    let ends: Vec<&RuleInfo> = change::ends(in_force, rules).collect();
    if !ends.is_empty() {
        let first = store::asked_by(tx, &hash)?;
        if first.is_none() {
            store::ask(tx, &hash, admin.id())?;
            record(tx, "rules.ask_retire", &hash)?;
        }
        if first.is_none_or(|first| first == admin.id()) {
            let remedy = "Your wish is noted. Ask another admin to read these same packs; it takes two people to end a live rule";
            let missing =
                ends.iter().map(|rule| about(rule, "it would no longer act".to_owned(), remedy.to_owned()));
            return Ok(Some(refused(missing.collect())));
        }
    }
    store::forget(tx)?;
    watch::note(tx, rules, Some(admin.id()))?;
    record(tx, "rules.reload", &hash)?;
    for rule in begins {
        record(tx, "rules.make_live", &named(rule))?;
    }
    for rule in ends {
        record(tx, "rules.retire", &named(rule))?;
    }
    Ok(None)
}

fn named(rule: &RuleInfo) -> String {
    format!("{}, version {}", rule.id, rule.version)
}

fn about(rule: &RuleInfo, problem: String, remedy: String) -> String {
    let (file, rule_id) = (rule.file.clone(), Some(rule.id.to_string()));
    PackError { file, line: rule.line, rule: rule_id, problem, remedy }.to_string()
}

/// Why a rule may not begin to act yet, and what to do.
fn not_ready(
    tx: &mut Tx,
    admin: &Admin,
    in_force: &RuleSet,
    rule: &RuleInfo,
    shadow_days: u32,
) -> Result<Option<(String, String)>, Refusal> {
    if shadow_days > 0
        && let Some(not_yet) = not_from_shadow(tx, admin, in_force, rule, shadow_days)?
    {
        return Ok(Some(not_yet));
    }
    Ok((!runs::was_tried(tx, rule)?).then(|| {
        (
            format!("no back-test of version {} has been finished", rule.version),
            "Run one on the page of back-tests, and look at what it found".to_owned(),
        )
    }))
}

fn not_from_shadow(
    tx: &mut Tx,
    admin: &Admin,
    in_force: &RuleSet,
    rule: &RuleInfo,
    shadow_days: u32,
) -> Result<Option<(String, String)>, Refusal> {
    let in_shadow = in_force
        .rule(&rule.id)
        .is_some_and(|now| now.version == rule.version && now.state == RuleState::Shadow);
    let first = watch::first_in_shadow(tx, rule)?.filter(|_| in_shadow);
    let Some((since, by)) = first else {
        return Ok(Some((
            format!("version {} has not been in shadow", rule.version),
            format!("Read it in with state = \"shadow\"; it may go live after {shadow_days} days"),
        )));
    };
    let from = since.plus(Duration::days(i64::from(shadow_days)));
    if tx.now < from {
        return Ok(Some((
            format!("version {} has not been in shadow for {shadow_days} days", rule.version),
            format!("Leave it in shadow until {} UTC", from.utc().format("%-d %B %Y, %H:%M")),
        )));
    }
    Ok((by == Some(admin.id())).then(|| {
        (
            "you brought it into shadow yourself".to_owned(),
            "Ask another admin to read the packs again; it takes two people to make a rule live".to_owned(),
        )
    }))
}

fn refused(wrong: Vec<String>) -> Refusal {
    let fault = |message| FieldError { field: "packs".to_owned(), code: "not_taken", message };
    let mut refusal = Refusal::fields(wrong.into_iter().map(fault).collect());
    refusal.detail = "The packs were not taken. The rules in force stay as they are.".to_owned();
    refusal
}
