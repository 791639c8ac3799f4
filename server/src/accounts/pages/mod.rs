//! Joining, signing in and out, and one's own account.

pub(crate) mod join;
pub(crate) mod me;
mod next;
pub(crate) mod sign_in;

use aftercare_frontend::parts::Choice;
use poem::http::{HeaderValue, header};
use poem::{Response, web::cookie::Cookie};

use crate::app::App;
use crate::platform::refusal::Refusal;

/// The code that a form sends for a country without help lines of its own. ISO 3166 keeps it free for such uses.
const ELSEWHERE: &str = "ZZ";

/// Regions to choose from: the ones with help lines, and everywhere else.
fn regions(app: &App) -> Vec<Choice> {
    let known = app.care.regions().iter().filter(|region| region.code != "*");
    let choices = known.map(|region| Choice::new(&region.code, &region.name));
    choices.chain([Choice::new(ELSEWHERE, "Somewhere else")]).collect()
}

/// The choice that stands for this region.
fn known_region(app: &App, code: &str) -> String {
    let known = app.care.regions().iter().any(|region| region.code == code);
    if known { code.to_owned() } else { ELSEWHERE.to_owned() }
}

fn with_cookie(mut response: Response, cookie: &Cookie) -> Result<Response, Refusal> {
    let value = HeaderValue::from_str(&cookie.to_string()).map_err(Refusal::internal)?;
    response.headers_mut().insert(header::SET_COOKIE, value);
    Ok(response)
}
