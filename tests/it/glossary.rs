//! The glossary: words that two clinicians have explained, found by whatever people call them.

use aftercare::oversight::doctor;
use serde_json::{Value, json};

use crate::harness::{TestApp, article_body, on_both};

const MEANING: &str = "A medicine that makes blood clots less likely.";

fn word_body(word: &str, names: &[&str]) -> Value {
    let mut body = article_body(word);
    body["body"] = json!(MEANING);
    body["other_names"] = json!(names.join(", "));
    body
}

async fn found(t: &TestApp, query: &str) -> Vec<String> {
    let answer = t.get(None, &format!("/search?{query}")).await.expect(200).json();
    let findings = answer["findings"].as_array().unwrap();
    let name = |one: &Value| format!("{} {}", one["kind"].as_str().unwrap(), one["title"].as_str().unwrap());
    findings.iter().map(name).collect()
}

#[test]
fn a_word_with_two_signatures_is_listed_and_found_by_its_other_names() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        let word = t.post(&asha, "/guidance", word_body("Tapering", &["slow lowering", "weaning"])).await;
        let word = word.expect(201).json();
        assert_eq!(word["other_names"], json!(["slow lowering", "weaning"]));
        t.verified_article(&asha, &asha, &bram, "Swelling").await;
        t.sign(&asha, &word).await.expect(200);
        t.settle().await;
        assert_eq!(t.get(None, "/glossary").await.json()["words"], json!([]));
        assert!(found(t, "q=weaning").await.is_empty());
        assert!(!t.page(None, "/glossary").await.expect(200).text().contains("Tapering"));

        t.sign(&bram, &word).await.expect(200);
        t.settle().await;
        let listed = t.get(None, "/glossary").await.expect(200);
        assert_eq!(listed.at("/words/0/title"), "Tapering");
        assert_eq!(listed.at("/words/0/signatures/1/name"), "Bram Visser");
        assert_eq!(t.get(None, "/guidance").await.at("/articles/0/title"), "Swelling");
        assert_eq!(t.get(None, "/guidance").await.json()["articles"].as_array().unwrap().len(), 1);
        assert_eq!(found(t, "q=weaning").await, ["glossary Tapering"]);
        assert_eq!(found(t, "q=slow+lowering&kind=glossary").await, ["glossary Tapering"]);
        assert!(found(t, "q=weaning&kind=guidance").await.is_empty());

        let id = word["id"].as_str().unwrap();
        let page = t.page(None, "/glossary").await.expect(200).text();
        for shown in ["Tapering", "slow lowering, weaning", MEANING, "Asha Nair and Bram Visser", id] {
            assert!(page.contains(shown), "{shown}");
        }
        let page = t.page(None, "/search?q=weaning").await.expect(200).text();
        assert!(page.contains("Explained word") && page.contains(&format!("/guidance/{id}")), "{page}");
        assert!(t.page(None, &format!("/guidance/{id}")).await.text().contains("Also called: slow lowering"));
    });
}

#[test]
fn one_person_stops_a_word_like_any_guidance() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let (asha, bram) = t.two_clinicians(&admin).await;
        let word = t.post(&asha, "/guidance", word_body("Tapering", &["weaning"])).await.expect(201).json();
        t.sign(&asha, &word).await.expect(200);
        t.sign(&bram, &word).await.expect(200);
        t.settle().await;
        let stop = format!("/guidance/{}/stop", word["id"].as_str().unwrap());
        t.post(&moderator, &stop, json!({ "reason": "It is wrong." })).await.expect(200);
        // Before the index hears of it.
        assert!(found(t, "q=weaning").await.is_empty());
        t.settle().await;
        assert!(found(t, "q=weaning").await.is_empty());
        let listed = t.get(None, "/glossary").await.json();
        assert_eq!(
            (&listed["words"][0]["state"], &listed["words"][0]["text"]),
            (&json!("stopped"), &json!(""))
        );
        let page = t.page(None, "/glossary").await.expect(200).text();
        assert!(page.contains("Stopped") && !page.contains(MEANING));
    });
}

#[test]
fn the_desk_writes_a_word_and_keeps_what_was_typed() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let rowan = t.member("Rowan").await;
        t.page(&rowan, "/desk/guidance/new?of=word").await.expect(403);
        let blank = t.page(&asha, "/desk/guidance/new?of=word").await.expect(200).text();
        assert!(blank.contains("Explain a word") && blank.contains("name=\"other_names\""));
        let long = "x".repeat(61);
        let mut fields = vec![
            ("title", "Tapering"),
            ("other_names", long.as_str()),
            ("body", MEANING),
            ("review_due", "2027-11-24"),
            ("source_1_title", "Medicines"),
            ("source_1_publisher", "Example Trust"),
            ("source_1_url", "https://example.org/medicines"),
        ];
        let refused = t.form(&asha, "/desk/guidance/new", &fields).await.expect(422).text();
        assert!(
            refused.contains(&long) && refused.contains("Explain a word") && refused.contains("60 or fewer")
        );
        fields[1].1 = " weaning , , slow lowering ";
        let kept = t.form(&asha, "/desk/guidance/new", &fields).await.expect(303);
        let path = kept.header("location").unwrap().to_owned();
        assert!(t.page(&asha, &path).await.text().contains("Also called: weaning, slow lowering"));
        let edit = t.page(&asha, &format!("{path}/edit")).await.expect(200).text();
        assert!(edit.contains("value=\"weaning, slow lowering\""), "{edit}");

        let eleven: Vec<String> = (0..11).map(|at| format!("name {at}")).collect();
        let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
        let refused = t.post(&asha, "/guidance", word_body("Tapering", &eleven)).await.expect(422);
        assert_eq!(refused.faults(), ["other_names too_many"]);
        let mut long = word_body("Tapering", &[]);
        long["body"] = json!("word ".repeat(121));
        assert_eq!(t.post(&asha, "/guidance", long).await.expect(422).faults(), ["body too_long"]);
    });
}

#[test]
fn a_signature_covers_the_other_names() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let word = t.post(&asha, "/guidance", word_body("Tapering", &["weaning"])).await.expect(201).json();
        let path = format!("/guidance/{}/versions", word["id"].as_str().unwrap());
        t.post(&asha, &path, word_body("Tapering", &["stopping"])).await.expect(201);
        assert_eq!(t.sign(&asha, &word).await.expect(409).code(), "stale");
        let sound = |t: &TestApp| doctor::examine(&t.app.database).unwrap().checks;
        assert!(sound(t).iter().all(|check| check.ok));
        t.sql("UPDATE article_versions SET other_names = 'cheating' WHERE other_names = 'stopping'");
        assert!(sound(t).iter().any(|check| check.id == "guidance_hashes" && !check.ok));
    });
}
