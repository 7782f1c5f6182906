//! The parts that wake up in the browser. Each is complete, or unseen, until then.

mod reveal;

pub use reveal::{Reveal, Words};
