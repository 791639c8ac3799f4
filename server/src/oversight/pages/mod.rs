//! Pages for those who run the place: boards, people, the record of decisions, what failed for good.

pub(crate) mod audit;
pub(crate) mod boards;
pub(crate) mod dead_letters;
mod objects;
pub(crate) mod people;
