//! Reading the packs in anew while the server runs: all of them or none. A rule begins to act only after some days in shadow, and by
//! the hand of another person than the one who brought it there.

use std::path::Path;
use std::sync::Arc;

use chrono::Duration;
use moderation_rules::{PackError, RuleInfo, RuleSet, RuleState};
use sha2::{Digest, Sha256};

use super::watch;
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
                    take(tx, admin, (&*rules, &*in_force), shadow_days)?;
                    Ok(rules)
                },
            )
            .await?;
        app.screening.exchange(rules);
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

fn take(
    tx: &mut Tx,
    admin: &Admin,
    (rules, in_force): (&RuleSet, &RuleSet),
    shadow_days: u32,
) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    let begins = |rule: &&RuleInfo| rule.state == RuleState::Live && !stands(in_force, rule, RuleState::Live);
    for rule in rules.rules().iter().filter(begins).filter(|_| shadow_days > 0) {
        if let Some((problem, remedy)) = not_ready(tx, admin, in_force, rule, shadow_days)? {
            let error = PackError {
                file: rule.file.clone(),
                line: rule.line,
                rule: Some(rule.id.to_string()),
                problem,
                remedy,
            };
            wrong.push(error.to_string());
        }
    }
    if !wrong.is_empty() {
        return Err(refused(wrong));
    }
    watch::note(tx, rules, Some(admin.id()))?;
    let hash = hash(rules);
    let entry =
        Entry { action: "rules.reload", object: ("rules", 0), revision_hash: None, reason: Some(&hash) };
    audit::record(tx, admin.acting(), &entry)
}

/// Why a rule may not begin to act yet, and what to do.
fn not_ready(
    tx: &mut Tx,
    admin: &Admin,
    in_force: &RuleSet,
    rule: &RuleInfo,
    shadow_days: u32,
) -> Result<Option<(String, String)>, Refusal> {
    let first = watch::first_in_shadow(tx, rule)?.filter(|_| stands(in_force, rule, RuleState::Shadow));
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

/// This version of a rule is in force in this state.
fn stands(in_force: &RuleSet, rule: &RuleInfo, state: RuleState) -> bool {
    in_force.rule(&rule.id).is_some_and(|now| now.version == rule.version && now.state == state)
}

fn refused(wrong: Vec<String>) -> Refusal {
    let fault = |message| FieldError { field: "packs".to_owned(), code: "not_taken", message };
    let mut refusal = Refusal::fields(wrong.into_iter().map(fault).collect());
    refusal.detail = "The packs were not taken. The rules in force stay as they are.".to_owned();
    refusal
}
