//! Making the answer out of what was collected.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::Inner;
use super::collect::{Collected, Ranked};
use super::columns::{Columns, name};
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
        let columns = self.columns(searcher)?;
        let wanted =
            collected.best.iter().skip(query.offset.min(MAX_OFFSET)).take(query.limit.min(MAX_LIMIT));
        // An offset beyond what paging reaches must not show the last page again.
        let wanted = wanted.take(if query.offset > MAX_OFFSET { 0 } else { MAX_LIMIT });
        let hits =
            wanted.map(|ranked| self.hit(searcher, &columns, ranked, stems)).collect::<Result<_, _>>()?;
        let found = if collected.total <= EXACT_UP_TO {
            collected.best.iter().map(|ranked| found(&columns, ranked.address)).collect::<Result<_, _>>()?
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

    fn hit(
        &self,
        searcher: &Searcher,
        columns: &[Arc<Columns>],
        ranked: &Ranked,
        stems: &HashSet<String>,
    ) -> Result<Hit, SearchError> {
        let stored: TantivyDocument = searcher.doc(ranked.address)?;
        let Found { id, kind, .. } = found(columns, ranked.address)?;
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
pub(super) fn found(columns: &[Arc<Columns>], address: DocAddress) -> Result<Found, SearchError> {
    let damaged = || SearchError::Broken("a document without id or kind".to_owned());
    let segment =
        usize::try_from(address.segment_ord).ok().and_then(|at| columns.get(at)).ok_or_else(damaged)?;
    let group = segment.groups.get(segment.group(address.doc_id)).ok_or_else(damaged)?;
    let ordinal = segment.id.as_ref().and_then(|column| column.ords().first(address.doc_id));
    Ok(Found {
        id: name(segment.id.as_ref(), ordinal)?.ok_or_else(damaged)?,
        kind: group.kind.as_deref().and_then(Kind::from_name).ok_or_else(damaged)?,
        board: group.board.clone(),
    })
}

fn kind_facets(counts: &BTreeMap<String, usize>) -> Vec<Facet<Kind>> {
    let counted =
        Kind::ALL.into_iter().filter_map(|kind| counts.get(kind.name()).map(|count| (kind, *count)));
    counted.map(|(value, count)| Facet { value, total: Total::of(count) }).collect()
}

fn board_facets(counts: &BTreeMap<String, usize>) -> Vec<Facet<String>> {
    counts.iter().map(|(value, count)| Facet { value: value.clone(), total: Total::of(*count) }).collect()
}
