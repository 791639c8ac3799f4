//! Listens to the log of the whole test run for words that must never be in it.

use std::io::{self, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

static LINES: AtomicUsize = AtomicUsize::new(0);
static STRAYED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// How every canary begins.
pub const MARK: &str = "qz";

struct Ear;

impl Write for Ear {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LINES.fetch_add(1, Ordering::Relaxed);
        let text = String::from_utf8_lossy(line);
        if text.contains(MARK) {
            STRAYED.lock().push(text.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to listen to as much as an operator can ask for.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let filter = aftercare::platform::log::filter(Some("trace,html5ever::tree_builder=trace"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Ear).try_init().unwrap();
    });
}

/// How many lines were heard, and those with a canary in them.
pub fn heard() -> (usize, Vec<String>) {
    (LINES.load(Ordering::Relaxed), STRAYED.lock().clone())
}
