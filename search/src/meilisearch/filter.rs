//! Filters, made only here: names come from a list, values are quoted, and nothing that a reader typed gets in.

use super::settings::WORDS;
use crate::document::{Audience, Kind};
use crate::query::{Filters, ViewerScope};

/// A field that may be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Key,
    Audience,
    Kind,
    Board,
    Thread,
    Verified,
    HasGuidance,
    Author,
    PublishedAt,
    /// Words as they are written. To be counted, not filtered by.
    Words,
    /// Id, kind and board in one, see `record.rs`. To be counted, not filtered by.
    Place,
}

impl Field {
    pub(super) const ALL: [Self; 11] = [
        Self::Key,
        Self::Audience,
        Self::Kind,
        Self::Board,
        Self::Thread,
        Self::Verified,
        Self::HasGuidance,
        Self::Author,
        Self::PublishedAt,
        Self::Words,
        Self::Place,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Audience => "audience",
            Self::Kind => "kind",
            Self::Board => "board_key",
            Self::Thread => "thread_key",
            Self::Verified => "verified",
            Self::HasGuidance => "has_guidance",
            Self::Author => "author_key",
            Self::PublishedAt => "published_at",
            Self::Words => WORDS,
            Self::Place => "place",
        }
    }
}

/// Conditions that must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter(Vec<String>);

impl Filter {
    /// Only documents that the viewer may find. A tombstone has no audience, so it never passes.
    pub(super) fn visible(viewer: &ViewerScope) -> Self {
        let mut audiences = vec![audience_key(&Audience::Public), audience_key(&Audience::Unlisted)];
        if let ViewerScope::Member { invited_boards } = viewer {
            audiences.push(audience_key(&Audience::Members));
            audiences
                .extend(invited_boards.iter().map(|board| audience_key(&Audience::Invited(board.clone()))));
        }
        Self::default().any_of(Field::Audience, audiences)
    }

    /// What facets respect as well: kinds and boards come on top, see [`Filter::kinds`] and [`Filter::boards`].
    pub(super) fn narrowed(self, filters: &Filters) -> Self {
        let mut filter = self;
        if let Some(thread) = &filters.thread {
            filter = filter.any_of(Field::Thread, [key_of(thread)]);
        }
        for (field, wanted) in
            [(Field::Verified, filters.verified), (Field::HasGuidance, filters.has_guidance)]
        {
            if let Some(wanted) = wanted {
                filter.0.push(format!("{} = {wanted}", field.name()));
            }
        }
        if let Some(author) = &filters.author {
            filter = filter.any_of(Field::Author, [key_of(author)]);
        }
        for (sign, moment) in [(">=", filters.published_from), ("<", filters.published_to)] {
            if let Some(moment) = moment {
                let moment = quoted(&moment.to_string());
                filter.0.push(format!("{} {sign} {moment}", Field::PublishedAt.name()));
            }
        }
        filter
    }

    /// Only these kinds; all if there are none.
    pub(super) fn kinds(self, kinds: &[Kind]) -> Self {
        if kinds.is_empty() {
            return self;
        }
        self.any_of(Field::Kind, kinds.iter().map(|kind| kind.name().to_owned()))
    }

    /// Only these boards; all if there are none.
    pub(super) fn boards(self, boards: &[String]) -> Self {
        if boards.is_empty() {
            return self;
        }
        self.any_of(Field::Board, boards.iter().map(|board| key_of(board)))
    }

    /// A field has one of these values.
    pub(super) fn any_of(mut self, field: Field, values: impl IntoIterator<Item = String>) -> Self {
        let quoted: Vec<String> = values.into_iter().map(|value| quoted(&value)).collect();
        self.0.push(format!("{} IN [{}]", field.name(), quoted.join(", ")));
        self
    }

    /// Keys behind this one.
    pub(super) fn behind(mut self, key: &str) -> Self {
        self.0.push(format!("{} > {}", Field::Key.name(), quoted(key)));
        self
    }

    /// As Meilisearch reads it.
    pub(super) fn text(&self) -> String {
        self.0.join(" AND ")
    }
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A name as keys and filters hold it. Meilisearch takes no other signs in an id and compares values without regard to
/// case, which for boards and their audiences would open the one to the members of the other. Order is kept.
pub(super) fn key_of(name: &str) -> String {
    format!("k{}", hex::encode(name))
}

/// The name behind a key; none if this is no key.
pub(super) fn name_of(key: &str) -> Option<String> {
    String::from_utf8(hex::decode(key.strip_prefix('k')?).ok()?).ok()
}

/// The value that stands for an audience.
pub(super) fn audience_key(audience: &Audience) -> String {
    match audience {
        Audience::Public => "public".to_owned(),
        Audience::Unlisted => "unlisted".to_owned(),
        Audience::Members => "members".to_owned(),
        Audience::Invited(board) => format!("invited:{}", key_of(board)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_leave_their_quotes() {
        assert_eq!(quoted(r#"a" OR 1=1 \"#), r#""a\" OR 1=1 \\""#);
        let filters = Filters { boards: vec!["\" OR 1=1".into()], ..Filters::default() };
        let text = Filter::visible(&ViewerScope::Anonymous).boards(&filters.boards).text();
        assert_eq!(text, "audience IN [\"public\", \"unlisted\"] AND board_key IN [\"k22204f5220313d31\"]");
    }

    proptest::proptest! {
        #[test]
        fn keys_keep_names_and_their_order(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            assert_eq!(name_of(&key_of(&a)), Some(a.clone()));
            assert_eq!(key_of(&a).cmp(&key_of(&b)), a.cmp(&b));
        }

        #[test]
        fn a_quoted_value_ends_where_it_should(value in "[a\\\\\" ]{0,12}") {
            let text = quoted(&value);
            let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap();
            let mut signs = inner.chars();
            let mut read = String::new();
            while let Some(sign) = signs.next() {
                assert_ne!(sign, '"', "{text}");
                read.push(if sign == '\\' { signs.next().unwrap() } else { sign });
            }
            assert_eq!(read, value);
        }
    }
}
