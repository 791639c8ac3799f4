//! What must hold for any text.

use proptest::prelude::*;

use super::super::{clean, line, render};
use super::assert_only_allowed;

/// Text made of the pieces that Markdown, HTML and addresses are made of, so that they meet in every order.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,6}",
        3 => prop::sample::select(vec![
            "*", "**", "_", "~~", "`", "```\n", "[", "](", ")", "![", "]: ", "<", ">", "</", "/>", "\"", "'", "&", "&#", ";", "\\", "|", "|-|-|\n",
            "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "# ", "---\n", "=\n",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "https://a.example/", "javascript:", "data:", "mailto:a@b.example", "<script>", "<img src=x onerror=y>", "<svg/onload=z>", "<a href=",
            "<style>", "<!--", "-->", "<![CDATA[", "]]>", "&#x202e;", "&lt;", "&colon;", "&NewLine;", "style=", "</p>", "<table>", "\u{301}",
            "\u{202e}", "\u{200b}", "é", "😀",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn html_holds_only_what_is_allowed_and_is_stable(source in markup()) {
        if let Ok(rendered) = render(&source) {
            let html = rendered.html.as_str();
            assert_only_allowed(html);
            let again = clean::sanitize(html).unwrap();
            prop_assert_eq!(again.as_str(), html);
        }
    }

    #[test]
    fn no_text_makes_it_panic(source in any::<String>()) {
        if let Ok(rendered) = render(&source) {
            assert_only_allowed(rendered.html.as_str());
        }
    }

    #[test]
    fn letters_are_never_lost(words in "[a-z]{1,12}( [a-z]{1,12}){0,6}", before in markup(), after in markup()) {
        // A code fence before them cannot hide the words, nor can a tag, a quotation or a link.
        if let Ok(rendered) = render(&format!("{before}\n\n{words}\n\n{after}")) {
            let spaced = rendered.text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(spaced.contains(&words), "{:?}", rendered.text);
        }
    }

    #[test]
    fn a_line_stays_as_it_is_when_tidied_again(source in any::<String>()) {
        if let Ok(once) = line(&source, 1_000) {
            prop_assert_eq!(line(&once, 1_000).unwrap(), once.clone());
            let hidden = once.contains(['\n', '\u{202e}']);
            prop_assert!(!hidden);
        }
    }
}
