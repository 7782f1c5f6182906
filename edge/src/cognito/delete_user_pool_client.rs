use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    client_id: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (found, client) = edge.client_of(&ask.user_pool_id, &ask.client_id).await?;
    pool::delete_client(edge, &found, client.id.to_string()).await?;
    Ok(json!({}))
}
