//! How far long work has come: a bar on a terminal, a plain line now and then otherwise. On stderr, so that stdout stays data.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressBarIter, ProgressStyle};

/// Without a terminal, a line this often.
const EVERY: Duration = Duration::from_secs(5);

/// One stretch of long work.
pub(super) struct Progress {
    what: &'static str,
    bar: Option<ProgressBar>,
    total: u64,
    done: u64,
    told: Instant,
}

impl Progress {
    /// Begins. `total` counts whatever `reached` will be told in.
    pub(super) fn new(what: &'static str, total: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {percent}% {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(total).with_style(style).with_message(what)
        });
        Self { what, bar, total, done: 0, told: Instant::now() }
    }

    /// So much of the total is done.
    pub(super) fn reached(&mut self, done: u64) {
        self.done = done.min(self.total);
        match &self.bar {
            Some(bar) => bar.set_position(self.done),
            None if self.told.elapsed() >= EVERY => {
                self.told = Instant::now();
                let percent = self.done.saturating_mul(100).checked_div(self.total).unwrap_or(100);
                eprintln!("{}: {percent} %", self.what);
            }
            None => {}
        }
    }

    /// Says something without disturbing the bar.
    pub(super) fn say(&self, words: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{words}")),
            None => eprintln!("{words}"),
        }
    }
}

/// A reader that shows on a terminal how much has come out of it. Without a terminal it is silent: its verb tells the end.
pub(super) fn reading<R: std::io::Read>(what: &'static str, reader: R) -> ProgressBarIter<R> {
    let bar = match std::io::stderr().is_terminal() {
        true => ProgressBar::new_spinner(),
        false => ProgressBar::hidden(),
    };
    let style = ProgressStyle::with_template("{spinner} {msg} {bytes}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.with_style(style).with_message(what).wrap_read(reader)
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
