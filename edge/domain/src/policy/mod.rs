//! The policy engine: IAM's policy language, parsed once and evaluated many times.
//!
//! Operators' admin APIs, the gate, the bucket door and role trust all ask here. A [`Document`] is parsed for
//! one [`Kind`] of use and refuses everything it does not understand; [`evaluate`] is pure and total. An explicit
//! deny wins over any allow, and what nothing allows is not allowed.
//!
//! Where AWS's documentation leaves room, this module takes the reading that grants less:
//! - `*` and `?` stay inside their segment in the first five segments of an ARN; in the sixth they match anything,
//!   `:` and `/` included. A last segment that is `*` alone stands for all that follows (`arn:aws:s3:*`).
//! - A variable's value is text: a `*`, `?` or `${` inside it is never a wildcard or a variable. A key that is absent,
//!   empty or multivalued has no value as a variable; a default then stands in, and without one nothing matches.
//! - A `NotResource` that holds a variable without value makes an allow not apply at all.
//! - Without a set operator, every value of a multivalued key must pass the test.
//! - A document that AWS would take in more than one sense (a repeated member, an unknown element) is refused.

mod action;
mod condition;
mod context;
mod document;
mod error;
mod evaluate;
mod json;
mod known;
mod pattern;
mod principal;
mod resource;
mod statement;
mod variable;

pub use context::{Context, Request};
pub use document::{Document, Kind, Version};
pub use error::{Malformed, Problem};
pub use evaluate::{Decision, Reason, evaluate, evaluate_resource, evaluate_trust, evaluate_with_session};
pub use principal::Principal;
pub use statement::Effect;

#[cfg(test)]
mod tests;
