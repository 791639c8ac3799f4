//! What patients, carers and moderators write.

use super::{html, text};

#[test]
fn paragraphs_and_line_ends_stay_where_the_person_made_them() {
    assert_eq!(
        html("Day 3.\nSlept well.\n\nThe scar is dry."),
        "<p>Day 3.<br>\nSlept well.</p>\n<p>The scar is dry.</p>"
    );
    assert_eq!(html("one\r\ntwo"), "<p>one<br>\ntwo</p>");
    assert_eq!(text("one\ntwo\n\nthree"), "one\ntwo\n\nthree");
}

#[test]
fn emphasis_lists_quotes_and_code() {
    assert_eq!(
        html("It *really* **helped**, ~~or not~~"),
        "<p>It <em>really</em> <strong>helped</strong>, <del>or not</del></p>"
    );
    assert_eq!(html("- walk\n- rest"), "<ul>\n<li>walk</li>\n<li>rest</li>\n</ul>");
    assert_eq!(html("3. third\n4. fourth"), "<ol start=\"3\">\n<li>third</li>\n<li>fourth</li>\n</ol>");
    assert_eq!(html("> she said\n\nyes"), "<blockquote>\n<p>she said</p>\n</blockquote>\n<p>yes</p>");
    assert_eq!(html("`5 mg`"), "<p><code>5 mg</code></p>");
    assert_eq!(html("```html\n<b>\n```"), "<pre><code>&lt;b&gt;\n</code></pre>");
    assert_eq!(html("before\n\n***\n\nafter"), "<p>before</p>\n<hr>\n<p>after</p>");
}

#[test]
fn headings_start_below_those_of_the_page_and_leave_no_level_out() {
    assert_eq!(html("# My week\n\n## Monday"), "<h3>My week</h3>\n<h4>Monday</h4>");
    assert_eq!(html("###### small"), "<h3>small</h3>");
    assert_eq!(
        html("## One\n\n#### Deep\n\n## Two\n\n# Three"),
        "<h3>One</h3>\n<h4>Deep</h4>\n<h3>Two</h3>\n<h3>Three</h3>"
    );
    let deepest = html("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5");
    assert!(deepest.ends_with("<h5>3</h5>\n<h6>4</h6>\n<h6>5</h6>"), "{deepest}");
    assert_eq!(html("#painfree"), "<p>#painfree</p>");
}

#[test]
fn tables_have_no_styles() {
    let table = "| Day | Walked |\n|:---|---:|\n| Mon | 200 m |\n| Tue | 350 m |";
    assert!(html(table).contains("<th>Day</th><th>Walked</th>"), "{}", html(table));
    assert!(!html(table).contains("style"));
    assert_eq!(text(table), "Day | Walked\nMon | 200 m\nTue | 350 m");
}

#[test]
fn links_tell_the_other_site_nothing() {
    let rel = "rel=\"noopener noreferrer nofollow ugc\"";
    assert_eq!(
        html("[NHS 111](https://111.nhs.uk/ \"a title\")"),
        format!("<p><a href=\"https://111.nhs.uk/\" {rel}>NHS 111</a></p>")
    );
    assert_eq!(
        html("<me@example.org>"),
        format!("<p><a href=\"mailto:me@example.org\" {rel}>me@example.org</a></p>")
    );
    assert_eq!(
        text("see [this page](https://example.org/a) please"),
        "see this page (https://example.org/a) please"
    );
    assert_eq!(text("<https://example.org/a>"), "https://example.org/a");
    assert_eq!(text("<me@example.org>"), "me@example.org");
}

#[test]
fn pasted_addresses_become_links() {
    let rel = "rel=\"noopener noreferrer nofollow ugc\"";
    assert_eq!(
        html("It is on (https://example.org/a_b_c?x=1&y=2)."),
        format!(
            "<p>It is on (<a href=\"https://example.org/a_b_c?x=1&amp;y=2\" {rel}>https://example.org/a_b_c?x=1&amp;y=2</a>).</p>"
        )
    );
    assert_eq!(html("xhttps://example.org"), "<p>xhttps://example.org</p>");
    assert_eq!(html("`https://example.org`"), "<p><code>https://example.org</code></p>");
    assert_eq!(html("http:// is how it starts"), "<p>http:// is how it starts</p>");
    assert_eq!(html("https://example.org/wiki/Hip_(joint)").matches("Hip_(joint)").count(), 2);
}

#[test]
fn pictures_are_shown_as_their_description() {
    assert_eq!(
        text("![my scar after a week](https://example.org/s.jpg)"),
        "my scar after a week (https://example.org/s.jpg)"
    );
    assert!(html("![my *scar*](https://example.org/s.jpg)").contains("my <em>scar</em></a>"));
    assert!(html("![](https://example.org/s.jpg)").contains(">https://example.org/s.jpg</a>"));
    assert_eq!(html("![my scar](scar.jpg)"), "<p>my scar</p>");
    assert_eq!(html("[![alt](https://example.org/a.png)](https://example.org/b)").matches("<a ").count(), 1);
}

#[test]
fn tags_that_people_type_are_shown_and_not_lost() {
    assert_eq!(html("my levels <b>fell</b>"), "<p>my levels &lt;b&gt;fell&lt;/b&gt;</p>");
    assert_eq!(text("my levels <b>fell</b>"), "my levels <b>fell</b>");
    assert_eq!(html("<div>\nhello\n</div>\n"), "<p>&lt;div&gt;<br>\nhello<br>\n&lt;/div&gt;</p>");
    assert_eq!(text("<!-- note -->"), "<!-- note -->");
    assert_eq!(html("BP < 120 & pulse > 60"), "<p>BP &lt; 120 &amp; pulse &gt; 60</p>");
}

#[test]
fn lines_that_look_like_link_definitions_are_shown() {
    assert_eq!(
        text("Feeling low.\n\n[update]: better\n\n[update]: much"),
        "Feeling low.\n\n[update]: better\n\n[update]: much"
    );
    assert_eq!(text("see [this]\n\n[this]: https://example.org"), "see this (https://example.org)");
    assert_eq!(text("```\n[update]: better\n```"), "[update]: better");
}

#[test]
fn equal_looking_texts_are_equal() {
    assert_eq!(text("cafe\u{301}"), "café");
    assert_eq!(text("\u{feff}hello"), "hello");
    assert_eq!(text("family 👨‍👩‍👧 ok"), "family 👨‍👩‍👧 ok");
    assert_eq!(text("नमस्ते, שָׁלוֹם"), "नमस्ते, שָׁלוֹם");
}
