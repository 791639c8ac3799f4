//! Choosing signed guidance for a post: the few that fit its words, and a way to find any other.

use askama::Template;

use super::{Choice, Control, FormField, FormState, Relation, SnippetPart};

/// Guidance that can be attached.
#[derive(Debug, Clone)]
pub struct GuidanceOption {
    /// The version that is attached.
    pub version: String,
    /// The article, for reading it.
    pub article: String,
    pub title: String,
    /// Such as `signed by Dr Asha Nair and Tomasz Zielinski`.
    pub signed: String,
    /// The sentence of it that fits best, with the words that it shares; empty for what is only the rest of the library.
    pub sentence: Vec<SnippetPart>,
}

/// The fields for a card, inside the form of a page. Looking for more is a second button of that same form, not a form of its own:
/// what was typed anywhere in it is sent along and comes back, scripts or not, and no reason to an author ends in an address.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/guidance_picker.html")]
pub struct GuidancePicker {
    find: Control,
    guidance: Control,
    relation: Control,
    note: Control,
    options: Vec<GuidanceOption>,
    /// Where the form goes; the answer opens at the list.
    action: String,
}

impl GuidancePicker {
    /// `none` is what the list says while nothing is chosen.
    pub fn new<F: FormField>(
        form: &FormState<F>,
        [find, guidance, relation, note]: [F; 4],
        none: &str,
        options: &[GuidanceOption],
        action: String,
    ) -> Self {
        let option = |option: &GuidanceOption| {
            Choice::new(&option.version, format!("{} ({})", option.title, option.signed))
        };
        let choices: Vec<Choice> =
            std::iter::once(Choice::new("", none)).chain(options.iter().map(option)).collect();
        let fits = match form.value(find).trim() {
            "" => "These fit the words of the post best.".to_owned(),
            words => format!("These fit “{words}” best."),
        };
        let guidance = form.at(guidance).select(choices);
        Self {
            find: form.at(find).kind("search").not_required(),
            guidance: if options.is_empty() { guidance } else { guidance.hint(fits) },
            relation: form
                .at(relation)
                .select(Relation::ALL.map(|relation| Choice::new(relation.value(), relation.label()))),
            note: form.at(note).optional(),
            options: options.to_vec(),
            action,
        }
    }
}

/// So many are shown with their sentences.
const SHOWN: usize = 5;

impl GuidancePicker {
    /// Those that fit best, with the sentence that shows it.
    fn best(&self) -> impl Iterator<Item = &GuidanceOption> {
        self.options.iter().filter(|option| !option.sentence.is_empty()).take(SHOWN)
    }
}

impl GuidanceOption {
    /// The words that it shares with what fits it, each once.
    pub fn shares(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        for part in self.sentence.iter().filter(|part| part.marked) {
            let word = part.text.to_lowercase();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    pub fn samples() -> Vec<Self> {
        let option = |version: &str, article: &str, title: &str, signed: &str| Self {
            version: version.to_owned(),
            article: article.to_owned(),
            title: title.to_owned(),
            signed: signed.to_owned(),
            sentence: vec![
                SnippetPart::plain("Stand up slowly if you feel ".to_owned()),
                SnippetPart { text: "dizzy".to_owned(), marked: true },
                SnippetPart::plain(".".to_owned()),
            ],
        };
        vec![
            option(
                "0HVERSION0001",
                "0HGDIZZY00001",
                "Feeling dizzy on blood pressure tablets",
                "signed by Dr Asha Nair and Tomasz Zielinski",
            ),
            option(
                "0HVERSION0002",
                "0HGMISSED0001",
                "If you forget a dose",
                "signed by Dr Asha Nair and Ruth Okafor",
            ),
        ]
    }
}

impl askama::filters::HtmlSafe for GuidancePicker {}
