//! What `build/model.py` wrote. Not edited by hand; one line a shape, so a change of the API is a short diff.

#![allow(clippy::unreadable_literal, reason = "generated")]

#[rustfmt::skip]
pub(super) mod iam;
#[rustfmt::skip]
pub(super) mod identity;
#[rustfmt::skip]
pub(super) mod idp;
#[rustfmt::skip]
pub(super) mod sts;
#[rustfmt::skip]
pub(super) mod sync;
#[rustfmt::skip]
pub(super) mod unicode;
