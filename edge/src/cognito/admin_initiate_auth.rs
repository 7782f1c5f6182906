use super::auth::{self, By};
use super::wire;
use crate::edge::Edge;
use domain::error::Error;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    client_id: String,
    auth_flow: String,
    #[serde(default)]
    auth_parameters: BTreeMap<String, String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, client) = edge.client_of(&ask.user_pool_id, &ask.client_id).await?;
    auth::start(edge, &pool, &client, By::Administrator, &ask.auth_flow, &ask.auth_parameters).await
}
