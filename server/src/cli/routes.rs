//! `aftercare routes`: the registry, for people and for checks.

use clap::Args as ClapArgs;
use serde_json::json;

use super::Done;
use crate::routes;

#[derive(ClapArgs)]
pub(super) struct Args {
    /// One JSON array instead of a table
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Done {
    let policies = routes::policies()?;
    if !args.json {
        for policy in policies {
            super::say(format_args!(
                "{:7} {:55} {:?} {:?} {:?}",
                policy.method.as_str(),
                policy.path,
                policy.gate,
                policy.audience,
                policy.kind
            ))?;
        }
        return Ok(());
    }
    let rows: Vec<_> = policies
        .iter()
        .map(|policy| {
            json!({
                "method": policy.method.as_str(),
                "path": policy.path,
                "gate": policy.gate,
                "audience": policy.audience,
                "kind": policy.kind,
            })
        })
        .collect();
    super::say(serde_json::to_string_pretty(&rows)?)
}
