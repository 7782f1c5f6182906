use super::wire;
use crate::edge::Edge;
use crate::flow::{refresh, secret};
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    refresh_token: String,
    client_id: String,
    client_secret: Option<String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, client) = edge.client_named(&ask.client_id).await?;
    secret::check(edge, &client, ask.client_secret.as_deref())?;
    let issued = refresh::refresh(edge, &pool, &client, &ask.refresh_token).await?;
    let result = wire::tokens::result(issued);
    Ok(json!({ "AuthenticationResult": result.get("AuthenticationResult") }))
}
