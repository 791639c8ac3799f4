//! Making the answer out of what was collected.

use std::collections::{BTreeMap, HashSet};

use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::Inner;
use super::collect::{Collected, Ranked};
use super::schema::{BOARD, ID, KIND};
use crate::document::Kind;
use crate::engine::SearchError;
use crate::hits::{EXACT_UP_TO, Facet, Found, Hit, Hits, Total};
use crate::query::{MAX_LIMIT, MAX_OFFSET, Query};
use crate::snippet::snippet;

impl Inner {
    /// The page of hits that the query asks for, with totals and facets.
    pub(super) fn page(
        &self,
        searcher: &Searcher,
        query: &Query,
        collected: &Collected,
        stems: &HashSet<String>,
    ) -> Result<Hits, SearchError> {
        let wanted =
            collected.best.iter().skip(query.offset.min(MAX_OFFSET)).take(query.limit.min(MAX_LIMIT));
        // An offset beyond what paging reaches must not show the last page again.
        let wanted = wanted.take(if query.offset > MAX_OFFSET { 0 } else { MAX_LIMIT });
        let hits = wanted.map(|ranked| self.hit(searcher, ranked, stems)).collect::<Result<_, _>>()?;
        let found = if collected.total <= EXACT_UP_TO {
            collected.best.iter().map(|ranked| found(searcher, ranked.address)).collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        Ok(Hits {
            hits,
            total: Total::of(collected.total),
            kinds: kind_facets(&collected.kinds),
            boards: board_facets(&collected.boards),
            found,
            ..Hits::default()
        })
    }

    fn hit(&self, searcher: &Searcher, ranked: &Ranked, stems: &HashSet<String>) -> Result<Hit, SearchError> {
        let stored: TantivyDocument = searcher.doc(ranked.address)?;
        let Found { id, kind, .. } = found(searcher, ranked.address)?;
        Ok(Hit {
            id,
            kind,
            score: ranked.score,
            title: self.fields.text(&stored, self.fields.title),
            snippet: snippet(&self.fields.text(&stored, self.fields.body), stems),
        })
    }
}

/// What a document is, read from columns, without its text.
pub(super) fn found(searcher: &Searcher, address: DocAddress) -> Result<Found, SearchError> {
    let value = |field: &str| -> Result<Option<String>, SearchError> {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let Some(column) = columns.str(field)? else { return Ok(None) };
        let Some(ordinal) = column.ords().first(address.doc_id) else { return Ok(None) };
        let mut value = String::new();
        column.ord_to_str(ordinal, &mut value).map_err(tantivy::TantivyError::from)?;
        Ok(Some(value))
    };
    let damaged = || SearchError::Broken("a document without id or kind".to_owned());
    let kind = value(KIND)?.as_deref().and_then(Kind::from_name).ok_or_else(damaged)?;
    Ok(Found { id: value(ID)?.ok_or_else(damaged)?, kind, board: value(BOARD)? })
}

fn kind_facets(counts: &BTreeMap<String, usize>) -> Vec<Facet<Kind>> {
    let counted =
        Kind::ALL.into_iter().filter_map(|kind| counts.get(kind.name()).map(|count| (kind, *count)));
    counted.map(|(value, count)| Facet { value, total: Total::of(count) }).collect()
}

fn board_facets(counts: &BTreeMap<String, usize>) -> Vec<Facet<String>> {
    counts.iter().map(|(value, count)| Facet { value: value.clone(), total: Total::of(*count) }).collect()
}
