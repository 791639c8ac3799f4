//! Pages for staff: the desk, guidance in the making, and what those who run the place need.

use crate::platform::http::registry::PageRoute;

pub(super) const ROUTES: &[PageRoute] = &[];
