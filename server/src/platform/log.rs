//! The log: JSON lines on stderr for those who run the server. No text of anybody is ever in it, however much of it is asked for.

use tracing_subscriber::EnvFilter;

/// What is logged unless `RUST_LOG` says otherwise.
const USUAL: &str = "warn,access=info,alarm=info,aftercare=info";
/// Libraries that print what they work on when more is asked of them, and what they work on is what people wrote.
const TALKATIVE: [&str; 3] = ["html5ever", "markup5ever", "tantivy"];

/// The filter for these directives, written as `RUST_LOG` is. Of the libraries that would print people's words only errors come.
pub fn filter(asked: Option<&str>) -> EnvFilter {
    let about_a_talkative =
        |directive: &&str| TALKATIVE.iter().any(|name| directive.trim().starts_with(name));
    let kept = asked.unwrap_or(USUAL).split(',').filter(|directive| !about_a_talkative(directive));
    let quiet = TALKATIVE.iter().map(|name| format!("{name}=error"));
    let directives: Vec<String> = kept.map(str::to_owned).chain(quiet).collect();
    EnvFilter::try_new(directives.join(",")).unwrap_or_else(|_| EnvFilter::new(USUAL))
}

/// Begins to log; the format escapes, so that no text can forge a line. A second call in one process changes nothing.
#[expect(clippy::disallowed_methods, reason = "RUST_LOG is where every Rust program is told what to log")]
pub fn start() {
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).ok();
    let log = tracing_subscriber::fmt().json().with_env_filter(filter(asked.as_deref()));
    log.with_writer(std::io::stderr).try_init().ok();
}
