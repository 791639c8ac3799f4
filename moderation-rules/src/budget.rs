//! How long one check may take.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// The time one text may cost. Over it, the check has failed and the text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget(Duration);

impl Budget {
    pub const fn new(limit: Duration) -> Self {
        Self(limit)
    }

    pub(crate) fn start(self) -> Meter {
        Meter { started: Instant::now(), limit: self.0, steps: Cell::new(0) }
    }
}

impl Default for Budget {
    /// A quarter of a second: far more than a post of any allowed size takes, little enough to keep a page answering.
    fn default() -> Self {
        Self(Duration::from_millis(250))
    }
}

/// The budget ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OverBudget;

/// Counts work and looks at the clock now and then, because looking each time would cost more than the work.
pub(crate) struct Meter {
    started: Instant,
    limit: Duration,
    steps: Cell<u32>,
}

const STEPS_BETWEEN_LOOKS: u32 = 512;

impl Meter {
    pub(crate) fn step(&self) -> Result<(), OverBudget> {
        let steps = self.steps.get().wrapping_add(1);
        self.steps.set(steps);
        if steps.is_multiple_of(STEPS_BETWEEN_LOOKS) { self.look() } else { Ok(()) }
    }

    pub(crate) fn look(&self) -> Result<(), OverBudget> {
        if self.started.elapsed() >= self.limit { Err(OverBudget) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spent_budget_is_noticed() {
        let meter = Budget::new(Duration::ZERO).start();
        assert_eq!((0..STEPS_BETWEEN_LOOKS).try_for_each(|_| meter.step()), Err(OverBudget));
    }
}
