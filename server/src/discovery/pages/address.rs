//! The address of a search: what was sent, and links that change one thing about it.

use crate::discovery::asked::NAMES;
use crate::platform::address::encode_query;
use crate::platform::fields::Fields;
use crate::platform::http::form;

/// What stands in the address, as far as a search knows it.
pub(super) struct Address {
    pairs: Vec<(String, String)>,
}

impl Address {
    /// Reads what stands behind the question mark. Names that no search knows are left alone: links from elsewhere have them.
    pub(super) fn read(query: &str) -> Self {
        // The guard has refused what cannot be read.
        let mut pairs = form::parse(query.as_bytes()).unwrap_or_default();
        pairs.retain(|(name, _)| name == "after" || NAMES.contains(&name.as_str()));
        Self { pairs }
    }

    /// What was sent, but for the place to go on from.
    pub(super) fn fields(&self) -> Fields {
        Fields::from_pairs(self.pairs.iter().filter(|(name, _)| name != "after").cloned())
    }

    pub(super) fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Results to pass over; a place that is no number is the beginning.
    pub(super) fn offset(&self) -> usize {
        self.value("after").parse().unwrap_or(0)
    }

    /// The same search from its beginning with these values in place of others; an empty one is left out.
    pub(super) fn with(&self, changes: &[(&str, &str)]) -> String {
        let changed = |name: &str| changes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let mut address = String::from("/search");
        for name in NAMES.into_iter().chain(["after"]) {
            let kept = if name == "after" { "" } else { self.value(name) };
            let value = changed(name).unwrap_or(kept);
            if !value.is_empty() {
                address.push(if address.contains('?') { '&' } else { '?' });
                address.push_str(&format!("{name}={}", encode_query(value)));
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_rest_and_begin_anew() {
        let address = Address::read("utm=x&kind=post&q=sore+knee%26&board=&after=20");
        assert_eq!(address.with(&[]), "/search?q=sore%20knee%26&kind=post");
        assert_eq!(address.with(&[("kind", ""), ("board", "hips")]), "/search?q=sore%20knee%26&board=hips");
        assert_eq!(address.with(&[("after", "40")]), "/search?q=sore%20knee%26&kind=post&after=40");
        assert_eq!(address.offset(), 20);
        assert_eq!(Address::read("after=-1").offset(), 0);
    }
}
