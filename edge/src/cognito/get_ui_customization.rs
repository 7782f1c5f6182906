use super::wire;
use crate::edge::Edge;
use crate::flow::branding;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    client_id: Option<String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_now(&ask.user_pool_id).await?;
    let client = ask.client_id.as_deref().unwrap_or(domain::branding::ALL);
    let found = branding::get(edge, &pool, client).await?;
    Ok(json!({ "UICustomization": wire::branding::describe(edge, &pool, client, found.as_ref()) }))
}
