//! Named lists: words that belong together (medicines, organs), written once and used in many phrases as `<name>`.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use super::Node;

/// The lists of all packs by name.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    entries: BTreeMap<String, Vec<String>>,
    /// What lists compiled to: most are named by many phrases.
    parsed: RefCell<HashMap<String, Parsed>>,
}

/// A compiled list.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    pub node: Node,
    /// So many brackets and lists lie within one another in it.
    pub depth: usize,
}

impl Lists {
    /// False if the name is taken.
    pub(crate) fn add(&mut self, name: &str, entries: Vec<String>) -> bool {
        let free = !self.entries.contains_key(name);
        if free {
            self.entries.insert(name.to_owned(), entries);
        }
        free
    }

    pub(crate) fn get(&self, name: &str) -> Option<&[String]> {
        self.entries.get(name).map(Vec::as_slice)
    }

    pub(crate) fn parsed(&self, name: &str) -> Option<Parsed> {
        self.parsed.borrow().get(name).cloned()
    }

    pub(crate) fn remember(&self, name: String, parsed: Parsed) {
        self.parsed.borrow_mut().insert(name, parsed);
    }

    /// The way from a list back to itself, if there is one: `["drugs", "pills", "drugs"]`.
    pub(crate) fn circle(&self, name: &str) -> Option<Vec<String>> {
        let mut path = Vec::new();
        self.walk(name, name, &mut path).then_some(path)
    }

    /// The lists that these phrases name, and those that they name in turn, each with its words.
    pub(crate) fn behind<'a>(
        &'a self,
        phrases: impl Iterator<Item = &'a str>,
    ) -> BTreeMap<&'a str, &'a [String]> {
        let mut found = BTreeMap::new();
        let mut open: Vec<&str> = phrases.flat_map(named).collect();
        while let Some(name) = open.pop() {
            let Some(entries) = self.get(name).filter(|_| !found.contains_key(name)) else { continue };
            found.insert(name, entries);
            open.extend(entries.iter().flat_map(|entry| named(entry)));
        }
        found
    }

    fn walk(&self, from: &str, home: &str, path: &mut Vec<String>) -> bool {
        path.push(from.to_owned());
        for next in self.get(from).unwrap_or_default().iter().flat_map(|entry| named(entry)) {
            if next == home {
                path.push(next.to_owned());
                return true;
            }
            if !path.iter().any(|p| p == next) && self.walk(next, home, path) {
                return true;
            }
        }
        path.pop();
        false
    }
}

/// The lists that a phrase names.
fn named(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_leads_back_to_itself_is_found() {
        let mut lists = Lists::default();
        lists.add("a", vec!["x <b>".into()]);
        lists.add("b", vec!["y".into(), "<c> z".into()]);
        lists.add("c", vec!["<a>".into()]);
        lists.add("d", vec!["<b>".into()]);
        assert_eq!(lists.circle("a"), Some(vec!["a".into(), "b".into(), "c".into(), "a".into()]));
        assert_eq!(lists.circle("d"), None);
    }

    #[test]
    fn a_phrase_stands_on_every_list_behind_it() {
        let mut lists = Lists::default();
        lists.add("a", vec!["x <b>".into()]);
        lists.add("b", vec!["y".into()]);
        lists.add("c", vec!["z".into()]);
        let behind = |phrase| lists.behind(std::iter::once(phrase)).into_keys().collect::<Vec<_>>();
        assert_eq!(behind("stop <a> now"), ["a", "b"]);
        assert_eq!(behind("<c>, <b> and <unknown>"), ["b", "c"]);
    }
}
