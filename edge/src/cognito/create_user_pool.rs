use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::error::Error;
use serde_json::{Value, json};

/// `CreateUserPool`, in the region that the signature names.
pub(super) async fn run(edge: &Edge, region: &str, input: Value) -> Result<Value, Error> {
    let settings = wire::pool::settings(wire::read(input)?, None)?;
    let made = pool::create(edge, region, settings).await?;
    Ok(json!({ "UserPool": wire::pool::describe(edge, &made, 0) }))
}
