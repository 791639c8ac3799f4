//! Pages for those who run the place: boards, people, the record of decisions.

pub(crate) mod audit;
pub(crate) mod boards;
mod objects;
pub(crate) mod people;
