//! Every operation of the API, by its own document, with everything wrong that can be wrong with it.

use std::sync::Arc;

use aftercare::platform::http::{GateLevel, Policy};
use poem::Request;
use poem::http::{Method, header};
use serde_json::{Map, Value, json};

use super::samples::{Takes, long, sample};
use super::world::{World, with_id};
use crate::harness::{Answer, Person, TestApp, on_both};

/// An operation as the document describes it.
struct Operation {
    id: &'static str,
    policy: Arc<Policy>,
    /// Fields of its body: name and schema.
    fields: Vec<(String, Value)>,
    required: Vec<String>,
    /// What can stand in its query.
    query: Vec<String>,
}

fn all() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&aftercare::routes::openapi()).unwrap();
    let operations = aftercare::routes::operations().unwrap();
    operations.into_iter().map(|(id, policy)| Operation::new(&document, id, policy)).collect()
}

impl Operation {
    fn new(document: &Value, id: &'static str, policy: Arc<Policy>) -> Self {
        let described = &document["paths"][&policy.path][policy.method.as_str().to_lowercase()];
        assert_eq!(described["operationId"], id);
        let body = &described["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let schema = body.as_str().and_then(|path| document.pointer(path.trim_start_matches('#')));
        let words = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()).collect()
        };
        let of_query =
            described["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "query");
        Self {
            id,
            policy,
            fields: schema
                .and_then(|schema| schema["properties"].as_object())
                .map(|fields| fields.clone().into_iter().collect())
                .unwrap_or_default(),
            required: schema.map(|schema| words(&schema["required"])).unwrap_or_default(),
            query: of_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect(),
        }
    }

    /// A body that is right, about something that is not there.
    fn body(&self) -> Map<String, Value> {
        let right = |(name, _): &(String, Value)| (name.clone(), sample(&self.policy.path, name).0);
        let mut body: Map<String, Value> = self.fields.iter().map(right).collect();
        // Somebody is named by their id or by their name.
        if body.contains_key("member") {
            body.remove("name");
        }
        body
    }

    fn with(&self, name: &str, value: Value) -> Value {
        let mut body = self.body();
        if name == "name" {
            body.remove("member");
        }
        body.insert(name.to_owned(), value);
        Value::Object(body)
    }

    fn address(&self) -> String {
        with_id(self.policy.path.strip_prefix("/api/v1").unwrap(), "0000000000000")
    }

    async fn send(&self, t: &TestApp, who: Option<&Person>, body: Value) -> Answer {
        t.api(who, self.policy.method.clone(), &self.address(), Some(body)).await
    }

    /// Everything that can be wrong with one field.
    async fn try_field(&self, t: &TestApp, who: Option<&Person>, name: &str, schema: &Value) {
        let mut bad: Vec<Value> = match schema["type"].as_str() {
            Some("string") => vec![json!(3), json!(true), json!(["x"]), json!({ "x": 1 })],
            Some("boolean") => vec![json!("perhaps"), json!(3)],
            Some("integer") => vec![json!("x"), json!(1.5), json!([1])],
            Some("array") => vec![json!("x"), json!([3]), json!([{ "surprise": 1 }]), json!([])],
            other => panic!("{name} of {} is of type {other:?}", self.id),
        };
        match sample(&self.policy.path, name).1 {
            Takes::Text(most) | Takes::Secret(most) => {
                bad.extend([json!("a\0b"), json!(long(name, most + 1))]);
            }
            Takes::Word => bad.extend([json!("perhaps"), json!("a\0b")]),
            Takes::Day => bad.extend([json!("soon"), json!("2030-02-31"), json!("a\0b")]),
            Takes::Key => {
                for key in ["a\0b", "no"] {
                    let answer = self.send(t, who, self.with(name, json!(key))).await;
                    problem(&answer, &[401, 404, 409, 422], &format!("{} with another {name}", self.id));
                }
            }
            Takes::Tick | Takes::Number | Takes::Objects => {}
        }
        if self.required.iter().any(|required| required == name) {
            bad.extend([json!(""), Value::Null]);
        }
        for value in bad {
            let shown: String = value.to_string().chars().take(40).collect();
            let what = format!("{} with {name}: {shown}", self.id);
            let answer = self.send(t, who, self.with(name, value)).await;
            // At the door a wrong password is a wrong one, whatever is wrong with it.
            if self.id == "create_session" && answer.status.as_u16() == 401 {
                problem(&answer, &[401], &what);
                continue;
            }
            problem(&answer, &[422], &what);
            let faults = answer.faults();
            let named =
                |fault: &String| fault.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '[']));
            assert!(faults.iter().any(named), "{what} is not named: {faults:?}");
        }
    }
}

/// A call as somebody who has nothing to do with what it is about, with a body that is right.
pub async fn call(t: &TestApp, who: &Person, route: &Policy, path: &str) -> Answer {
    let operation =
        all().into_iter().find(|one| one.policy.path == route.path && one.policy.method == route.method);
    let body = operation.unwrap().body();
    let body = (!body.is_empty()).then_some(Value::Object(body));
    t.api(who, route.method.clone(), path, body).await
}

/// An answer that programs understand.
#[track_caller]
fn problem(answer: &Answer, statuses: &[u16], what: &str) {
    let status = answer.status.as_u16();
    assert!(statuses.contains(&status), "{what}: {status} {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{what}");
    let body = answer.json();
    for name in ["type", "title", "detail", "code", "request_id"] {
        assert!(body[name].as_str().is_some_and(|text| !text.is_empty()), "{what}: no {name} in {body:#}");
    }
    assert_eq!(body["status"], status, "{what}");
    for error in body["errors"].as_array().unwrap_or_else(|| panic!("{what}: no errors in {body:#}")) {
        assert!(["field", "code", "message"].iter().all(|name| error[name].is_string()), "{what}: {error}");
    }
}

fn somebody<'a>(world: &'a World, policy: &Policy) -> Option<&'a Person> {
    match policy.gate {
        GateLevel::Public => None,
        // Some of what members may do is for staff, the act says.
        GateLevel::Member | GateLevel::Clinician => Some(&world.asha),
        GateLevel::Moderator => Some(&world.imani),
        GateLevel::Admin => Some(&world.admin),
    }
}

#[test]
fn whatever_is_wrong_with_a_body_every_fault_is_named_by_its_field() {
    on_both(async |t| {
        let world = World::new(t).await;
        for operation in all().iter().filter(|operation| !operation.fields.is_empty()) {
            let who = somebody(&world, &operation.policy);
            for (name, schema) in &operation.fields {
                operation.try_field(t, who, name, schema).await;
            }
            let answer = operation.send(t, who, operation.with("surprise", json!("x"))).await;
            problem(&answer, &[422], operation.id);
            assert!(answer.faults().contains(&"surprise unknown_field".to_owned()), "{}", answer.text());
            for (body, media, status) in [
                (&b"{"[..], "application/json", 400),
                (b"\xff\xfe", "application/json", 400),
                (br#"{"body":"\ud800"}"#, "application/json", 400),
                (b"[]", "application/json", 422),
                (b"\"x\"", "application/json", 422),
                (b"{}", "text/plain", 415),
                (b"", "application/json", 400),
            ] {
                let mut request = Request::builder()
                    .method(operation.policy.method.clone())
                    .uri_str(format!("/api/v1{}", operation.address()));
                if let Some(who) = who {
                    request = request.header(header::AUTHORIZATION, format!("Bearer {}", who.token));
                }
                let answer = t.send(request.content_type(media).body(body)).await;
                problem(&answer, &[status], &format!("{} with {body:?}", operation.id));
            }
        }
    });
}

#[test]
fn what_is_not_there_is_not_found_and_what_a_query_cannot_say_is_named() {
    on_both(async |t| {
        let world = World::new(t).await;
        for operation in all() {
            let (who, policy) = (somebody(&world, &operation.policy), &operation.policy);
            let body = (!operation.fields.is_empty()).then(|| Value::Object(operation.body()));
            let path = policy.path.strip_prefix("/api/v1").unwrap();
            if path.contains('{') {
                let mut answers = Vec::new();
                for id in ["0000000000000", "x", "0hswollenleg1", "%00", "%FF", &"9".repeat(200)] {
                    let answer = t.api(who, policy.method.clone(), &with_id(path, id), body.clone()).await;
                    problem(&answer, &[404], &format!("{} of {id}", operation.id));
                    answers.push(answer.at("/detail"));
                }
                answers.dedup();
                assert_eq!(answers.len(), 1, "{} tells one kind of missing from another", operation.id);
            }
            for name in &operation.query {
                for value in ["no%2Fthing", "%FF", "%00"] {
                    // Any words are a search.
                    if name == "q" && value == "no%2Fthing" {
                        continue;
                    }
                    let address = format!("{}?{name}={value}", operation.address());
                    let answer = t.api(who, policy.method.clone(), &address, body.clone()).await;
                    problem(&answer, &[400, 404, 422], &format!("{} of {address}", operation.id));
                }
            }
        }
    });
}

#[test]
fn without_a_session_or_with_one_that_has_ended_nothing_is_told() {
    on_both(async |t| {
        let world = World::new(t).await;
        let call = async |who: Option<&Person>, operation: &Operation| {
            let answer = operation.send(t, who, Value::Object(operation.body())).await;
            problem(&answer, &[401], operation.id);
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{}", operation.id);
            answer.at("/code")
        };
        let mut closed = all();
        closed.retain(|operation| operation.policy.gate != GateLevel::Public);
        for operation in &closed {
            assert_eq!(call(None, operation).await, "sign_in_first");
        }
        t.wait(chrono::Duration::days(15));
        for operation in &closed {
            let who = somebody(&world, &operation.policy);
            assert_eq!(call(who, operation).await, "sign_in_first");
        }
        let request = Request::builder().method(Method::GET).uri_str("/api/v1/me");
        let answer = t.send(request.header(header::AUTHORIZATION, "Bearer \u{ff}").finish()).await;
        problem(&answer, &[401], "a token that is none");
    });
}
