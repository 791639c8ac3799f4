//! What is wrong with a pack, told so that its author can mend it.

/// One fault in one pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {}{problem}. {remedy}.", rule.as_ref().map(|r| format!("rule `{r}`: ")).unwrap_or_default())]
pub struct PackError {
    pub file: String,
    pub line: usize,
    /// The rule concerned, where the fault lies in one.
    pub rule: Option<String>,
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}
