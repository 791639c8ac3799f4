//! Who gets where: every route × every role, as a reviewed golden file. A new route changes it, and somebody looks.

use poem::Request;
use poem::http::{Method, header};

use crate::harness::{Person, TestApp, on_both};

/// One call of a route, as somebody; ids are made up, so whoever is let through finds nothing or hears of missing fields.
async fn call(t: &TestApp, who: Option<&Person>, method: &Method, path: &str) -> u16 {
    let target = path
        .split('/')
        .map(|part| if part.starts_with('{') { "0000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/");
    if path.starts_with("/api/v1") {
        let body = (!matches!(*method, Method::GET)).then(|| serde_json::json!({}));
        return t.api(who, method.clone(), target.trim_start_matches("/api/v1"), body).await.status.as_u16();
    }
    match (method, who) {
        (&Method::GET, who) => t.page(who, &target).await.status.as_u16(),
        (_, Some(person)) => t.form(person, &target, &[]).await.status.as_u16(),
        (_, None) => {
            let request = Request::builder()
                .method(method.clone())
                .uri_str(&target)
                .header("sec-fetch-site", "same-origin");
            t.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").finish())
                .await
                .status
                .as_u16()
        }
    }
}

#[test]
fn every_route_lets_in_whom_the_registry_says() {
    on_both(async |t| {
        let admin = t.admin("Marguerite").await;
        let member = t.member("Rowan").await;
        let moderator = t.moderator(&admin, "Imani").await;
        let clinician = t.clinician(&admin, "Asha Nair", "11A2222E").await;
        let mut table = String::from(
            "                                                                gate       nobody member moder. clinic admin\n",
        );
        for policy in aftercare::routes::policies().unwrap() {
            // Ending sessions and signing in are acts that succeed without anything; they would end this test's own people.
            let ends =
                ["/sign-out", "/me/sessions/end", "/api/v1/sessions/current"].contains(&policy.path.as_str());
            let mut row = format!(
                "{:6} {:56} {:10}",
                policy.method.as_str(),
                policy.path,
                format!("{:?}", policy.gate)
            );
            for who in [None, Some(&member), Some(&moderator), Some(&clinician), Some(&admin)] {
                let status = match ends && who.is_some() {
                    true => "acts".to_owned(),
                    false => call(t, who, &policy.method, &policy.path).await.to_string(),
                };
                row.push_str(&format!(" {status:6}"));
            }
            table.push_str(row.trim_end());
            table.push('\n');
        }
        insta::assert_snapshot!("roles", table);
    });
}
