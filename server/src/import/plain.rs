//! Plain text as Markdown that shows it as it is: every line a paragraph, every item of a list an item, nothing else a mark.

/// The text, with everything escaped that Markdown would take for a mark.
pub(super) fn as_markdown(text: &str) -> String {
    // Sources run lists and paragraphs together on one line, with runs of blanks where a line ended.
    let lines = text.replace("  - ", "\n- ").replace("   ", "\n");
    let mut markdown = String::with_capacity(lines.len() + lines.len() / 16);
    let mut in_list = false;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let item = ["- ", "* ", "• "].iter().find_map(|mark| line.strip_prefix(mark));
        if !markdown.is_empty() {
            markdown.push_str(if in_list && item.is_some() { "\n" } else { "\n\n" });
        }
        in_list = item.is_some();
        markdown.push_str(if in_list { "- " } else { "" });
        markdown.push_str(&escaped(item.unwrap_or(line).trim_start()));
    }
    markdown
}

fn escaped(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::with_capacity(line.len() + 8);
    for (at, c) in line.char_indices() {
        let inline = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&');
        let at_start = at == 0 && matches!(c, '#' | '+' | '-' | '=');
        let numbered = digits > 0 && at == digits && matches!(c, '.' | ')');
        if inline || at_start || numbered {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftercare_frontend::content;

    #[test]
    fn a_reader_reads_the_very_characters() {
        let text = r"# 1. *never* take_two [a](b) <b>&amp; ~~x~~ | 5 < 6 `c` \ 2. and 1) so";
        assert_eq!(content::render(&as_markdown(text)).unwrap().text.trim(), text);
        for line in ["1. rest", "12) rest", "- rest", "+ rest", "=== rest", "> rest"] {
            let html = content::render(&as_markdown(&format!("Then\n{line}"))).unwrap().html;
            assert!(
                !html.as_str().contains("<ol")
                    && !html.as_str().contains("<h")
                    && !html.as_str().contains("<blockquote"),
                "{line}"
            );
        }
    }

    #[test]
    fn lists_and_paragraphs_that_ran_together_are_taken_apart() {
        let text = "These help:  - sleep  - walks   Ask for more.\n   Soon.";
        assert_eq!(as_markdown(text), "These help:\n\n- sleep\n- walks\n\nAsk for more.\n\nSoon.");
    }
}
