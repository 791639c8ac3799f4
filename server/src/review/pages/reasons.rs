//! Why a text came to the desk.

use aftercare_frontend::pages::RuleHit;
use moderation_rules::score::Score;
use moderation_rules::{RuleSet, Severity, Verdict};

use super::words;
use crate::review::store::ItemRow;
use crate::screening;

/// The rules that matched, severest first, then what came without a rule.
pub(super) fn reasons(item: &ItemRow, verdict: &Verdict, rules: &RuleSet) -> Vec<RuleHit> {
    let mut hits: Vec<RuleHit> = Vec::new();
    for hit in &verdict.hits {
        let id = format!("{} v{}", hit.rule, hit.version);
        if hits.iter().any(|known| known.id == id) {
            continue;
        }
        let rule = rules.rule(&hit.rule);
        hits.push(RuleHit {
            title: rule.map_or_else(|| hit.rule.to_string(), |rule| rule.title.clone()),
            why: rule.map(|rule| rule.why.clone()).unwrap_or_default(),
            severity: words::severity(hit.severity),
            category: words::category(hit.category).to_owned(),
            id,
        });
    }
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.severity));
    hits.extend(words::cause(item.cause).map(|(title, why)| RuleHit {
        title: title.to_owned(),
        why: why.to_owned(),
        severity: words::severity(item.severity.0),
        category: "no rule".to_owned(),
        id: item.cause.to_string(),
    }));
    let text = screening::screened_text(item.title.as_deref(), &item.plain);
    hits.extend(verdict.score.iter().flat_map(|score| scored(score, verdict.severity, &text)));
    hits
}

/// What the learned score reached, with the author's own words that weighed most in it.
fn scored<'a>(score: &'a Score, severity: Severity, text: &'a str) -> impl Iterator<Item = RuleHit> + 'a {
    score.reached().map(move |judged| {
        let words: Vec<String> = judged
            .telling
            .iter()
            .filter_map(|range| text.get(range.clone()).map(|words| format!("“{words}”")))
            .collect();
        let stand = if score.acts { "" } else { " It is in shadow: by itself it holds nothing." };
        RuleHit {
            title: format!("The learned score, {} of 1000", judged.value),
            why: format!(
                "A guess from words seen in other posts, here above all {}.{stand}",
                words.join(", ")
            ),
            severity: words::severity(if score.acts { severity } else { Severity::Green }),
            category: words::category(judged.category).to_owned(),
            id: score.model.clone(),
        }
    })
}
