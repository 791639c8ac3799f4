//! What attackers write. Written for this project; the public collections are measured by hand.

use super::{assert_only_allowed, html, text};

#[test]
fn scripts_and_handlers_arrive_as_harmless_text() {
    for attack in [
        "<script>alert(1)</script>",
        "<ScRiPt src=//example.org></sCrIpT >",
        "<img src=x onerror=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext></p><table><mglyph><style><img src=x>",
        "<p style=\"position:fixed\" id=csrf class=x>hi</p>",
        "<a href=\"javascript:alert(1)\">tap</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=/sign-out method=post><button>ok</button></form>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "`<script>`\n\n    <script>alert(1)</script>\n",
        "| <script> |\n|---|\n| <img src=x onerror=a> |",
        "</code></pre><script>alert(1)</script>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo 1 ?>\n<!DOCTYPE html>\n<base href=//example.org>",
        "a <plaintext> b\n\n<textarea> c\n\n<title> d",
        "<div\n\nonclick=alert(1)>\n\n# <h1>",
    ] {
        let html = html(attack);
        assert_only_allowed(&html);
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    }
}

#[test]
fn links_that_run_code_keep_only_their_words() {
    for attack in [
        "[tap here](javascript:alert(1))",
        "[tap here](JaVaScRiPt:alert(1))",
        "[tap here](java&#115;cript:alert(1))",
        "[tap here](javascript&colon;alert(1))",
        "[tap here](java\\script:alert(1))",
        "[tap here](<java\tscript:alert(1)>)",
        "[tap here](&#x6A;avascript:alert(1))",
        "[tap here](data:text/html;base64,PHNjcmlwdD4=)",
        "[tap here](vbscript:msgbox)",
        "[tap here](file:///etc/passwd)",
        "[tap here](//example.org/a)",
        "[tap here](/sign-out)",
        "[tap here](tel:999)",
        "[tap here](ftp://example.org/)",
        "[tap here](javascript://example.org/%0aalert(1))",
        "[tap here](https://nhs.uk@example.org/)",
        "[tap here](https:///)",
        "[tap here]\n\n[tap here]: javascript:alert(1)",
        "![tap here](javascript:alert(1))",
    ] {
        let html = html(attack);
        assert!(html.contains("tap here") && !html.contains("<a"), "{html}");
    }
    assert!(html("<javascript:alert(1)>").contains("javascript:alert(1)"));
    assert_only_allowed(&html("<javascript:alert(1)>"));
}

#[test]
fn quotes_in_addresses_stay_inside_the_attribute() {
    for attack in [
        "[a](https://example.org/\"onmouseover=alert(1)x=\")",
        "[a](<https://example.org/'\"><script>alert(1)</script>>)",
        "https://example.org/\"onmouseover=alert(1)",
        "[a](https://example.org/&quot;onmouseover=alert&lpar;1&rpar;)",
        "[a](https://example.org/ 'x\" onmouseover=\"alert(1)')",
    ] {
        assert_only_allowed(&html(attack));
    }
}

#[test]
fn direction_tricks_and_stacked_accents_are_removed_also_from_entities() {
    assert_eq!(text("abc\u{202e}gpj.exe"), "abcgpj.exe");
    assert_eq!(text("abc&#x202e;gpj.exe"), "abcgpj.exe");
    assert_eq!(text("`abc\u{2066}d`"), "abcd");
    assert_eq!(text("a&#8;b"), "ab");
    let stacked = format!("x{}", "\u{335}".repeat(200));
    assert_eq!(text(&stacked).chars().count(), 5);
    assert_eq!(text(&format!("x{}", "&#x335;".repeat(200))).chars().count(), 5);
}
