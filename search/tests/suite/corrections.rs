//! "Did you mean": helpful, and never a word from a text that the viewer may not read.

use aftercare_search::{Audience, Document, Filters, Query, SearchEngine, ViewerScope, corrections_quoted};

use super::{fill, ids, member, post, put, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    misspelt_words_are_replaced_where_few_are_found(engine).await;
    what_finds_enough_is_left_alone(engine).await;
    hidden_texts_lend_no_words(engine).await;
    the_new_words_must_find_something_here(engine).await;
}

async fn asked(engine: &dyn SearchEngine, words: &str, viewer: ViewerScope) -> Option<String> {
    engine.search(Query { viewer, ..Query::new(words) }).await.unwrap().did_you_mean
}

async fn anybody(engine: &dyn SearchEngine, words: &str) -> Option<String> {
    asked(engine, words, ViewerScope::Anonymous).await
}

async fn misspelt_words_are_replaced_where_few_are_found(engine: &dyn SearchEngine) {
    let documents = vec![
        text("a", "Gout at night", "My frozen shoulder thaws."),
        text("b", "Compression stockings", "They help."),
    ];
    fill(engine, documents).await;
    for (typed, meant) in [
        ("goit", "gout"),
        ("  Goit, night?", "  gout, night?"),
        ("forezn", "frozen"),
        ("\"forzen shoulder\"", "\"frozen shoulder\""),
        ("gout \"shuolder\" -knee", "gout \"shoulder\" -knee"),
        // The first letter is wrong, or not the first.
        ("fout", "gout"),
        ("ogut", "gout"),
    ] {
        assert_eq!(anybody(engine, typed).await.as_deref(), Some(meant), "{typed:?}");
        let found = engine.search(Query::new(corrections_quoted(typed, meant))).await.unwrap();
        assert_eq!(found.hits.len(), 1, "{typed:?}");
    }
}

async fn what_finds_enough_is_left_alone(engine: &dyn SearchEngine) {
    let mut documents: Vec<Document> = (0..3).map(|at| post(&format!("p{at}"), "Goit")).collect();
    documents.push(post("a", "Gout"));
    documents.push(post("b", "Stomata and stoma"));
    fill(engine, documents).await;
    for typed in ["goit", "gout", "stom", "xqzzy", "2019", "", "🙂", "the"] {
        assert_eq!(anybody(engine, typed).await, None, "{typed:?}");
    }
}

async fn hidden_texts_lend_no_words(engine: &dyn SearchEngine) {
    let hidden = Document { audience: Audience::Members, ..post("a", "Freesia") };
    let invited = Document { audience: Audience::Invited("hips".to_owned()), ..post("b", "Marigold") };
    fill(engine, vec![hidden, invited, post("c", "Garden")]).await;
    for typed in ["fresai garden", "fresai", "mairglod"] {
        assert_eq!(anybody(engine, typed).await, None, "{typed:?}");
    }
    assert_eq!(asked(engine, "fresai", member(&[])).await.as_deref(), Some("freesia"));
    assert_eq!(asked(engine, "mairglod", member(&["knees"])).await, None);
    assert_eq!(asked(engine, "mairglod", member(&["hips"])).await.as_deref(), Some("marigold"));
    // Nor do they stand in the way of one: "goit" is a word only where nobody of these may look.
    let mut documents: Vec<Document> = (0..4)
        .map(|at| Document { audience: Audience::Members, ..post(&format!("p{at}"), "Goit") })
        .collect();
    documents.push(post("a", "Gout"));
    fill(engine, documents).await;
    assert_eq!(anybody(engine, "goit").await.as_deref(), Some("gout"));
    assert_eq!(asked(engine, "goit", member(&[])).await, None);
    // Nor does a hidden word take the place of one that is not.
    let mut documents: Vec<Document> = (0..4)
        .map(|at| Document { audience: Audience::Members, ..post(&format!("p{at}"), "Goat") })
        .collect();
    documents.push(post("a", "Gout"));
    fill(engine, documents).await;
    assert_eq!(anybody(engine, "goit").await.as_deref(), Some("gout"));
    assert_eq!(asked(engine, "goit", member(&[])).await.as_deref(), Some("goat"));
    // A text that was replaced lends no word and stands in no way.
    fill(engine, vec![post("a", "Goit and freesia"), post("b", "Garden")]).await;
    let replaced = Document { version: 2, ..post("a", "Gout") };
    engine.apply(vec![put(replaced)]).await.unwrap();
    assert_eq!(anybody(engine, "goit").await.as_deref(), Some("gout"));
    assert_eq!(anybody(engine, "fresai").await, None);
}

async fn the_new_words_must_find_something_here(engine: &dyn SearchEngine) {
    let elsewhere = Document { board: Some("hips".to_owned()), ..post("b", "Gout") };
    fill(engine, vec![post("a", "Ankle"), elsewhere]).await;
    let narrowed = |board: &str| Query {
        filters: Filters { boards: vec![board.to_owned()], ..Filters::default() },
        ..Query::new("goit")
    };
    assert_eq!(engine.search(narrowed("knees")).await.unwrap().did_you_mean, None);
    assert_eq!(engine.search(narrowed("hips")).await.unwrap().did_you_mean.as_deref(), Some("gout"));
    // Each word stands somewhere, but no text has both.
    let hits = engine.search(Query::new("goit ankle")).await.unwrap();
    assert_eq!(ids(&hits), ["a"]);
    assert_eq!((hits.did_you_mean, hits.partial), (None, true));
}
