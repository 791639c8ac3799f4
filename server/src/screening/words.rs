//! Words of staff that others read: the note on a card, the reason to an author, the name of a board. The rules read them like
//! anybody's. They are not held: whoever wrote them still sits before the form, so they come back with what to change.

use moderation_rules::{Action, Category, Hit, RuleSet};

use super::{Screening, holds};
use crate::platform::fields::Fields;
use crate::platform::limits;

impl Screening {
    /// Takes a note or a reason that somebody else will read.
    pub fn take_words(&self, fields: &mut Fields, field: &str) -> String {
        let words = fields.words(field, limits::REASON_CHARS);
        if let Some(objection) = self.objection(&words) {
            fields.fault(field, "not_fit", objection);
        }
        words
    }

    /// What speaks against showing these words to others, for whoever wrote them. Words about a crisis or an emergency are no
    /// objection: staff write them because somebody needs help at once.
    pub fn objection(&self, words: &str) -> Option<&'static str> {
        if words.is_empty() {
            return None;
        }
        let verdict = self.evaluate(words);
        if !holds(&verdict) {
            return None;
        }
        if verdict.is_failed_check() {
            return Some("We could not check these words just now. Please try again, or leave them out.");
        }
        let rules = self.rules();
        verdict.hits.iter().filter(|hit| is_held_by(&rules, hit)).find_map(|hit| asked(hit.category))
    }
}

fn is_held_by(rules: &RuleSet, hit: &Hit) -> bool {
    rules.rule(&hit.rule).is_none_or(|rule| rule.action == Action::Hold)
}

fn asked(category: Category) -> Option<&'static str> {
    match category {
        Category::Crisis | Category::Emergency => None,
        Category::Pii => Some(
            "Others will read this, and it seems to say how a person can be found or reached. Please leave that out.",
        ),
        Category::Selling | Category::Spam => {
            Some("Others will read this, and it sounds like an advertisement. Please say it in other words.")
        }
        Category::Harassment => {
            Some("Others will read this, and it may hurt somebody. Please say it in other words.")
        }
        Category::MedicationRisk => Some(
            "Others will read this, and somebody may change their medicines because of it. Please say it in other words.",
        ),
        Category::Misinformation => Some(
            "Others will read this, and it seems to promise what nobody can. Please say it in other words.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(words: &str) -> bool {
        Screening::new(crate::app::rules(None).unwrap(), None).objection(words).is_some()
    }

    #[test]
    fn what_no_post_may_say_no_note_may_say() {
        for words in [
            "You can reach her on 07700 900123.",
            "You are a stupid liar and nobody wants you here.",
            "Just stop the tablets, you do not need them.",
        ] {
            assert!(objects(words), "{words}");
        }
    }

    #[test]
    fn words_for_somebody_in_danger_go_through() {
        for words in [
            "",
            "This may help.",
            "You wrote that you want to end your life. We are worried about you. Please call 999.",
            "It told people with chest pain to wait until morning.",
        ] {
            assert!(!objects(words), "{words}");
        }
    }
}
