use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::error::Error;
use serde_json::{Value, json};

/// `UpdateUserPool` replaces: what is left out goes back to its default, as AWS's does.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let id = input.get("UserPoolId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let old = edge.pool_now(&id).await?;
    let settings = wire::pool::settings(wire::read(input)?, Some(&old.settings))?;
    pool::update(edge, &old, settings).await?;
    Ok(json!({}))
}
