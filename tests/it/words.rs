//! What pages say: plain words in lists, help in the right order, what happens next, and what an entry of the record is about.

use serde_json::json;

use crate::harness::{CRISIS, ORDINARY, article_body, on_both};

#[test]
fn lists_show_words_and_no_marks() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        for body in ["It is **very** sore, see [this](https://example.org/a).", "", "| | |\n**"] {
            let draft = json!({ "board": "public", "title": "Sore", "body": body });
            t.post(&rowan, "/me/drafts", draft).await.expect(201);
        }
        let drafts = t.page(&rowan, "/me/drafts").await.expect(200).text();
        assert!(drafts.contains("It is very sore, see this") && !drafts.contains("**very**"), "{drafts}");
        let mut article = article_body("Pain");
        article["body"] = json!("## Pain after surgery\n\nMost people have some. It is usual.");
        let article = t.post(&asha, "/guidance", article).await.expect(201).json();
        t.sign(&asha, &article).await.expect(200);
        t.sign(&bram, &article).await.expect(200);
        t.settle().await;
        for path in ["/guidance", "/search?q=usual"] {
            let page = t.page(None, path).await.expect(200).text();
            assert!(page.contains("Pain after surgery. Most people have some."), "{path}: {page}");
        }
    });
}

#[test]
fn whoever_grieves_is_shown_first_who_listens_and_last_an_emergency_number() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let words = "My mother died in March and I still listen for her on the stairs.";
        let fields = [("title", "The stairs"), ("body", words), ("about", "someone_who_died")];
        let page = t.form(&rowan, "/boards/public/ask", &fields).await.expect(200).text();
        let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("no {what} in {page}"));
        assert!(at("Cruse Bereavement Support") < at("Samaritans") && at("Samaritans") < at("tel:999"));
        assert!(!page.contains("care-call"), "no large number");
        let crisis = [("title", "I cannot go on"), ("body", CRISIS), ("about", "me")];
        let page = t.form(&rowan, "/boards/public/ask", &crisis).await.expect(200).text();
        assert!(page.find("tel:999") < page.find("Samaritans") && page.contains("care-call"), "{page}");
    });
}

#[test]
fn whoever_is_asked_for_a_change_reads_what_to_change_where_they_change_it() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let held = t.ask(&rowan, "public", "Call me", "You can reach me on 07700 900123 any evening.").await;
        let path = format!("/posts/{}/edit", held.post);
        let before = t.page(&rowan, &path).await.expect(200).text();
        assert!(before.contains("A person from our team reads what you save here"), "{before}");
        let item = t.claim(&moderator, &held.post).await;
        let reason = json!({ "reason": "Please leave the number out." });
        t.decide(&moderator, &item, "ask_changes", reason).await.expect(200);
        assert!(t.page(&rowan, &path).await.expect(200).text().contains("Please leave the number out."));
        let edit = [("title", "Talk to me"), ("body", "Who else is awake at four?"), ("about", "me")];
        t.form(&rowan, &path, &edit).await.expect(200);
        // It is answered; the page asks for nothing any more.
        assert!(!t.page(&rowan, &path).await.expect(200).text().contains("leave the number out"));
        let item = t.claim(&moderator, &held.post).await;
        t.decide(&moderator, &item, "refuse", json!({ "reason": "Let us talk first." })).await.expect(200);
        let draft = t.get(&rowan, "/me/drafts").await.at("/drafts/0/id");
        let page = t.page(&rowan, &format!("/me/drafts/{draft}")).await.expect(200).text();
        assert!(page.contains("Let us talk first.") && page.contains("post it when you are ready"), "{page}");
    });
}

#[test]
fn a_change_is_asked_for_while_the_post_stays_public_too() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let words = "He rang just now and says he wants to kill himself. What do I say to him?";
        let flagged = t.ask(&rowan, "public", "An old friend", words).await;
        assert_eq!(flagged.state, "public");
        let item = t.claim(&moderator, &flagged.post).await;
        let reason = json!({ "reason": "Please say less of where he lives." });
        t.decide(&moderator, &item, "ask_changes", reason).await.expect(200);
        for path in ["/me/posts".to_owned(), format!("/posts/{}/edit", flagged.post)] {
            let page = t.page(&rowan, &path).await.expect(200).text();
            assert!(page.contains("Please say less of where he lives."), "{path}: {page}");
        }
    });
}

#[test]
fn the_record_says_what_each_entry_is_about_and_no_more_than_its_reader_may_read() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let shown = t.ask(&rowan, "public", "Sleeping", ORDINARY).await;
        let reply = t.reply(&rowan, &shown.thread, CRISIS).await;
        let held = t.ask(&rowan, "public", "A title in confidence", CRISIS).await;
        let item = t.claim(&moderator, &held.post).await;
        let article = t.verified_article(&asha, &asha, &bram, "Swelling").await;
        t.decide(&moderator, &item, "ask_changes", json!({ "reason": "A word." })).await.expect(200);
        let record = t.page(&admin, "/admin/audit").await.expect(200).text();
        assert!(record.contains("<td data-th=\"Why\">ask changes</td>"), "{record}");
        let link = |url: &str, words: &str| {
            let link = format!("<a href=\"{url}\" dir=\"auto\">{words}</a>");
            assert!(record.contains(&link), "no {link} in {record}");
        };
        link("/boards/public", "the board “The public board”");
        link(&format!("/posts/{}", shown.post), "the question “Sleeping”");
        link(&format!("/desk/guidance/{}", article["id"].as_str().unwrap()), "version 1 of “Swelling”");
        assert!(
            record.contains("<bdi>a post that is not public</bdi>") && record.contains("<bdi>Imani</bdi>")
        );
        assert!(!record.contains("in confidence") && !record.contains(&reply.post), "{record}");
        assert!(!record.contains("/desk/items/"), "who does not moderate cannot open an item: {record}");
        // An admin who moderates opens items at the desk; that is where the text is.
        let moderates = json!({ "member": admin.id, "role": "moderator" });
        t.post(&admin, "/roles", moderates).await.expect(200);
        let admin = t.sign_in(admin.id.clone(), "Marguerite", &admin.email).await;
        let record = t.page(&admin, "/admin/audit").await.expect(200).text();
        let desk = format!(
            "<a href=\"/desk/items/{}\" dir=\"auto\">a post that is not public</a>",
            item["id"].as_str().unwrap()
        );
        assert!(record.contains(&desk) && !record.contains("in confidence"), "{record}");
    });
}
