//! `/admin/audit`: the chain of every decision.

use askama::Template;

use crate::parts::{Chrome, Icon, Moment};

/// What an act was about.
#[derive(Debug, Clone)]
pub struct AuditObject {
    /// Such as `a reply in “Sleeping after surgery”`.
    pub words: String,
    /// Where staff can open it.
    pub url: Option<String>,
}

/// One link of the chain.
#[derive(Debug, Clone)]
pub struct AuditRow {
    pub seq: i64,
    pub when: Moment,
    pub actor: String,
    pub role: String,
    pub act: String,
    pub object: AuditObject,
    pub reason: Option<String>,
    /// First characters of its hash.
    pub hash: String,
}

/// What checking the links of this page came to. The whole chain is checked at the command line.
#[derive(Debug, Clone)]
pub enum Chain {
    Fits {
        /// How many links of this page were checked.
        checked: usize,
        /// First characters of the newest link's hash, to compare with a copy kept elsewhere.
        head: String,
    },
    Broken {
        /// The first link that does not fit.
        at: i64,
    },
}

#[derive(Debug, Clone, Template)]
#[template(path = "pages/admin_audit.html")]
pub struct AdminAudit {
    pub chrome: Chrome,
    pub chain: Chain,
    pub rows: Vec<AuditRow>,
    pub older: Option<String>,
}

impl AdminAudit {
    pub fn sample() -> Self {
        let row = |seq, act: &str, url: Option<&str>, reason: Option<&str>| AuditRow {
            seq,
            when: Moment::sample(),
            actor: "Imani".to_owned(),
            role: "moderator".to_owned(),
            act: act.to_owned(),
            object: AuditObject {
                words: match url {
                    Some(_) => "a reply in “Dizzy on the new tablets”".to_owned(),
                    None => "a post that is not public".to_owned(),
                },
                url: url.map(str::to_owned),
            },
            reason: reason.map(str::to_owned),
            hash: "3f9a61c27be0".to_owned(),
        };
        Self {
            chrome: Chrome::sample_admin("/admin/audit"),
            chain: Chain::Fits { checked: 2, head: "3f9a61c27be0".to_owned() },
            rows: vec![
                row(1204, "Decided an item", Some("/posts/0HPOST0000002"), Some("publish")),
                row(1203, "Took an item", None, None),
            ],
            older: Some("/admin/audit?before=1203".to_owned()),
        }
    }

    pub fn sample_broken() -> Self {
        Self { chain: Chain::Broken { at: 1101 }, ..Self::sample() }
    }
}
