//! Input that nobody expects. None of it is an error.

use aftercare_search::{Query, SearchEngine, SuggestQuery};

use super::{check, fill, ids, post, text};

pub(super) async fn run(engine: &dyn SearchEngine) {
    no_input_is_an_error(engine).await;
    a_long_query_is_cut_and_says_so(engine).await;
    stop_words_alone_are_searched_for(engine).await;
    other_scripts_find_themselves(engine).await;
    odd_documents_are_taken(engine).await;
}

async fn no_input_is_an_error(engine: &dyn SearchEngine) {
    fill(engine, vec![text("a", "Sore knee", "It hurts.")]).await;
    let long = ["knee ".repeat(2_000), "k".repeat(10_000), "\"".repeat(10_000), "-\"".repeat(5_000)];
    let short = [
        "",
        " ",
        "k",
        "🙂🙂",
        "\"",
        "\"\"",
        "\"knee",
        "knee\" \"",
        "-",
        "--",
        "- -",
        "-\"",
        "title:knee",
        "knee AND (",
        "*",
        "?",
        "[a TO z]",
        "knee~9",
        "+knee^2",
        "\\",
        "' OR 1=1 --",
        "\" OR 1=1",
        "<script>",
        "\0",
        "a\u{0301}\u{0301}",
        "ركبة",
        "\u{202E}eenk",
        "膝",
        "\u{FEFF}",
        "\r\n",
        "%00",
        "{\"a\":1}",
    ];
    for text in short.iter().map(|text| (*text).to_owned()).chain(long) {
        let hits = engine.search(Query::new(text.clone())).await.unwrap();
        assert!(hits.hits.len() <= 1);
        let asked = SuggestQuery { text, top: 3, ..SuggestQuery::default() };
        assert!(engine.suggest(asked).await.unwrap().hits.len() <= 1);
    }
    check(engine, "🙂🙂", &[]).await;
    check(engine, "🙂 knee", &["a"]).await;
    check(engine, "\"sore knee", &["a"]).await;
    check(engine, "knee AND (", &["a"]).await;
}

async fn a_long_query_is_cut_and_says_so(engine: &dyn SearchEngine) {
    fill(engine, vec![post("a", "Sore knee"), post("b", "Gout")]).await;
    let long = format!("{}gout", "knee ".repeat(40));
    let hits = engine.search(Query::new(long)).await.unwrap();
    assert!(hits.cut);
    assert_eq!(ids(&hits), ["a"]);
    assert!(!engine.search(Query::new("knee")).await.unwrap().cut);
}

async fn stop_words_alone_are_searched_for(engine: &dyn SearchEngine) {
    fill(engine, vec![text("a", "To be or not to be", "that is it"), post("b", "Gout")]).await;
    check(engine, "to be", &["a"]).await;
    check(engine, "what is the gout", &["b"]).await;
}

async fn other_scripts_find_themselves(engine: &dyn SearchEngine) {
    fill(
        engine,
        vec![
            post("a", "ألم في الركبة"),
            post("b", "膝の痛み"),
            post("c", "Боль в колене"),
            post("d", "γόνατο"),
        ],
    )
    .await;
    for (words, id) in [("الركبة", "a"), ("膝", "b"), ("БОЛЬ", "c"), ("γονατο", "d")] {
        check(engine, words, &[id]).await;
    }
}

async fn odd_documents_are_taken(engine: &dyn SearchEngine) {
    let word = "x".repeat(70_000);
    fill(
        engine,
        vec![text("", "", ""), text("a b\n\"c", &word, &format!("{word} gout\0")), post("ü🙂", "🙂")],
    )
    .await;
    check(engine, "gout", &["a b\n\"c"]).await;
    check(engine, &"x".repeat(60), &["a b\n\"c"]).await;
}
