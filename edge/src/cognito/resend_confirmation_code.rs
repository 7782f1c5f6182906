use super::wire;
use crate::edge::Edge;
use crate::flow::{confirm, secret};
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    client_id: String,
    secret_hash: Option<String>,
    username: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, client) = edge.client_named(&ask.client_id).await?;
    secret::check_hash(edge, &client, &ask.username, ask.secret_hash.as_deref())?;
    let delivery = confirm::resend(edge, &pool, &client, &ask.username).await?;
    Ok(json!({ "CodeDeliveryDetails": wire::user::delivery(&delivery) }))
}
