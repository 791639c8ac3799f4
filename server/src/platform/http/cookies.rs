//! The session cookie and what a request shows as its credential.

use poem::Request;
use poem::http::header;
use poem::web::cookie::{Cookie, SameSite};

use super::policy::Kind;

/// What a request shows. Not yet checked: only a gate, inside a transaction, makes a person of it.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    None,
    /// The page cookie.
    Cookie(String),
    /// The API's bearer token.
    Bearer(String),
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Cookie(_) => "Cookie(…)",
            Self::Bearer(_) => "Bearer(…)",
        })
    }
}

fn name(https: bool) -> &'static str {
    // The prefix makes browsers insist on Secure, the exact host and the root path.
    if https { "__Host-sid" } else { "sid" }
}

/// The cookie that carries a session (or, before signing in, the token that forms are bound to).
pub fn session_cookie(value: &str, https: bool) -> Cookie {
    let mut cookie = Cookie::new_with_str(name(https), value);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(https);
    cookie
}

/// The same cookie, ended.
pub fn clear_session(https: bool) -> Cookie {
    let mut cookie = session_cookie("", https);
    cookie.set_max_age(std::time::Duration::ZERO);
    cookie
}

/// Pages read the cookie and nothing else; the API reads the bearer token and never the cookie.
pub(super) fn credential(request: &Request, kind: Kind, https: bool) -> Credential {
    match kind {
        Kind::Page => cookie_value(request, name(https)).map_or(Credential::None, Credential::Cookie),
        Kind::Api => bearer(request).map_or(Credential::None, Credential::Bearer),
        Kind::Asset => Credential::None,
    }
}

fn bearer(request: &Request) -> Option<String> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && is_token(token.trim())).then(|| token.trim().to_owned())
}

fn cookie_value(request: &Request, name: &str) -> Option<String> {
    request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && is_token(value))
        .map(|(_, value)| value.to_owned())
}

/// Our tokens are 64 hex characters; anything else is not looked up.
fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
