//! The people of a test: made through the product's own doors.

use serde_json::{Value, json};

use super::TestApp;

/// Everybody's password here.
pub const PASSWORD: &str = "a quiet morning walk";

/// Somebody who is signed in, in a browser and in a program.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub token: String,
    pub cookie: String,
}

impl TestApp {
    /// A patient who has just joined.
    pub async fn member(&self, name: &str) -> Person {
        let (id, email) = self.join(name).await;
        self.sign_in(id, name, &email).await
    }

    /// A new account that nobody has signed in to yet: its id and address.
    pub async fn join(&self, name: &str) -> (String, String) {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let body =
            json!({ "name": name, "email": email, "password": PASSWORD, "region": "GB", "adult": true });
        (self.post(None, "/accounts", body).await.expect(201).at("/id"), email)
    }

    /// Signs in twice: for pages and for the API.
    pub async fn sign_in(&self, id: String, name: &str, email: &str) -> Person {
        let body = json!({ "email": email, "password": PASSWORD });
        let token = self.post(None, "/sessions", body).await.expect(201).at("/token");
        let mut person = Person { id, name: name.into(), email: email.into(), token, cookie: "0".repeat(64) };
        let fields = [("email", email), ("password", PASSWORD)];
        let answer = self.form(&person, "/sign-in", &fields).await.expect(303);
        let cookie = answer.header("set-cookie").expect("a session cookie").to_owned();
        person.cookie = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        person
    }

    /// Someone who runs the place. The first one is made by the operator; here, in the database.
    pub async fn admin(&self, name: &str) -> Person {
        let person = self.member(name).await;
        self.sql(&format!("UPDATE members SET admin = {} WHERE name = '{name}'", self.yes()));
        person
    }

    /// A moderator, granted by an admin.
    pub async fn moderator(&self, admin: &Person, name: &str) -> Person {
        self.staff(admin, name, json!({ "role": "moderator" })).await
    }

    /// A registered clinician, granted by an admin.
    pub async fn clinician(&self, admin: &Person, name: &str, number: &str) -> Person {
        let grant =
            json!({ "role": "clinician", "register": "NMC", "number": number, "expires": "2028-05-31" });
        self.staff(admin, name, grant).await
    }

    /// Somebody who signs in with a role: it ends the sessions from before.
    async fn staff(&self, admin: &Person, name: &str, mut grant: Value) -> Person {
        let (id, email) = self.join(name).await;
        grant["member"] = json!(id);
        self.post(admin, "/roles", grant).await.expect(200);
        self.sign_in(id, name, &email).await
    }

    /// As many as a text needs under it.
    pub async fn two_clinicians(&self, admin: &Person) -> (Person, Person) {
        (
            self.clinician(admin, "Asha Nair", "11A2222E").await,
            self.clinician(admin, "Bram Visser", "22B3333F").await,
        )
    }

    /// How this database writes "true".
    pub fn yes(&self) -> &'static str {
        if self.app.database.is_shared() { "TRUE" } else { "1" }
    }
}
