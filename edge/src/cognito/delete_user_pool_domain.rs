use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    domain: String,
    user_pool_id: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let found = edge.pool_now(&ask.user_pool_id).await?;
    pool::delete_domain(edge, &found, ask.domain).await?;
    Ok(json!({}))
}
