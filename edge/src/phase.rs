//! What a request's time goes on, for its log line.
//!
//! Times are what [`Platform::ticks`] gives. In production a Worker's clock moves with I/O only, so that nothing can be
//! timed by it: there, work of the processor (hashing, most of all) counts as nothing, and what is waited for counts in
//! full. A local run measures both.

use crate::platform::Platform;
use std::cell::Cell;
use std::rc::Rc;

/// What time goes on. One phase may lie within another's wait, so they need not add up to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Waiting for objects.
    Objects,
    /// Argon2.
    Hashing,
    /// Signatures of tokens, made and checked.
    Signing,
    /// Waiting for an upstream's answer to begin.
    Upstream,
    /// Waiting for a bucket: whole for a put, until the answer begins for a get.
    Bucket,
}

/// Milliseconds by phase, so far.
#[derive(Debug, Default)]
pub(crate) struct Phases {
    objects: Cell<f64>,
    hashing: Cell<f64>,
    signing: Cell<f64>,
    upstream: Cell<f64>,
    bucket: Cell<f64>,
}

impl Phases {
    pub(crate) const fn of(&self, phase: Phase) -> &Cell<f64> {
        match phase {
            Phase::Objects => &self.objects,
            Phase::Hashing => &self.hashing,
            Phase::Signing => &self.signing,
            Phase::Upstream => &self.upstream,
            Phase::Bucket => &self.bucket,
        }
    }
}

/// Time that is being spent; counted when dropped, also when what it was spent on is dropped half-way.
pub(crate) struct Spending {
    platform: Rc<dyn Platform>,
    phases: Rc<Phases>,
    phase: Phase,
    since: f64,
}

impl Spending {
    pub(crate) fn begin(platform: &Rc<dyn Platform>, phases: &Rc<Phases>, phase: Phase) -> Self {
        let since = platform.ticks();
        Self { platform: Rc::clone(platform), phases: Rc::clone(phases), phase, since }
    }
}

impl Drop for Spending {
    fn drop(&mut self) {
        let spent = self.phases.of(self.phase);
        spent.set(spent.get() + self.platform.ticks() - self.since);
    }
}

impl std::fmt::Debug for Spending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spending").field("phase", &self.phase).finish_non_exhaustive()
    }
}
