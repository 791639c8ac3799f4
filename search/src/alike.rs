//! Words that mean the same: what patients say and what clinicians write, brands and substances, abbreviations, spellings.
//!
//! They stand in `words/*.txt`, one group a line. A query is widened by them while it is answered, so that a changed list needs
//! no new index.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::text::{Word, analyse, is_stop_word};

/// How much what means the same counts beside the word itself.
pub(crate) const ALIKE: f32 = 0.6;

const LISTS: [&str; 17] = [
    include_str!("../words/bones-and-joints.txt"),
    include_str!("../words/brain-and-nerves.txt"),
    include_str!("../words/cancer.txt"),
    include_str!("../words/chest-and-breathing.txt"),
    include_str!("../words/diabetes-and-hormones.txt"),
    include_str!("../words/eyes-ears-and-mouth.txt"),
    include_str!("../words/heart-and-blood.txt"),
    include_str!("../words/infections-and-immune-system.txt"),
    include_str!("../words/kidneys-and-bladder.txt"),
    include_str!("../words/medicines-for-everything-else.txt"),
    include_str!("../words/medicines-for-heart-and-blood.txt"),
    include_str!("../words/medicines-for-pain-and-mood.txt"),
    include_str!("../words/mind-and-mood.txt"),
    include_str!("../words/skin-and-wounds.txt"),
    include_str!("../words/stomach-and-bowel.txt"),
    include_str!("../words/tests-and-treatment.txt"),
    include_str!("../words/women-and-birth.txt"),
];

const SPELLINGS: &str = include_str!("../words/spellings.txt");

static SHIPPED: LazyLock<Words> = LazyLock::new(|| Words::read(&LISTS, SPELLINGS));

/// A stretch of a text, and what else it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alike {
    /// Its words.
    pub at: Range<usize>,
    /// Other names of it: stems with blanks between them.
    pub names: Vec<&'static str>,
}

/// What is said in these words and has other names. Stretches may overlap: "total knee replacement" is a knee replacement, too.
pub(crate) fn alike(words: &[Word]) -> Vec<Alike> {
    SHIPPED.within(words)
}

/// The stems of a name that say something.
pub(crate) fn telling_stems(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ').filter(|stem| !is_stop_word(stem))
}

/// All groups.
#[derive(Default)]
struct Words {
    /// The names in each group, as stems.
    groups: Vec<Vec<String>>,
    /// Where names begin with a stem: group, and place within it.
    begin: HashMap<String, Vec<(usize, usize)>>,
}

impl Words {
    fn read(lists: &[&str], spellings: &str) -> Self {
        let mut spelt: HashMap<String, String> = HashMap::new();
        for group in groups(spellings) {
            let (Some(one), Some(other)) = (group.first(), group.get(1)) else { continue };
            spelt.extend([(one.clone(), other.clone()), (other.clone(), one.clone())]);
        }
        let in_other_spelling = |name: &String| {
            let stems = name.split(' ').map(|stem| spelt.get(stem).map_or(stem, String::as_str));
            stems.collect::<Vec<_>>().join(" ")
        };
        let mut words = Self::default();
        for named in lists.iter().copied().chain([spellings]).flat_map(groups) {
            let mut group: Vec<String> = Vec::new();
            for name in named.iter().flat_map(|name| [name.clone(), in_other_spelling(name)]) {
                let first = name.split(' ').next().unwrap_or_default().to_owned();
                if !group.contains(&name) {
                    words.begin.entry(first).or_default().push((words.groups.len(), group.len()));
                    group.push(name);
                }
            }
            words.groups.push(group);
        }
        words
    }

    fn within(&'static self, words: &[Word]) -> Vec<Alike> {
        let mut found: Vec<Alike> = Vec::new();
        for (from, word) in words.iter().enumerate() {
            for (group, at) in self.begin.get(&word.stem).into_iter().flatten() {
                let Some(names) = self.groups.get(*group) else { continue };
                let Some(said) = names.get(*at) else { continue };
                let stems = said.split(' ');
                let many = stems.clone().count();
                let here = words.get(from..from + many).unwrap_or_default().iter().map(|word| &word.stem);
                if !here.eq(stems) {
                    continue;
                }
                let others = names.iter().filter(|name| *name != said).map(String::as_str);
                let at = from..from + many;
                match found.iter_mut().find(|known| known.at == at) {
                    Some(known) => known.names.extend(others),
                    None => found.push(Alike { at, names: others.collect() }),
                }
            }
        }
        found
    }
}

/// The names on each line of a list, as stems.
fn groups(list: &str) -> impl Iterator<Item = Vec<String>> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(',').map(stems).filter(|name| !name.is_empty()).collect())
}

fn stems(name: &str) -> String {
    analyse(name).into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn names(text: &str) -> Vec<(Range<usize>, Vec<&'static str>)> {
        alike(&analyse(text)).into_iter().map(|alike| (alike.at, alike.names)).collect()
    }

    #[test]
    fn either_side_of_a_group_leads_to_the_other() {
        for (said, other) in [
            ("blood thinners", "anticoagul"),
            ("anticoagulants", "blood thinner"),
            ("Tylenol", "paracetamol"),
            ("acetaminophen", "tylenol"),
            ("a short of breath", "dyspnoea"),
            ("TKR", "total knee replac"),
            ("bleeding", "hemorrhag"),
            ("hemorrhage", "bleed"),
        ] {
            let found = names(said);
            assert!(found.iter().any(|(_, names)| names.contains(&other)), "{said}: {found:?}");
        }
        assert!(names("blood and thinner").is_empty());
    }

    #[test]
    fn what_is_said_within_longer_words_counts_as_well() {
        let found: Vec<Range<usize>> =
            names("my total knee replacement").into_iter().map(|one| one.0).collect();
        assert_eq!(found, [1..4, 2..4]);
    }

    #[test]
    fn the_lists_are_whole() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("words");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), LISTS.len() + 1, "a list is not shipped");
        assert!(SHIPPED.groups.len() >= 250);
        let mut seen: HashSet<Vec<&str>> = HashSet::new();
        for line in
            LISTS.into_iter().chain([SPELLINGS]).flat_map(str::lines).filter(|line| !line.starts_with('#'))
        {
            let names: Vec<&str> = line.split(',').map(str::trim).collect();
            let different: HashSet<String> = names.iter().map(|name| stems(name)).collect();
            assert!(names.len() > 1, "nothing means the same: {line}");
            assert_eq!(different.len(), names.len(), "named twice: {line}");
            for name in &names {
                assert!(analyse(name).len() <= 6, "too long to be said: {name}");
                assert!(analyse(name).iter().any(|word| !is_stop_word(&word.text)), "says nothing: {name}");
            }
            assert!(seen.insert(names), "there twice: {line}");
        }
    }
}
