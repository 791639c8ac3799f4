//! The product, used as people use it: in process, through the whole site, on SQLite and on PostgreSQL alike.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod harness;

mod accounts;
mod alike;
mod asking;
mod backtest;
mod backtests;
mod bad_input;
mod demo;
mod desk;
mod discovery;
mod engine_away;
mod exempt;
mod glossary;
mod guidance;
mod http;
mod imports;
mod kill;
mod lists;
mod looked_for;
mod matrix;
mod oversight;
mod personal;
mod races;
mod reindex;
mod review;
mod roles;
mod rules;
mod saved;
mod score;
mod search_filters;
mod search_suggestions;
mod stages;
mod tidy;
mod verbs;
mod words;
