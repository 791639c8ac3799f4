//! `aftercare openapi`: the document that `GET /api/openapi.json` answers.

use super::Done;

pub(super) fn run() -> Done {
    super::say(crate::routes::openapi())
}
