//! Progress, one line a step, on stderr.

use anyhow::{Context, Result};

/// Counts the steps of one build.
#[derive(Debug)]
pub(crate) struct Steps {
    of: usize,
    done: usize,
}

impl Steps {
    pub(crate) fn of(of: usize) -> Self {
        Self { of, done: 0 }
    }

    /// Announces a step and names it in its failure.
    pub(crate) fn run<T>(&mut self, what: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        self.done += 1;
        eprintln!("build {}/{}: {what}", self.done, self.of);
        step().with_context(|| format!("could not {what}"))
    }
}
