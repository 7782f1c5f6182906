//! How AWS writes pools, clients and users, both ways.

pub(super) mod attribute;
pub(super) mod branding;
pub(super) mod client;
pub(super) mod pool;
mod schema;
pub(super) mod tokens;
pub(super) mod user;

use domain::error::{Error, invalid};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads an operation's input, which the model has validated.
pub(super) fn read<T: DeserializeOwned>(input: Value) -> Result<T, Error> {
    serde_json::from_value(input).map_err(|e| invalid(format!("the input could not be read: {e}")))
}
