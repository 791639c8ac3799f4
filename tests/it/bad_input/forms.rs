//! Every form of the registry, found on the pages that carry it, with everything wrong that can be wrong with it.

use std::sync::Arc;

use aftercare::platform::http::{GateLevel, Kind as RouteKind, Policy, csrf_token};
use poem::Request;
use poem::http::{Method, header};

use super::html::{self, Field, Form, Kind};
use super::samples::{Takes, long, sample};
use super::world::{World, is_of, with_id};
use crate::harness::{Answer, Person, TestApp, encode, on_both};

/// A form of a route with somebody before it.
struct Before {
    policy: Arc<Policy>,
    who: Person,
    form: Form,
}

type Pairs = Vec<(String, String)>;

/// The forms of all routes. A route that no page leads to is one that nobody can use.
async fn all(t: &TestApp, world: &World) -> Vec<Before> {
    let cookie = t.page(None, "/join").await.expect(200).header("set-cookie").unwrap().to_owned();
    let cookie = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let visitor = Person { cookie, token: String::new(), ..world.rowan.clone() };
    let pages =
        aftercare::routes::policies().unwrap().into_iter().filter(|route| route.kind == RouteKind::Page);
    let (read, sent): (Vec<_>, Vec<_>) = pages.partition(|route| !route.changes());
    let mut found: Vec<(Person, Form)> = Vec::new();
    for address in read.iter().flat_map(|route| world.addresses(&route.path)) {
        for who in [&visitor, &world.rowan, &world.imani, &world.asha, &world.admin] {
            let page = t.page(who, &address).await;
            found.extend(html::forms(&page.text()).into_iter().map(|form| (who.clone(), form)));
        }
    }
    let before = |policy: Arc<Policy>| {
        let form = found.iter().find(|(_, form)| is_of(&policy.path, &form.action));
        let (who, form) = form.unwrap_or_else(|| panic!("no page has a form for {}", policy.path)).clone();
        Before { policy, who, form }
    };
    sent.into_iter().map(before).collect()
}

impl Before {
    /// The form as somebody fills it in, all right.
    fn filled(&self) -> Pairs {
        let right = |field: &Field| {
            let first_row = !field.name.starts_with("source_") || field.name.starts_with("source_1_");
            let value = match &field.kind {
                Kind::Typed | Kind::Secret if first_row => self.sample(field).0,
                Kind::Tick => "on".to_owned(),
                Kind::Chosen(values) => {
                    let (sample, _) = self.sample(field);
                    let offered = values.iter().rev().find(|value| !value.is_empty()).cloned();
                    if values.contains(&sample) { sample } else { offered.unwrap_or_default() }
                }
                _ => field.value.clone(),
            };
            (field.name.clone(), value)
        };
        // The button that only looks for something is not the one that sends.
        let sent =
            |field: &&Field| field.name != "csrf" && !(field.kind == Kind::Button && field.value == "find");
        self.form.fields.iter().filter(sent).map(right).collect()
    }

    fn sample(&self, field: &Field) -> (String, Takes) {
        let (value, takes) = sample(&self.policy.path, &field.name);
        (value.as_str().unwrap_or_default().to_owned(), takes)
    }

    fn with(&self, name: &str, value: &str) -> Pairs {
        let change = |(known, sent): (String, String)| {
            let value = if known == name { value.to_owned() } else { sent };
            (known, value)
        };
        let mut pairs: Pairs = self.filled().into_iter().map(change).collect();
        if pairs.iter().all(|(known, _)| known != name) {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        pairs
    }

    async fn send(&self, t: &TestApp, pairs: &Pairs) -> Answer {
        let token = csrf_token(&t.app.edge.form_key, &self.who.cookie);
        self.send_to(t, &self.form.action, pairs, Some(&token), "").await
    }

    async fn send_to(
        &self,
        t: &TestApp,
        action: &str,
        pairs: &Pairs,
        token: Option<&str>,
        raw: &str,
    ) -> Answer {
        let token = token.map(|token| ("csrf", token));
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(token);
        let body = format!("{}{raw}", encode(&pairs.collect::<Vec<_>>()));
        let request = Request::builder()
            .method(Method::POST)
            .uri_str(action)
            .header(header::COOKIE, format!("sid={}", self.who.cookie))
            .header("sec-fetch-site", "same-origin")
            .content_type("application/x-www-form-urlencoded");
        t.send(request.body(body)).await
    }

    /// The answer is one of these, and what was typed stands in it: in the form where there is one, otherwise by itself.
    #[track_caller]
    fn keeps(&self, answer: &Answer, sent: &Pairs, statuses: &[u16], what: &str) {
        let what = format!("{} with {what}", self.policy.path);
        assert!(statuses.contains(&answer.status.as_u16()), "{what}: {} {}", answer.status, answer.text());
        let page = answer.text();
        let again = html::forms(&page).into_iter().find(|form| form.action == self.form.action);
        for field in self.form.fields.iter().filter(|field| field.kind == Kind::Typed) {
            let typed =
                sent.iter().rev().find(|(name, _)| *name == field.name).map_or("", |(_, value)| value);
            match &again {
                Some(form) => {
                    let kept = form.field(&field.name).map(|field| field.value.as_str());
                    assert_eq!(kept, Some(typed), "{what}: {} is not in the form", field.name);
                }
                // What was looked for is no text of anybody's.
                None if field.name == "q" => {}
                None => assert!(page.contains(&escape(typed)), "{what}: {} is lost in {page}", field.name),
            }
        }
        for field in self.form.fields.iter().filter(|field| field.kind == Kind::Secret) {
            assert!(!page.contains(&self.sample(field).0), "{what}: the page tells the {}", field.name);
        }
    }

    /// The same, with the message beside the field.
    #[track_caller]
    fn names(&self, answer: &Answer, sent: &Pairs, field: &str, what: &str) {
        // Whether there is such an account is nobody's business: the message stands above the form.
        if self.policy.path == "/sign-in" {
            return self.keeps(answer, sent, &[401, 422], &format!("{what} in {field}"));
        }
        self.keeps(answer, sent, &[422], &format!("{what} in {field}"));
        let again = html::forms(&answer.text()).into_iter().find(|form| form.action == self.form.action);
        let wrong = again.as_ref().and_then(|form| form.field(field)).is_some_and(|field| field.wrong);
        assert!(
            wrong,
            "{} with {what}: nothing stands beside {field} in {}",
            self.policy.path,
            answer.text()
        );
    }

    /// Everything that can be wrong with one field.
    async fn try_field(&self, t: &TestApp, field: &Field) {
        let name = field.name.as_str();
        let one = |value: &str| self.with(name, value);
        match &field.kind {
            // What is looked for may be anything; looking loses nothing of what stands beside it.
            Kind::Typed if name == "q" => {
                for value in ["swelling", "a\0b", &long(name, 5000)] {
                    let mut pairs = one(value);
                    pairs.push(("action".to_owned(), "find".to_owned()));
                    self.keeps(&self.send(t, &pairs).await, &pairs, &[200, 422], "looking for guidance");
                }
            }
            Kind::Typed | Kind::Secret => {
                let mut bad = vec![("a NUL", "a\0b".to_owned())];
                match self.sample(field).1 {
                    Takes::Text(most) | Takes::Secret(most) => {
                        bad.push(("one character too many", long(name, most + 1)));
                    }
                    Takes::Day => bad.push(("no day", "soon".to_owned())),
                    _ => panic!("{name} of {} is typed; into what?", self.policy.path),
                }
                if field.required {
                    bad.push(("nothing", String::new()));
                }
                for (what, value) in bad {
                    let pairs = one(&value);
                    self.names(&self.send(t, &pairs).await, &pairs, name, what);
                }
                let others: Pairs = self.filled().into_iter().filter(|(known, _)| known != name).collect();
                let token = csrf_token(&t.app.edge.form_key, &self.who.cookie);
                let raw = format!("&{name}=%FF%FE");
                let answer = self.send_to(t, &self.form.action, &others, Some(&token), &raw).await;
                self.keeps(&answer, &others, &[422], &format!("no text in {name}"));
                let mut twice = self.filled();
                twice.push((name.to_owned(), "Once more.".to_owned()));
                self.keeps(&self.send(t, &twice).await, &twice, &[422], &format!("{name} sent twice"));
            }
            Kind::Chosen(_) | Kind::Tick | Kind::Button => {
                for value in ["perhaps", "a\0b"] {
                    let pairs = one(value);
                    self.keeps(&self.send(t, &pairs).await, &pairs, &[422], &format!("{value:?} in {name}"));
                }
            }
            // Whoever changes what they cannot see reads of a conflict, or where they cannot go on.
            Kind::Hidden if name == "next" => {}
            Kind::Hidden => {
                for value in ["no", "a\0b"] {
                    let pairs = one(value);
                    self.keeps(
                        &self.send(t, &pairs).await,
                        &pairs,
                        &[409, 422],
                        &format!("{value:?} in {name}"),
                    );
                }
            }
        }
    }
}

fn escape(text: &str) -> String {
    let marks = [("&", "&#38;"), ("<", "&#60;"), (">", "&#62;"), ("\"", "&#34;"), ("'", "&#39;")];
    marks.iter().fold(text.to_owned(), |text, (plain, mark)| text.replace(plain, mark))
}

#[test]
fn whatever_is_wrong_with_a_form_its_page_says_where_and_keeps_what_was_typed() {
    on_both(async |t| {
        let world = World::new(t).await;
        for before in all(t, &world).await {
            for field in before.form.fields.iter().filter(|field| field.name != "csrf") {
                before.try_field(t, field).await;
            }
            let mut more = before.filled();
            more.push(("surprise".to_owned(), "x".to_owned()));
            before.keeps(&before.send(t, &more).await, &more, &[422], "an unknown field");
        }
    });
}

#[test]
fn a_form_from_elsewhere_or_for_nothing_that_is_there_is_refused_with_what_was_typed() {
    on_both(async |t| {
        let world = World::new(t).await;
        for before in all(t, &world).await {
            let pairs = before.filled();
            let foreign = csrf_token(&t.app.edge.form_key, &world.ines.cookie);
            for (token, what) in [(None, "no token"), (Some(foreign.as_str()), "somebody else's token")] {
                let answer = before.send_to(t, &before.form.action, &pairs, token, "").await;
                before.keeps(&answer, &pairs, &[403], what);
            }
            if !before.policy.path.contains('{') {
                continue;
            }
            let token = csrf_token(&t.app.edge.form_key, &before.who.cookie);
            let there = &world.addresses(&before.policy.path)[0];
            for id in ["x", "0000000000000", "%FF", &"9".repeat(200), &there.to_lowercase()] {
                let action = if id.contains('/') { id.to_owned() } else { with_id(&before.policy.path, id) };
                if action != *there {
                    let answer = before.send_to(t, &action, &pairs, Some(&token), "").await;
                    before.keeps(&answer, &pairs, &[404], &format!("the address {action}"));
                }
            }
        }
    });
}

#[test]
fn whoever_was_signed_out_meanwhile_finds_their_words_and_the_way_back_in() {
    on_both(async |t| {
        let world = World::new(t).await;
        let forms = all(t, &world).await;
        t.wait(chrono::Duration::days(15));
        for before in forms.iter().filter(|before| before.policy.gate != GateLevel::Public) {
            let pairs = before.filled();
            let answer = before.send(t, &pairs).await;
            before.keeps(&answer, &pairs, &[401], "a session that has ended");
            assert!(answer.text().contains("/sign-in"), "{}: no way back in", before.policy.path);
        }
    });
}

/// The same answer, whatever was asked for and whenever.
fn faceless(answer: &Answer, id: &str) -> (u16, String) {
    let request = answer.header("x-request-id").unwrap();
    (answer.status.as_u16(), answer.text().replace(request, "").replace(id, "").replace("0000000000000", ""))
}

#[test]
fn what_is_somebody_elses_is_as_if_it_were_not_there() {
    on_both(async |t| {
        let world = World::new(t).await;
        let hidden = world.hidden(t).await;
        let forms = all(t, &world).await;
        for route in aftercare::routes::policies().unwrap() {
            if !route.path.contains('{') || route.kind == RouteKind::Asset {
                continue;
            }
            let ids = hidden.iter().find(|(place, _)| route.path.contains(place));
            let (_, id) = ids.unwrap_or_else(|| panic!("what of {} is hidden from others?", route.path));
            let ask = async |id: &str| {
                let address = with_id(&route.path, id);
                let answer = match address.strip_prefix("/api/v1") {
                    Some(path) => super::operations::call(t, &world.ines, &route, path).await,
                    None if !route.changes() => t.page(&world.ines, &address).await,
                    None => {
                        let form = forms.iter().find(|before| before.policy.path == route.path).unwrap();
                        let stranger = Before {
                            policy: route.clone(),
                            who: world.ines.clone(),
                            form: form.form.clone(),
                        };
                        let token = csrf_token(&t.app.edge.form_key, &world.ines.cookie);
                        stranger.send_to(t, &address, &stranger.filled(), Some(&token), "").await
                    }
                };
                faceless(&answer, id)
            };
            let (theirs, missing) = (ask(id).await, ask("0000000000000").await);
            assert!(matches!(theirs.0, 303 | 403 | 404), "{} {}: {}", route.method, route.path, theirs.0);
            assert_eq!(theirs, missing, "{} {} tells that it is there", route.method, route.path);
        }
    });
}
