//! The part of a query that does not depend on the words: who asks, and for what.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, Occur, Query as IndexQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::schema::{Fields, audience_key};
use crate::document::{Audience, Kind};
use crate::query::{Filters, ViewerScope};

/// A clause that must hold and adds nothing to the score.
pub(super) fn must(query: Box<dyn IndexQuery>) -> (Occur, Box<dyn IndexQuery>) {
    (Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0)))
}

impl Fields {
    /// Filters that facets respect as well. Kinds and boards are left to the collector, which must count the
    /// values that a reader has not chosen.
    pub(super) fn narrowed(&self, filters: &Filters) -> Vec<(Occur, Box<dyn IndexQuery>)> {
        let mut clauses = Vec::new();
        if let Some(thread) = &filters.thread {
            clauses.push(must(any_of(self.thread, [thread.clone()])));
        }
        if let Some(verified) = filters.verified {
            clauses.push(must(flag(self.verified, verified)));
        }
        if let Some(has_guidance) = filters.has_guidance {
            clauses.push(must(flag(self.has_guidance, has_guidance)));
        }
        if let Some(author) = &filters.author {
            clauses.push(must(any_of(self.author, [author.clone()])));
        }
        if filters.published_from.is_some() || filters.published_to.is_some() {
            let moment = |at| Term::from_field_i64(self.published_at, at);
            let from = filters.published_from.map_or(Bound::Unbounded, |at| Bound::Included(moment(at)));
            let to = filters.published_to.map_or(Bound::Unbounded, |at| Bound::Excluded(moment(at)));
            clauses.push(must(Box::new(RangeQuery::new(from, to))));
        }
        clauses
    }

    /// Only these kinds; all if there are none.
    pub(super) fn kinds(&self, kinds: &[Kind]) -> Option<(Occur, Box<dyn IndexQuery>)> {
        let names = kinds.iter().map(|kind| kind.name().to_owned());
        (!kinds.is_empty()).then(|| must(any_of(self.kind, names)))
    }
}

/// The audiences that a viewer belongs to, as the index names them.
pub(super) fn audiences(viewer: &ViewerScope) -> Vec<String> {
    let mut audiences = vec![audience_key(&Audience::Public), audience_key(&Audience::Unlisted)];
    if let ViewerScope::Member { invited_boards } = viewer {
        audiences.push(audience_key(&Audience::Members));
        audiences.extend(invited_boards.iter().map(|board| audience_key(&Audience::Invited(board.clone()))));
    }
    audiences
}

fn any_of(field: Field, values: impl IntoIterator<Item = String>) -> Box<dyn IndexQuery> {
    Box::new(TermSetQuery::new(values.into_iter().map(|value| Term::from_field_text(field, &value))))
}

fn flag(field: Field, value: bool) -> Box<dyn IndexQuery> {
    Box::new(TermQuery::new(Term::from_field_bool(field, value), IndexRecordOption::Basic))
}

/// A clause that may hold and adds to the score if it does.
pub(super) fn should(query: impl IndexQuery) -> (Occur, Box<dyn IndexQuery>) {
    (Occur::Should, Box::new(query))
}

/// All clauses together.
pub(super) fn all(clauses: Vec<(Occur, Box<dyn IndexQuery>)>) -> BooleanQuery {
    BooleanQuery::new(clauses)
}
