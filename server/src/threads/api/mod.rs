//! Boards, threads, posts and drafts in the API.

mod boards;
mod drafts;
mod posts;
mod shapes;

pub use boards::BoardsApi;
pub use drafts::DraftsApi;
pub use posts::PostsApi;
pub use shapes::{CareOut, OutcomeOut, PostOut, care_panels};
