//! Two people at once: one wins, the other is told, nothing happens twice.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::harness::{CRISIS, ORDINARY, on_both};

#[test]
fn of_two_who_reach_for_an_item_one_gets_it_a_hundred_times() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let (imani, sol) = (t.moderator(&admin, "Imani").await, t.moderator(&admin, "Sol").await);
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let id = t.queue(&imani).await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/review/items/{id}/claim");
        for round in 0..100 {
            let barrier = Barrier::new(2);
            let reach = async |who| {
                barrier.wait().await;
                t.post(who, &path, json!({})).await
            };
            let (one, two) = tokio::join!(reach(&imani), reach(&sol));
            let mut statuses = [one.status.as_u16(), two.status.as_u16()];
            let (winner, loser) = if statuses[0] == 200 { (&imani, &two) } else { (&sol, &one) };
            assert_eq!(loser.code(), "claimed_by_other");
            assert!(loser.at("/detail").contains(&winner.name), "{}", loser.text());
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409], "round {round}");
            t.delete(winner, &path).await.expect(200);
        }
        assert_eq!(t.queue(&imani).await[0]["post"], asked.post.as_str());
    });
}

#[test]
fn two_decisions_at_once_are_one_with_one_notice() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let imani = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
        let item = t.claim(&imani, &asked.post).await;
        let refuse = json!({ "reason": "Please write to us." });
        let (one, two) = tokio::join!(
            t.decide(&imani, &item, "publish", json!({})),
            t.decide(&imani, &item, "refuse", refuse)
        );
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        t.settle().await;
        assert_eq!(t.get(&rowan, "/me/notices").await.json()["notices"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn an_edit_and_an_approval_at_once_never_publish_what_nobody_read() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let imani = t.moderator(&admin, "Imani").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        for round in 0..20 {
            let asked = t.ask(&rowan, "public", "I cannot go on", CRISIS).await;
            let item = t.claim(&imani, &asked.post).await;
            let unseen = json!({ "title": "Unseen", "body": format!("Nobody has read this. {CRISIS}") });
            let edit_path = format!("/posts/{}", asked.post);
            let (decided, edited) = tokio::join!(
                t.decide(&imani, &item, "publish", json!({})),
                t.put(&rowan, &edit_path, unseen)
            );
            edited.expect(200);
            let shown = t.get(None, &format!("/threads/{}", asked.thread)).await;
            match decided.status.as_u16() {
                200 => assert_eq!(shown.expect(200).at("/posts/0/text"), CRISIS, "round {round}"),
                409 => assert_eq!(shown.status.as_u16(), 404, "round {round}"),
                other => panic!("{other}"),
            }
        }
    });
}

#[test]
fn twenty_identical_submissions_are_one_post() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        t.board(&admin, "public").await;
        let rowan = t.member("Rowan").await;
        let barrier = Arc::new(Barrier::new(20));
        let body = json!({ "title": "Sleeping", "body": ORDINARY, "nonce": "the-same-twenty-times" });
        let sending = (0..20).map(|_| async {
            barrier.wait().await;
            t.post(&rowan, "/boards/public/threads", body.clone()).await.expect(201).at("/post")
        });
        let posts: Vec<String> = futures_util::future::join_all(sending).await;
        assert!(posts.windows(2).all(|pair| pair[0] == pair[1]), "{posts:?}");
        let own: Value = t.get(&rowan, "/me/posts").await.json();
        assert_eq!(own["posts"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_signature_by_the_same_hand_at_once_is_one() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let asha = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let article = t.article(&asha, "Swelling").await;
        let (one, two) = tokio::join!(t.sign(&asha, &article), t.sign(&asha, &article));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let latest =
            t.get(&asha, &format!("/guidance/{}?latest=true", article["id"].as_str().unwrap())).await;
        assert_eq!(latest.at("/state"), "in_review");
    });
}
