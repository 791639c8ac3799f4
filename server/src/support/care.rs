//! Care panels: chosen by need and region, shown to the author alone. The words are people's; nothing here assesses anybody.

use aftercare_frontend::content::{self, SanitizedHtml};
use moderation_rules::Need;
use serde::Deserialize;

/// Where help is for one region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpRegion {
    /// Two letters; `*` stands for everywhere else.
    pub code: String,
    pub name: String,
    pub emergency: Option<String>,
    #[serde(default, rename = "line")]
    pub lines: Vec<HelpLine>,
}

/// A help line that somebody checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpLine {
    pub name: String,
    pub phone: Option<String>,
    pub text: Option<String>,
    pub url: Option<String>,
    pub hours: String,
    #[serde(rename = "for")]
    pub needs: Vec<String>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinesFile {
    checked_on: String,
    region: Vec<HelpRegion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelsFile {
    panel: Vec<PanelWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelWords {
    need: String,
    heading: String,
    lead: Option<String>,
    body: String,
    meanwhile: String,
    #[serde(default)]
    lines_first: bool,
}

struct Words {
    need: String,
    heading: String,
    lead: Option<String>,
    body: SanitizedHtml,
    meanwhile: SanitizedHtml,
    lines_first: bool,
}

/// The panels and lines of this community.
pub struct CarePanels {
    checked_on: String,
    regions: Vec<HelpRegion>,
    words: Vec<Words>,
}

/// One panel: the community's words for a need, with the lines of a region.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    pub need: &'a str,
    pub heading: &'a str,
    /// What is said before the number to call.
    pub lead: Option<&'a str>,
    pub body: &'a SanitizedHtml,
    pub meanwhile: &'a SanitizedHtml,
    /// The help lines lead, and the emergency number stands small behind them.
    pub lines_first: bool,
    pub region: &'a HelpRegion,
    pub lines: Vec<&'a HelpLine>,
    pub checked_on: &'a str,
}

/// Why the words cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("help lines and care panels: {0}")]
pub struct CareError(String);

const LINES: &str = include_str!("../../words/help-lines.toml");
const PANELS: &str = include_str!("../../words/care-panels.toml");

impl CarePanels {
    /// The lines and words that come with the binary.
    pub fn shipped() -> Result<Self, CareError> {
        let lines: LinesFile = toml::from_str(LINES).map_err(|error| CareError(error.to_string()))?;
        let panels: PanelsFile = toml::from_str(PANELS).map_err(|error| CareError(error.to_string()))?;
        if !lines.region.iter().any(|region| region.code == "*") {
            return Err(CareError("a region \"*\" for everywhere else is missing".into()));
        }
        let html = |text: &str| {
            content::render(text).map(|done| done.html).map_err(|error| CareError(error.message))
        };
        let words = panels
            .panel
            .iter()
            .map(|panel| {
                let (body, meanwhile) = (html(&panel.body)?, html(&panel.meanwhile)?);
                Ok(Words {
                    need: panel.need.clone(),
                    heading: panel.heading.trim().to_owned(),
                    lead: panel.lead.clone(),
                    body,
                    meanwhile,
                    lines_first: panel.lines_first,
                })
            })
            .collect::<Result<_, CareError>>()?;
        Ok(Self { checked_on: lines.checked_on, regions: lines.region, words })
    }

    /// Every region, for the help page and for the choice of one's own.
    pub fn regions(&self) -> &[HelpRegion] {
        &self.regions
    }

    /// The day on which somebody last checked the numbers, `YYYY-MM-DD`.
    pub fn checked_on(&self) -> &str {
        &self.checked_on
    }

    /// The help of a region; of everywhere, if we know none for it.
    pub fn region(&self, code: &str) -> Option<&HelpRegion> {
        let find = |code: &str| self.regions.iter().find(|region| region.code == code);
        find(code).or_else(|| find("*"))
    }

    /// The panels for these needs, in the order of the file: the most pressing first. A need without words has no panel.
    pub fn choose(&self, needs: &[Need], region: &str) -> Vec<Panel<'_>> {
        let Some(region) = self.region(region) else { return Vec::new() };
        let wanted = |word: &&Words| needs.iter().any(|need| need.as_str() == word.need);
        let panel = |words| panel(words, region, &self.checked_on);
        self.words.iter().filter(wanted).map(panel).collect()
    }
}

fn panel<'a>(words: &'a Words, region: &'a HelpRegion, checked_on: &'a str) -> Panel<'a> {
    let mut lines: Vec<&HelpLine> =
        region.lines.iter().filter(|line| line.needs.contains(&words.need)).collect();
    if words.lines_first {
        // Nothing presses, so those who are there for just this come before those who are there for everything.
        lines.sort_by_key(|line| line.needs.first() != Some(&words.need));
    }
    Panel {
        need: &words.need,
        heading: &words.heading,
        lead: words.lead.as_deref(),
        body: &words.body,
        meanwhile: &words.meanwhile,
        lines_first: words.lines_first,
        region,
        lines,
        checked_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crisis_anywhere_finds_words_and_a_line_with_a_date() {
        let care = CarePanels::shipped().unwrap();
        for region in ["GB", "IE", "US", "AU", "NZ", "DE", "XX"] {
            let panels = care.choose(&[Need::Crisis, Need::Emergency], region);
            assert_eq!(panels.len(), 2, "{region}");
            assert!(!panels[0].lines.is_empty(), "{region}");
            assert!(!panels[0].checked_on.is_empty());
        }
        assert!(care.choose(&[Need::ThirdParty], "GB").is_empty());
        assert!(care.choose(&[], "GB").is_empty());
    }

    #[test]
    fn who_has_lost_somebody_is_shown_first_who_knows_about_loss() {
        let care = CarePanels::shipped().unwrap();
        let first = |need, region| {
            let panel = care.choose(&[need], region).remove(0);
            (panel.lines[0].name.as_str(), panel.lines_first)
        };
        assert_eq!(first(Need::Bereaved, "GB"), ("Cruse Bereavement Support", true));
        assert_eq!(first(Need::Bereaved, "IE"), ("Irish Hospice Foundation", true));
        assert_eq!(first(Need::Crisis, "GB"), ("Samaritans", false));
        assert_eq!(first(Need::Crisis, "CA"), ("9-8-8 Suicide Crisis Helpline", false));
    }

    #[test]
    fn no_panel_blames_or_promises_what_nobody_can_keep() {
        for words in &CarePanels::shipped().unwrap().words {
            let lead = words.lead.as_deref().unwrap_or_default();
            let text =
                format!("{} {lead} {} {}", words.heading, words.body.as_str(), words.meanwhile.as_str())
                    .to_lowercase();
            for never in
                ["flagged", "on the way", "on its way", "violat", "you should have", "committed suicide"]
            {
                assert!(!text.contains(never), "{}: {never}", words.need);
            }
        }
    }
}
