//! Choosing signed guidance for a post: the few that fit its words, and a way to find any other.

use askama::Template;

use super::{Choice, Control, FormField, FormState, Relation};

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

impl GuidanceOption {
    pub fn samples() -> Vec<Self> {
        let option = |version: &str, article: &str, title: &str, signed: &str| Self {
            version: version.to_owned(),
            article: article.to_owned(),
            title: title.to_owned(),
            signed: signed.to_owned(),
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
