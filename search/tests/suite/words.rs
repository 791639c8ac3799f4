//! Which words find which texts.

use aftercare_search::{Document, Query, SearchEngine, Sort};

use super::{check, check_query, fill, ids, post, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    forms_accents_and_aliases_find(engine).await;
    the_last_word_may_be_unfinished(engine).await;
    typing_errors_are_forgiven_by_length(engine).await;
    quoted_words_stand_together(engine).await;
    excluded_words_do_not_occur(engine).await;
    most_words_are_enough_and_some_are_better_than_none(engine).await;
    titles_come_before_bodies_and_newest_when_asked(engine).await;
}

async fn forms_accents_and_aliases_find(engine: &dyn SearchEngine) {
    let thinner = Document {
        aliases: vec!["blood thinner".into(), "Marcumar®".into()],
        ..post("a", "Anticoagulants")
    };
    fill(engine, vec![thinner, text("b", "Ménière’s disease", "The room was spinning.")]).await;
    for words in ["blood thinners", "ANTICOAGULANT", "marcumar"] {
        check(engine, words, &["a"]).await;
    }
    for words in ["meniere", "Ménière's diseases", "rooms spin"] {
        check(engine, words, &["b"]).await;
    }
}

async fn the_last_word_may_be_unfinished(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Physiotherapy exercises"), post("b", "Painful physio")]).await;
    check(engine, "physiother", &["a"]).await;
    check(engine, "physi", &["a", "b"]).await;
    check(engine, "physiotherapy exer", &["a"]).await;
    // Only the last one, and only while it is being typed.
    check(engine, "physiother ", &[]).await;
    check(engine, "exer xyz", &[]).await;
}

async fn typing_errors_are_forgiven_by_length(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Stoma bags"), post("b", "Gabapentin at night"), post("c", "Gout")]).await;
    for words in ["stpma bag", "sotma ", "stomaa "] {
        check(engine, words, &["a"]).await;
    }
    for words in ["gabamentine ", "gabapetnin "] {
        check(engine, words, &["b"]).await;
    }
    // Two errors in a short word, or one in a very short one, make another word.
    check(engine, "stmpo ", &[]).await;
    check(engine, "goit ", &[]).await;
}

async fn quoted_words_stand_together(engine: &dyn SearchEngine) {
    fill(
        engine,
        vec![
            text("a", "One", "My frozen shoulder thaws."),
            text("b", "Two", "The shoulder was frozen."),
            text("c", "Three", "A frozen pea bag on the shoulder."),
        ],
    )
    .await;
    check(engine, "\"frozen shoulder\"", &["a"]).await;
    check(engine, "„frozen shoulder“", &["a"]).await;
    check(engine, "bag \"shoulder\"", &["c"]).await;
    check(engine, "\"thawed\"", &[]).await;
    check(engine, "\"frozen shoulder\" pea", &[]).await;
}

async fn excluded_words_do_not_occur(engine: &dyn SearchEngine) {
    fill(
        engine,
        vec![
            text("a", "Sore knee", "after surgery"),
            text("b", "Sore knee", "after a fall"),
            text("c", "Sore knee", "night pain, well-fitting brace"),
        ],
    )
    .await;
    check(engine, "sore -surgery", &["b", "c"]).await;
    check(engine, "sore -surgeries -\"night pain\"", &["b"]).await;
    check(engine, "well-fitting", &["c"]).await;
    check(engine, "-surgery", &[]).await;
}

async fn most_words_are_enough_and_some_are_better_than_none(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Swollen ankle in the evening"), post("b", "Ankle brace")]).await;
    check(engine, "what helps a swollen ankle", &["a"]).await;
    check(engine, "swollen ankle", &["a"]).await;
    check(engine, "ankle zzzzz", &["a", "b"]).await;
    for (words, partial) in [("ankle zzzzz", true), ("ankle brace", false), ("zzzzz", false)] {
        assert_eq!(engine.search(Query::new(words)).await.unwrap().partial, partial, "{words}");
    }
}

async fn titles_come_before_bodies_and_newest_when_asked(engine: &dyn SearchEngine) {
    let in_body =
        Document { published_at: 20, ..text("body", "Yesterday", "I asked about gout, among much else.") };
    let in_title = Document { published_at: 10, ..text("title", "Gout", "It hurts.") };
    fill(engine, vec![in_body, in_title]).await;
    let best = engine.search(Query::new("gout")).await.unwrap();
    assert_eq!(ids(&best), ["title", "body"]);
    assert!(best.hits[0].score > best.hits[1].score);
    let newest = Query { sort: Sort::Newest, ..Query::new("gout") };
    assert_eq!(ids(&engine.search(newest.clone()).await.unwrap()), ["body", "title"]);
    check_query(engine, newest, &["body", "title"]).await;
}
