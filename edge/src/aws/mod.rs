//! What the doors of AWS's protocols share: JSON 1.1 and Query framing, and signed callers.

pub(crate) mod json;
pub(crate) mod query;
pub(crate) mod signed;
pub(crate) mod xml;
