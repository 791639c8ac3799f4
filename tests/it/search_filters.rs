//! Narrowing a search: every filter on the page and in the API, what is wrong named beside its field, and nothing betrayed.

use serde_json::{Value, json};

use crate::harness::{Person, TestApp, encode, on_both};

async fn titles(t: &TestApp, who: impl Into<Option<&Person>>, query: &str) -> Vec<String> {
    let answer = t.get(who, &format!("/search?{query}")).await.expect(200).json();
    let findings = answer["findings"].as_array().unwrap().clone();
    findings.iter().map(|finding| finding["title"].as_str().unwrap().to_owned()).collect()
}

async fn wrong(t: &TestApp, query: &str) -> Vec<String> {
    t.get(None, &format!("/search?{query}")).await.expect(422).faults()
}

#[test]
fn author_time_thread_and_marks_narrow() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        t.board(&admin, "members").await;
        let (rowan, ines) = (t.member("Rowan").await, t.member("Ines").await);
        let old = t.ask(&rowan, "public", "Stairs with a new knee", "One at a time.").await;
        t.verified_article(&asha, &asha, &bram, "Stairs after surgery").await;
        t.wait(chrono::Duration::days(10));
        t.ask(&ines, "public", "Stairs in the dark", "I feel for the edge.").await;
        t.reply(&ines, &old.thread, "Stairs were easier with a rail.").await;
        t.ask(&rowan, "members", "Stairs among members", "Slowly.").await;
        t.settle().await;
        let knee = "Stairs with a new knee";
        assert_eq!(titles(t, None, "q=stairs&author=Rowan").await, [knee]);
        assert_eq!(titles(t, None, "q=stairs&author=%20rowan%20").await, [knee]);
        assert_eq!(titles(t, &ines, "q=stairs&author=Rowan").await.len(), 2);
        let week = titles(t, None, "q=stairs&when=week&sort=newest").await;
        assert_eq!(week, [knee, "Stairs in the dark"]);
        assert_eq!(titles(t, None, "q=stairs&when=month").await.len(), 4);
        assert_eq!(titles(t, None, "q=stairs&from=2026-11-24&to=2026-11-24&kind=thread").await, [knee]);
        assert_eq!(titles(t, None, "q=stairs&to=2026-11-23").await, [""; 0]);
        assert_eq!(titles(t, None, &format!("q=stairs&thread={}", old.thread)).await, [knee, knee]);
        assert_eq!(titles(t, None, "q=stairs&verified=true").await, ["Stairs after surgery"]);
        assert_eq!(titles(t, None, "q=stairs&guidance=on").await, ["Stairs after surgery"]);
        assert_eq!(titles(t, None, "q=stairs&sort=helpful").await[0], "Stairs after surgery");
    });
}

#[test]
fn a_wrong_value_is_named_beside_its_field_and_kept() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        for (query, faults) in [
            ("q=x&kind=secret", vec!["kind not_a_choice"]),
            ("q=x&board=nowhere&author=Nobody", vec!["board not_found", "author not_found"]),
            (
                "q=x&when=soon&sort=worst&from=2026-02-31",
                vec!["sort not_a_choice", "when not_a_choice", "from not_a_day"],
            ),
            ("q=x&thread=0000000000000", vec!["thread not_found"]),
            ("q=x&thread=x%22%20OR%201%3D1", vec!["thread not_a_choice"]),
            ("q=x&verified=perhaps", vec!["verified wrong_type"]),
            ("q=x&colour=red", vec!["colour unknown_field"]),
            ("q=x&kind=post&kind=thread", vec!["kind repeated"]),
            ("q=x&cursor=x", vec!["cursor invalid"]),
        ] {
            assert_eq!(wrong(t, query).await, faults, "{query}");
            if !query.contains("cursor") && !query.contains("colour") {
                let page = t.page(None, &format!("/search?{query}")).await.expect(422).text();
                assert!(page.contains("value=\"x\"") && page.contains("class=\"errors"), "{query}: {page}");
            }
        }
        let typed = "kind=post&from=2026-02-31&author=Zoe%3Cb%3E&q=sore+%22knee";
        let page = t.page(None, &format!("/search?{typed}")).await.expect(422).text();
        for kept in [
            "2026-02-31",
            "Zoe&#60;b&#62;",
            "sore &#34;knee",
            "from-error",
            "<option value=\"post\" selected",
        ] {
            assert!(page.contains(kept), "{kept} is lost: {page}");
        }
        // A link from elsewhere may have names of its own.
        t.page(None, "/search?q=x&utm_source=y").await.expect(200);
    });
}

#[test]
fn an_author_is_known_only_by_what_the_searcher_can_read() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        t.board(&admin, "members").await;
        let (rowan, quiet) = (t.member("Rowan").await, t.member("Quiet One").await);
        let asked = t.ask(&rowan, "members", "Heliotrope", "Only for us.").await;
        t.settle().await;
        let nobody = t.get(None, "/search?q=x&author=Nobody").await.expect(422);
        for name in ["Rowan", "Quiet+One"] {
            let answer = t.get(None, &format!("/search?q=x&author={name}")).await.expect(422);
            assert_eq!(answer.json()["errors"], nobody.json()["errors"]);
        }
        assert_eq!(titles(t, &quiet, "q=heliotrope&author=Rowan").await, ["Heliotrope"]);
        // Nor does a thread that only members read exist for others.
        assert_eq!(wrong(t, &format!("q=x&thread={}", asked.thread)).await, ["thread not_found"]);
        let page = t.page(None, &format!("/search?thread={}", asked.thread)).await.expect(200).text();
        assert!(!page.contains("Heliotrope"));
    });
}

#[test]
fn facets_are_links_that_keep_the_rest_and_count_only_what_can_be_read() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        t.board(&admin, "members").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Heliotrope", "One.").await;
        t.reply(&rowan, &asked.thread, "A heliotrope on the windowsill.").await;
        let gone = t.ask(&rowan, "members", "Heliotrope too", "Two.").await;
        t.settle().await;
        let facets = async |who: Option<&Person>, query: &str| -> Value {
            let answer = t.get(who, &format!("/search?{query}")).await.expect(200).json();
            json!([answer["kinds"], answer["boards"]])
        };
        let kind = |kind: &str, total: u32| json!({ "kind": kind, "total": total, "more": false });
        let board = |slug: &str, total: u32| json!({ "board": slug, "name": format!("The {slug} board"), "total": total, "more": false });
        assert_eq!(
            facets(None, "q=heliotrope").await,
            json!([[kind("thread", 1), kind("post", 1)], [board("public", 2)]])
        );
        // What is not chosen is counted too, as if it were.
        let everything = json!([[kind("thread", 1), kind("post", 1)], [board("public", 1)]]);
        assert_eq!(facets(None, "q=heliotrope&kind=post&board=public").await, everything);
        let with_members = json!([[kind("thread", 2), kind("post", 1)], [board("public", 1)]]);
        assert_eq!(facets(Some(&rowan), "q=heliotrope&kind=post").await, with_members);
        let page = t.page(&rowan, "/search?q=heliotrope&kind=post&sort=newest").await.expect(200).text();
        assert!(page.contains("href=\"/search?q=heliotrope&#38;kind=thread&#38;sort=newest\""), "{page}");
        assert!(page.contains("href=\"/search?q=heliotrope&#38;sort=newest\""), "{page}");
        // Taken back a moment ago, the index has not heard of it: no number tells that it was there.
        t.delete(&rowan, &format!("/posts/{}", gone.post)).await.expect(200);
        assert_eq!(facets(Some(&rowan), "q=heliotrope&kind=post").await, everything);
        let answer = t.get(&rowan, "/search?q=heliotrope&kind=thread").await.json();
        assert_eq!((&answer["total"], &answer["kinds"][0]), (&json!(1), &kind("thread", 1)));
    });
}

#[test]
fn a_correction_is_offered_and_never_from_what_cannot_be_read() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        t.board(&admin, "members").await;
        let rowan = t.member("Rowan").await;
        t.ask(&rowan, "public", "Gout at night", "It throbs.").await;
        let hidden = t.ask(&rowan, "members", "Marigold", "For us alone.").await;
        t.settle().await;
        let meant = async |who: Option<&Person>, words: &str| {
            let query = encode(&[("q", words), ("sort", "newest")]);
            t.get(who, &format!("/search?{query}")).await.expect(200).json()["did_you_mean"].clone()
        };
        assert_eq!(meant(None, "goit").await, "gout");
        assert_eq!(meant(None, "mairglod").await, Value::Null);
        assert_eq!(meant(Some(&rowan), "mairglod").await, "marigold");
        let page = t.page(None, "/search?q=goit%20&sort=newest").await.expect(200).text();
        assert!(page.contains("Did you mean <a href=\"/search?q=gout&#38;sort=newest\""), "{page}");
        // The index still holds what was taken back a moment ago; its words are not offered any more.
        t.delete(&rowan, &format!("/posts/{}", hidden.post)).await.expect(200);
        assert_eq!(meant(Some(&rowan), "mairglod").await, Value::Null);
    });
}

#[test]
fn pages_far_beyond_the_end_are_empty_and_say_so() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        t.ask(&admin, "public", "Heliotrope", "One.").await;
        t.settle().await;
        for after in ["20", "1000", "1001", "99999999999"] {
            let page = t.page(None, &format!("/search?q=heliotrope&after={after}")).await.expect(200).text();
            assert!(page.contains("There is nothing on this page"), "{after}: {page}");
            assert!(page.contains("href=\"/search?q=heliotrope\""), "{page}");
        }
        for after in ["-1", "x", "%22"] {
            let page = t.page(None, &format!("/search?q=heliotrope&after={after}")).await.expect(200).text();
            assert!(page.contains("1 result"), "{after}: {page}");
        }
        assert_eq!(
            t.get(None, "/search?q=heliotrope&cursor=1000").await.expect(200).json()["findings"],
            json!([])
        );
        for cursor in ["1001", "-1", "0x10", "20%22", "AAAA"] {
            assert_eq!(wrong(t, &format!("q=heliotrope&cursor={cursor}")).await, ["cursor invalid"]);
        }
    });
}

#[test]
fn where_nothing_is_found_people_are_offered() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        t.board(&admin, "members").await;
        let rowan = t.member("Rowan").await;
        let page = t.page(&rowan, "/search?q=xylophone+after+surgery%3F").await.expect(200).text();
        let ask = "/boards/members/ask?title=xylophone%20after%20surgery%3F";
        assert!(page.contains(&format!("href=\"{ask}\"")), "{page}");
        let form = t.page(&rowan, ask).await.expect(200).text();
        assert!(form.contains("value=\"xylophone after surgery?\""), "{form}");
        let page = t.page(None, "/search?q=xylophone&board=public").await.expect(200).text();
        let next = "/sign-in?next=%2Fboards%2Fpublic%2Fask%3Ftitle%3Dxylophone";
        assert!(page.contains(&format!("href=\"{next}\"")) && !page.contains("members"), "{page}");
        // A telephone number is no title, nor is a cry for help, nor what is no words.
        for words in
            ["xylophone+07700900123", "I+want+to+end+my+life+tonight+xylophone", "%F0%9F%99%82", "the+of"]
        {
            let page = t.page(&rowan, &format!("/search?q={words}")).await.expect(200).text();
            assert!(page.contains("href=\"/boards/public/ask\""), "{words}: {page}");
            assert!(!page.contains("?title="), "{words}: {page}");
        }
    });
}

#[test]
fn a_thread_and_a_board_lead_to_a_search_of_their_own() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let asked = t.ask(&admin, "public", "Heliotrope", "One.").await;
        let link = format!("/search?thread={}", asked.thread);
        let page = t.page(None, &format!("/threads/{}", asked.thread)).await.expect(200).text();
        assert!(page.contains(&format!("href=\"{link}\"")), "{page}");
        let search = t.page(None, &link).await.expect(200).text();
        assert!(search.contains("In the thread <strong dir=\"auto\">Heliotrope</strong>"), "{search}");
        assert!(search.contains(&format!("name=\"thread\" value=\"{}\"", asked.thread)), "{search}");
        let board = t.page(None, "/boards/public").await.expect(200).text();
        assert!(board.contains("<input type=\"hidden\" name=\"board\" value=\"public\">"), "{board}");
        assert!(board.contains("Search in this board"), "{board}");
    });
}
