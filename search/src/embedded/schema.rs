//! The fields of the embedded index.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};

use crate::document::{Audience, Document, Held};

/// Stands in the directory's name. Raise it when fields or the way of making words change: the old index is then
/// thrown away and the reconciler fills the new one.
pub(super) const FORMAT: &str = "v2";
/// Formats that came before.
pub(super) const OLDER_FORMATS: [&str; 1] = ["v1"];
pub(super) const STEMMED: &str = "stemmed";
pub(super) const WORDS: &str = "words";

/// Names of columns that are read by name.
pub(super) const KIND: &str = "kind";
pub(super) const BOARD: &str = "board";
pub(super) const ID: &str = "id";
pub(super) const PUBLISHED_AT: &str = "published_at";
pub(super) const AUDIENCE: &str = "audience";
pub(super) const VERIFIED: &str = "verified";
pub(super) const HELPFUL: &str = "helpful";
pub(super) const VERSION: &str = "version";
pub(super) const LIVE: &str = "live";

/// Handles of the fields.
#[derive(Clone)]
pub(super) struct Fields {
    pub id: Field,
    pub version: Field,
    /// False for a tombstone.
    pub live: Field,
    pub kind: Field,
    pub board: Field,
    pub audience: Field,
    pub thread: Field,
    pub author: Field,
    pub title: Field,
    pub aliases: Field,
    pub body: Field,
    /// All words of title, aliases and body as they are written: the vocabulary for beginnings and typos.
    pub words: Field,
    pub verified: Field,
    pub has_guidance: Field,
    pub helpful: Field,
    pub published_at: Field,
}

/// Makes the schema.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let stemmed = TextOptions::default().set_stored().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(STEMMED)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let fields = Fields {
        id: builder.add_text_field(ID, STRING | STORED | FAST),
        version: builder.add_i64_field(VERSION, FAST),
        live: builder.add_bool_field(LIVE, INDEXED | FAST),
        kind: builder.add_text_field(KIND, STRING | FAST),
        board: builder.add_text_field(BOARD, STRING | FAST),
        audience: builder.add_text_field(AUDIENCE, STRING | FAST),
        thread: builder.add_text_field("thread", STRING),
        author: builder.add_text_field("author", STRING),
        title: builder.add_text_field("title", stemmed.clone()),
        aliases: builder.add_text_field("aliases", stemmed.clone()),
        body: builder.add_text_field("body", stemmed),
        words: builder.add_text_field(WORDS, words),
        verified: builder.add_bool_field(VERIFIED, INDEXED | FAST),
        has_guidance: builder.add_bool_field("has_guidance", INDEXED),
        helpful: builder.add_u64_field(HELPFUL, FAST),
        published_at: builder.add_i64_field(PUBLISHED_AT, FAST),
    };
    (builder.build(), fields)
}

impl Fields {
    /// A document as the index stores it.
    pub(super) fn live(&self, document: &Document) -> TantivyDocument {
        let mut stored = self.versioned(&document.id, document.version, true);
        stored.add_text(self.kind, document.kind.name());
        if let Some(board) = &document.board {
            stored.add_text(self.board, board);
        }
        stored.add_text(self.audience, audience_key(&document.audience));
        if let Some(thread) = &document.thread {
            stored.add_text(self.thread, thread);
        }
        if let Some(author) = &document.author {
            stored.add_text(self.author, author);
        }
        stored.add_text(self.title, &document.title);
        stored.add_text(self.words, &document.title);
        for alias in &document.aliases {
            stored.add_text(self.aliases, alias);
            stored.add_text(self.words, alias);
        }
        stored.add_text(self.body, &document.body);
        stored.add_text(self.words, &document.body);
        stored.add_bool(self.verified, document.verified);
        stored.add_bool(self.has_guidance, document.has_guidance);
        stored.add_u64(self.helpful, u64::from(document.helpful));
        stored.add_i64(self.published_at, document.published_at);
        stored
    }

    /// What remains of a removed document: no text at all.
    pub(super) fn tombstone(&self, id: &str, held: Held) -> TantivyDocument {
        self.versioned(id, held.version, false)
    }

    fn versioned(&self, id: &str, version: i64, live: bool) -> TantivyDocument {
        let mut stored = TantivyDocument::default();
        stored.add_text(self.id, id);
        stored.add_i64(self.version, version);
        stored.add_bool(self.live, live);
        stored
    }

    /// The texts that a candidate or a hit is shown and ranked by.
    pub(super) fn text(&self, stored: &TantivyDocument, field: Field) -> String {
        stored.get_first(field).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Every alias.
    pub(super) fn aliases(&self, stored: &TantivyDocument) -> Vec<String> {
        stored.get_all(self.aliases).filter_map(|value| value.as_str().map(str::to_owned)).collect()
    }
}

/// The term that stands for an audience. A board's name comes after the colon, so no board can be named like one
/// of the others.
pub(super) fn audience_key(audience: &Audience) -> String {
    match audience {
        Audience::Public => "public".to_owned(),
        Audience::Unlisted => "unlisted".to_owned(),
        Audience::Members => "members".to_owned(),
        Audience::Invited(board) => format!("invited:{board}"),
    }
}
