//! The desk through its pages, as a browser without scripts sends them: guidance for public posts, finding it, and late decisions.

use serde_json::{Value, json};

use crate::harness::{CRISIS, ORDINARY, Person, TestApp, on_both};

/// What a page says beside a field.
fn error_of(page: &str, field: &str) -> String {
    let start = format!("id=\"{field}-error\">");
    let rest = page.split_once(&start).unwrap_or_else(|| panic!("no error at {field} in {page}")).1;
    rest.split_once('<').unwrap().0.to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Sends the decision form of an item; `more` are fields, or the button that was pressed.
async fn decides(t: &TestApp, who: &Person, item: &Value, more: &[(&str, &str)]) -> crate::harness::Answer {
    let version = item["version"].to_string();
    let mut fields = vec![("item_version", version.as_str()), ("revision", text(&item["revision"]))];
    fields.extend_from_slice(more);
    t.form(who, &format!("/desk/items/{}/decide", text(&item["id"])), &fields).await
}

#[test]
fn a_moderator_puts_guidance_under_a_post_that_is_public_already() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let article = t.verified_article(&asha, &asha, &bram, "Sleeping after an operation").await;
        let path = format!("/posts/{}/guidance", asked.post);
        for (who, sees) in [(&moderator, true), (&asha, false)] {
            let thread = t.page(who, &format!("/threads/{}", asked.thread)).await.expect(200).text();
            assert_eq!(thread.contains(&path), sees, "{}", who.name);
        }
        assert!(t.page(&moderator, "/desk/unread").await.text().contains(&path));
        let version = text(&article["version"]);
        assert!(t.page(&moderator, &path).await.expect(200).text().contains(version));
        // Nothing chosen, and something that cannot be chosen: said beside the field, the note stays.
        for wrong in ["", "0000000000000"] {
            let fields = [("guidance", wrong), ("relation", "adds"), ("note", "The second part, <please>.")];
            let page = t.form(&moderator, &path, &fields).await.expect(422).text();
            assert!(!error_of(&page, "guidance").is_empty());
            assert!(page.contains("value=\"The second part, &#60;please&#62;.\""), "{page}");
        }
        let mut card = vec![("guidance", version), ("relation", "adds"), ("note", "The second part.")];
        // The button pressed twice is one card.
        for _ in 0..2 {
            let there = t.form(&moderator, &path, &card).await.expect(303);
            assert_eq!(there.header("location"), Some(format!("/posts/{}", asked.post).as_str()));
        }
        card[2].1 = "Other words.";
        let page = t.form(&moderator, &path, &card).await.expect(422).text();
        assert!(error_of(&page, "guidance").contains("already") && page.contains("Other words."));
        let shown = t.get(None, &format!("/threads/{}", asked.thread)).await.json();
        let cards = shown["posts"][0]["guidance"].as_array().unwrap();
        assert_eq!((cards.len(), &cards[0]["note"]), (1, &json!("The second part.")));
        // Whoever asked is told of it, once.
        t.settle().await;
        let told = t.get(Some(&rowan), "/me/notices").await.json();
        let kinds: Vec<&str> =
            told["notices"].as_array().unwrap().iter().map(|one| text(&one["kind"])).collect();
        assert_eq!(kinds, ["guidance"]);
        let page = t.page(&rowan, "/me/notices").await.expect(200).text();
        assert!(
            page.contains("guidance from clinicians under a post of yours") && page.contains(&asked.post)
        );
    });
}

#[test]
fn guidance_goes_under_what_everybody_can_read_and_nothing_else() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let article = t.verified_article(&asha, &asha, &bram, "Sleeping").await;
        let held = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let path = format!("/posts/{}/guidance", held.post);
        let card = [("guidance", text(&article["version"])), ("relation", "answers"), ("note", "")];
        t.page(&moderator, &path).await.expect(404);
        t.form(&moderator, &path, &card).await.expect(404);
        t.form(&rowan, &path, &card).await.expect(403);
        // At the desk the way there opens once the text is public and decided.
        let item = t.claim(&moderator, &held.post).await;
        let desk = format!("/desk/items/{}", text(&item["id"]));
        assert!(!t.page(&moderator, &desk).await.text().contains(&path));
        t.decide(&moderator, &item, "publish", json!({})).await.expect(200);
        assert!(t.page(&moderator, &desk).await.text().contains(&path));
        t.form(&moderator, &path, &card).await.expect(303);
    });
}

#[test]
fn every_article_can_be_found_from_a_decision_and_no_word_of_it_is_lost() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        for number in 10..22 {
            t.verified_article(&asha, &asha, &bram, &format!("Article {number}")).await;
        }
        let last = t.verified_article(&asha, &asha, &bram, "Zimmer frames on stairs").await;
        let draft = t.article(&asha, "Zimmer frames, not signed yet").await;
        t.settle().await;
        let held = t.ask(&t.member("Rowan").await, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&moderator, &held.post).await;
        let version = text(&last["version"]);
        let offered = |page: &str| page.contains(&format!("<option value=\"{version}\""));
        let first = t.page(&moderator, &format!("/desk/items/{}", text(&item["id"]))).await.text();
        assert!(first.contains("Article 10") && !offered(&first), "the list is short");
        let typed = [
            ("choice", "publish_with_guidance"),
            ("relation", "adds"),
            ("note", "A card & a word."),
            ("reason", "Long words to the author."),
            ("triage", "red"),
        ];
        let looked = async |words, chosen| {
            let fields = [&typed[..], &[("q", words), ("guidance", chosen), ("action", "find")]].concat();
            decides(t, &moderator, &item, &fields).await.expect(200).text()
        };
        let found = looked("zimmer frame", "").await;
        assert!(offered(&found) && !found.contains("Article 1"), "{found}");
        assert!(!found.contains(text(&draft["version"])), "only what two have signed");
        for kept in [
            "value=\"publish_with_guidance\" checked",
            "<option value=\"adds\" selected",
            "value=\"A card &#38; a word.\"",
            "Long words to the author.</textarea>",
            "<option value=\"red\" selected",
            "value=\"zimmer frame\"",
        ] {
            assert!(found.contains(kept), "{kept} is lost: {found}");
        }
        // What has been chosen stays, whatever is looked for next.
        let nothing = looked("xylophone", version).await;
        assert!(error_of(&nothing, "q").starts_with("Nothing that can be attached"));
        assert!(nothing.contains(&format!("<option value=\"{version}\" selected")), "{nothing}");
        let chosen = [&typed[..], &[("q", "zimmer frame"), ("guidance", version)]].concat();
        decides(t, &moderator, &item, &chosen).await.expect(303);
        let thread = t.get(None, &format!("/threads/{}", held.thread)).await.expect(200);
        assert_eq!(thread.at("/posts/0/guidance/0/guidance/title"), "Zimmer frames on stairs");
    });
}

#[test]
fn the_page_of_a_public_post_finds_every_article_too() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let asked = t.ask(&t.member("Rowan").await, "public", "Sleeping", ORDINARY).await;
        let article = t.verified_article(&asha, &asha, &bram, "Zimmer frames on stairs").await;
        t.settle().await;
        let path = format!("/posts/{}/guidance", asked.post);
        let fields = [("q", "zimmer"), ("note", "Kept."), ("guidance", ""), ("action", "find")];
        let page = t.form(&moderator, &path, &fields).await.expect(200).text();
        assert!(page.contains(text(&article["version"])) && page.contains("value=\"Kept.\""), "{page}");
        let fields = [("guidance", text(&article["version"])), ("action", "dance")];
        t.form(&moderator, &path, &fields).await.expect(422);
    });
}

#[test]
fn the_words_of_a_late_decision_go_on_to_the_new_text() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (moderator, sol) = (t.moderator(&admin, "Imani").await, t.moderator(&admin, "Sol").await);
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let held = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&moderator, &held.post).await;
        let body = json!({ "title": "Other", "body": "Something nobody has read yet." });
        t.put(&rowan, &format!("/posts/{}", held.post), body).await.expect(200);
        let typed = [("choice", "refuse"), ("reason", "Thank you for \"saying\" it."), ("triage", "green")];
        let page = decides(t, &moderator, &item, &typed).await.expect(409).text();
        let newer = t.queue(&moderator).await[0].clone();
        let claim = format!("/desk/items/{}/claim", text(&newer["id"]));
        assert!(page.contains(&format!("action=\"{claim}\"")), "{page}");
        assert!(page.contains("name=\"reason\" value=\"Thank you for &#34;saying&#34; it.\""), "{page}");
        assert!(page.contains("name=\"choice\" value=\"refuse\"") && !page.contains("name=\"triage\""));
        // The new text, the old words, and nothing decided.
        let carried = &typed[..2];
        let page = t.form(&moderator, &claim, carried).await.expect(200).text();
        assert!(page.contains("Something nobody has read yet."), "{page}");
        assert!(page.contains("Thank you for &#34;saying&#34; it.</textarea>"), "{page}");
        assert!(page.contains("value=\"refuse\" checked"), "{page}");
        let newer = t.queue(&moderator).await[0].clone();
        assert!(page.contains(&format!("name=\"revision\" value=\"{}\"", text(&newer["revision"]))));
        assert!(page.contains(&format!("name=\"item_version\" value=\"{}\"", newer["version"])));
        // Somebody else was faster: the words are shown, but there is nothing to take.
        let page = t.form(&sol, &claim, carried).await.expect(409).text();
        assert!(page.contains("Thank you for &#34;saying&#34; it.") && !page.contains(&claim), "{page}");
        decides(t, &moderator, &newer, &typed).await.expect(303);
        assert_eq!(t.get(&rowan, "/me/drafts").await.at("/drafts/0/body"), "Something nobody has read yet.");
        // A second press of the button: it has been decided, and there is nothing to go on with.
        let page = decides(t, &moderator, &newer, &typed).await.expect(409).text();
        assert!(!page.contains("/claim\""), "{page}");
    });
}
