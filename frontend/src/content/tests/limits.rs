//! Every limit at its edge, and shapes that cost other parsers minutes.

use std::time::{Duration, Instant};

use super::super::{ContentCode, MAX_BYTES, render};
use super::{refused, text};

#[test]
fn length_is_counted_with_one_byte_for_a_line_end() {
    assert!(render(&"a".repeat(MAX_BYTES)).is_ok());
    assert_eq!(refused(&"a".repeat(MAX_BYTES + 1)), ContentCode::TooLong);
    let lines = "abcdefghijklmno\r\n".repeat(MAX_BYTES / 16);
    assert!(lines.len() > MAX_BYTES && render(&lines).is_ok());
}

#[test]
fn nothing_to_see_is_empty() {
    for nothing in
        ["", " \r\n\t ", "\u{200b}", "&nbsp;", "---", "[x]: https://example.org", "[](/a)", "\u{202e}"]
    {
        assert_eq!(refused(nothing), ContentCode::Empty, "{nothing:?}");
    }
}

#[test]
fn control_characters_are_refused_with_their_own_code() {
    assert_eq!(refused("a\0b"), ContentCode::Nul);
    assert_eq!(refused("a\u{8}b"), ContentCode::ControlCharacter);
    assert_eq!(refused("a\u{1b}[31mb"), ContentCode::ControlCharacter);
    assert_eq!(text("a\tb\rc"), "a\tb\nc");
}

#[test]
fn twenty_links_and_no_more() {
    let one = "[a](https://example.org) ";
    assert!(render(&one.repeat(20)).is_ok());
    assert_eq!(refused(&one.repeat(21)), ContentCode::TooManyLinks);
    assert!(render(&"https://example.org ".repeat(20)).is_ok());
    assert_eq!(refused(&"https://example.org ".repeat(21)), ContentCode::TooManyLinks);
    assert_eq!(
        refused(&format!("{}\n\n[a]: https://example.org", "[a] ".repeat(21))),
        ContentCode::TooManyLinks
    );
}

#[test]
fn sixteen_levels_and_no_more() {
    assert!(render(&format!("{} a", ">".repeat(16))).is_ok());
    assert_eq!(refused(&format!("{} a", ">".repeat(17))), ContentCode::TooDeep);
    assert!(render(&format!("{}a", "- ".repeat(16))).is_ok());
    assert_eq!(refused(&format!("{}a", "- ".repeat(17))), ContentCode::TooDeep);
    assert_eq!(refused(&format!("{}a", "1. ".repeat(17))), ContentCode::TooDeep);
    let stairs =
        |steps: usize| (0..steps).map(|step| format!("{}- a\n", "  ".repeat(step))).collect::<String>();
    assert!(render(&stairs(15)).is_ok());
    assert_eq!(refused(&stairs(17)), ContentCode::TooDeep);
    assert!(render("text\n\n- - - - - - - - - - - - - - - - - - - - -\n").is_ok());
}

#[test]
fn wide_tables_and_seas_of_brackets_are_too_complex() {
    assert_eq!(refused(&format!("{}\n{}\n", "|a".repeat(40), "|-".repeat(40))), ContentCode::TooComplex);
    assert_eq!(refused(&"[\n".repeat(501)), ContentCode::TooComplex);
    assert_eq!(refused(&"[".repeat(2_001)), ContentCode::TooComplex);
    assert_eq!(refused(&"*a ".repeat(4_001)), ContentCode::TooComplex);
    assert_eq!(refused(&"&".repeat(4_001)), ContentCode::TooComplex);
    assert_eq!(refused(&"a\n".repeat(4_001)), ContentCode::TooComplex);
}

/// 50 ms is what we promise of a release build; this test runs unoptimised on busy machines.
#[test]
fn no_shape_takes_long() {
    for (name, shape) in slow_shapes() {
        let start = Instant::now();
        let answer = render(&shape);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(2), "{name}: {took:?} {:?}", answer.map(|r| r.text.len()));
    }
}

fn slow_shapes() -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat(MAX_BYTES / unit.len());
    [
        "> ",
        ">",
        "- ",
        "- a\n",
        "* a\n\n",
        "1. ",
        "1. a\n",
        "[",
        "[a](",
        "![",
        "]",
        "[a]: b\n",
        "[a]: b\n\n",
        "*",
        "*a ",
        "**a ",
        "_a_ ",
        "*a_ ",
        "~a~ ",
        "`",
        "` a ",
        "``a` ",
        "<",
        "<a",
        "<a ",
        "<!--",
        "<!-- a",
        "<?",
        "<![CDATA[",
        "&",
        "&amp;",
        "&#x202e;",
        "|a",
        "|\n",
        "|-|\n",
        "a|b\n-|-\n",
        "    a\n",
        "\t",
        "\\",
        "\\\n",
        "a\n",
        "a\n\n",
        "# a\n",
        "#",
        "a\n=\n",
        "---\n",
        "```\n",
        "```a\n",
        "~~~",
        "http://",
        "https://a.b ",
        "http",
        "mailto:",
        "<http://a",
        "é",
        "e\u{301}",
        "\u{301}",
        "x\u{335}\u{336}\u{337}\u{338}",
        "a\u{202e}",
        "<div>\n",
        "<div>\n\n",
        "</p>",
        "<table><tr><td>",
        "- > ",
        "> - a\n",
        "((",
        "))",
        "[x](<",
        "[x](a \"",
        "*[a_",
        "[^",
        "[^a]: b\n",
        "$$",
        "{#a}",
    ]
    .into_iter()
    .map(|unit| (unit, fill(unit)))
    .chain([
        ("ragged table", format!("{}\n{}\n{}", "|a".repeat(30), "|-".repeat(30), "|\n".repeat(14_000))),
        (
            "one definition, many uses",
            format!("[a]: https://example.org/{}\n\n{}", "x".repeat(9_000), "[a]".repeat(900)),
        ),
        ("deep stairs", (0..180).map(|step| format!("{}- a\n", "  ".repeat(step))).collect()),
        ("nested emphasis", format!("{}x{}", "*a **b ".repeat(900), "**c *d ".repeat(900))),
        ("repeated definitions", "[a]: b\n\n[c]: d\n\n".repeat(240)),
    ])
    .collect()
}
