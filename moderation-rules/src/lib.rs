#![doc = include_str!("../README.md")]

mod budget;
mod check;
mod engine;
mod fold;
mod language;
mod narrow;
mod pack;
mod personal;
mod ruleset;
pub mod score;
mod verdict;
mod words;

pub use budget::Budget;
pub use check::{ExampleFailure, ExampleKind};
#[doc(hidden)]
pub use engine::Step;
pub use fold::Folding;
pub use pack::{PackError, PackSource, RuleInfo, RuleState, Stage};
pub use ruleset::RuleSet;
pub use verdict::{Hit, Reason, ScanHit, ScanLine, Verdict};
pub use words::{Action, Category, Need, RuleId, Severity};
