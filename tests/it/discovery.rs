//! Finding: threads, posts and guidance, and never what the searcher may not read.

use serde_json::{Value, json};

use crate::harness::{Person, TestApp, encode, on_both};

async fn found(t: &TestApp, who: impl Into<Option<&Person>>, query: &str) -> Vec<String> {
    let answer = t.get(who, &format!("/search?{query}")).await.expect(200).json();
    let findings = answer["findings"].as_array().unwrap();
    let name = |finding: &Value| {
        format!("{} {}", finding["kind"].as_str().unwrap(), finding["title"].as_str().unwrap())
    };
    findings.iter().map(name).collect()
}

#[test]
fn thread_post_and_guidance_are_found_and_filtered() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Elevating a swollen ankle", "Mine swells every evening.").await;
        t.reply(&rowan, &asked.thread, "A footstool with a cushion helped my swollen ankle.").await;
        t.verified_article(&asha, &asha, &bram, "Swollen ankle after surgery").await;
        t.article(&asha, "Swollen ankle, a draft").await;
        t.settle().await;
        let mut all = found(t, None, "q=swollen+ankle").await;
        all.sort();
        assert_eq!(
            all,
            [
                "guidance Swollen ankle after surgery",
                "post Elevating a swollen ankle",
                "thread Elevating a swollen ankle"
            ]
        );
        assert_eq!(
            found(t, None, "q=swollen+ankle&kind=guidance").await,
            ["guidance Swollen ankle after surgery"]
        );
        assert_eq!(found(t, None, "q=swollen+ankle&board=public").await.len(), 2);
        assert_eq!(found(t, None, "q=footstool").await, ["post Elevating a swollen ankle"]);
        t.get(None, "/search?q=x&kind=secret").await.expect(422);
        t.get(None, "/search?q=x&board=nowhere").await.expect(422);
        let marked = t.get(None, "/search?q=footstool").await.json();
        let parts = marked["findings"][0]["snippet"].as_array().unwrap();
        assert!(parts.iter().any(|part| part["marked"] == true && part["text"] == "footstool"), "{marked:#}");
    });
}

#[test]
fn what_was_withdrawn_stopped_or_is_for_others_is_not_found_nor_counted() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        for board in ["public", "members", "invited"] {
            t.board(&admin, board).await;
        }
        let rowan = t.member("Rowan").await;
        t.post(&admin, "/boards/invited/members", json!({ "name": "Rowan" })).await.expect(200);
        let asked = t.ask(&rowan, "public", "Heliotrope public", "One.").await;
        t.ask(&rowan, "members", "Heliotrope members", "Two.").await;
        t.ask(&rowan, "invited", "Heliotrope invited", "Three.").await;
        let kept = t.ask(&rowan, "public", "Something else", "Four.").await;
        let reply = t.reply(&rowan, &kept.thread, "A heliotrope on the windowsill.").await;
        let article = t.verified_article(&asha, &asha, &bram, "Heliotrope guidance").await;
        t.settle().await;
        assert_eq!(found(t, None, "q=heliotrope").await.len(), 3);
        assert_eq!(found(t, &t.member("Ines").await, "q=heliotrope").await.len(), 4);
        assert_eq!(found(t, &rowan, "q=heliotrope").await.len(), 5);
        assert_eq!(found(t, &moderator, "q=heliotrope").await.len(), 5);
        for post in [&asked.post, &reply.post] {
            t.delete(&rowan, &format!("/posts/{post}")).await.expect(200);
        }
        t.post(&moderator, &format!("/guidance/{}/stop", article["id"].as_str().unwrap()), json!({}))
            .await
            .expect(200);
        // The index has not heard of it yet; the re-check has.
        let answer = t.get(None, "/search?q=heliotrope").await.json();
        assert_eq!(
            (&answer["findings"], &answer["total"], &answer["kinds"]),
            (&json!([]), &json!(0), &json!([]))
        );
        t.settle().await;
        assert_eq!(t.get(None, "/search?q=heliotrope").await.json()["total"], json!(0));
    });
}

#[test]
fn any_words_are_a_query() {
    on_both(async |t| {
        let longest = "word ".repeat(1000);
        for words in [
            "",
            "k",
            "\"",
            "\"sore knee",
            "-",
            "a\" OR 1=1",
            "🙂",
            "the and of",
            "((((",
            "*:*",
            "title:x AND",
            "\u{202e}abc",
            "%",
            longest.get(..1200).unwrap(),
        ] {
            let query = encode(&[("q", words)]);
            assert!(query.len() < 4000);
            t.get(None, &format!("/search?{query}")).await.expect(200);
            t.get(None, &format!("/search/suggestions?{query}")).await.expect(200);
            t.page(None, &format!("/search/suggest?{query}")).await.expect(200);
            let page = t.page(None, &format!("/search?{query}")).await.expect(200).text();
            let kept = words.trim().replace('"', "&#34;");
            assert!(page.contains(&format!("name=\"q\" value=\"{kept}")), "{words:?} is lost: {page}");
        }
        let ten_kilobytes = format!("q={}", "knee+".repeat(2000));
        for path in ["/search", "/search/suggestions"] {
            t.get(None, &format!("{path}?{ten_kilobytes}")).await.expect(414);
        }
        t.page(None, &format!("/search?{ten_kilobytes}")).await.expect(414);
        t.get(None, "/search?q=x&cursor=99999").await.expect(422);
        t.get(None, "/search?q=x&cursor=-1").await.expect(422);
    });
}

#[test]
fn every_filter_takes_its_values_and_nothing_that_looks_like_a_query() {
    on_both(async |t| {
        let injection = "x\" OR 1=1 --";
        for name in
            ["board", "kind", "author", "when", "from", "to", "verified", "guidance", "sort", "thread"]
        {
            let query = encode(&[("q", "knee"), (name, injection)]);
            let faults = t.get(None, &format!("/search?{query}")).await.expect(422).faults();
            assert!(faults.iter().all(|fault| fault.starts_with(name)), "{name}: {faults:?}");
            t.page(None, &format!("/search?{query}")).await.expect(422);
        }
    });
}

#[test]
fn words_of_any_language_find_their_text() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let texts = [
            ("ألم الركبة بعد العملية", "الركبة"),
            ("כאב בברך אחרי ניתוח", "בברך"),
            ("膝痛が続きます", "膝痛"),
            ("Ameliyattan sonra dizim şişti", "sisti"),
            ("Nach der Hüft-OP schlecht geschlafen", "huft"),
        ];
        for (title, _) in texts {
            t.ask(&admin, "public", title, "…").await;
        }
        t.settle().await;
        for (title, words) in texts {
            let query = encode(&[("q", words)]);
            assert_eq!(found(t, None, &query).await, [format!("thread {title}")], "{words}");
            let page = t.page(None, &format!("/search?{query}")).await.expect(200).text();
            assert!(page.contains("dir=\"auto\">") && page.contains(title), "{page}");
        }
    });
}
