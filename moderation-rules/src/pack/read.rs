//! Reads the text of a pack.

use super::{PackError, PackFile, PackSource};

pub(crate) fn read(source: &PackSource) -> Result<PackFile, PackError> {
    toml::from_str(&source.text).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        let line = line_of(&source.text, at);
        PackError {
            file: source.name.clone(),
            line,
            rule: rule_above(&source.text, line),
            problem: e.message().trim_end_matches('.').replace('\n', " "),
            remedy: "Correct this line; the fields of a rule are listed in moderation-rules/README.md".into(),
        }
    })
}

/// The line, counted from one, on which a byte stands.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// A pack that cannot be read has no rules yet, so the rule is looked up in its text: the last id above the line.
fn rule_above(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    let from = lines.iter().rposition(|l| l.trim() == "[[rule]]")?;
    let id =
        lines.iter().skip(from).find_map(|l| l.trim().strip_prefix("id")?.trim_start().strip_prefix('='))?;
    Some(id.trim().trim_matches('"').to_owned())
}
