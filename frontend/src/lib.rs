//! Everything that a reader sees: Markdown made safe ([`content`]), pages with typed contexts ([`pages`]) built from
//! [`parts`], and the [`assets`] they link. It knows no database, no clock and no web framework: the server fills a
//! context and sends what [`pages::Page::html`] returns.
#![forbid(unsafe_code)]

pub mod assets;
pub mod content;
pub mod pages;
pub mod parts;
