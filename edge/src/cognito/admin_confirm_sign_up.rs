use super::wire;
use crate::edge::Edge;
use crate::flow::user;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    username: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_named(&ask.user_pool_id).await?;
    user::confirm(edge, &pool, &ask.username).await?;
    Ok(json!({}))
}
