use super::{page, wire};
use crate::edge::Edge;
use domain::address::Address;
use domain::error::Error;
use domain::pool::ListClients;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    max_results: Option<u32>,
    next_token: Option<String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_now(&ask.user_pool_id).await?;
    let limit = ask.max_results.unwrap_or(60);
    let after = page::open(edge, "clients", pool.id.as_str(), ask.next_token.as_deref())?;
    let found = edge.call(&Address::pool(pool.id.tag()), &ListClients { after, limit: limit + 1 }).await?;
    let (found, next) =
        page::cut(edge, "clients", pool.id.as_str(), found, limit, |client| client.id.as_str());
    let clients = found
        .iter()
        .map(|client| {
            json!({ "ClientId": client.id.as_str(), "UserPoolId": pool.id.as_str(), "ClientName": client.name })
        })
        .collect();
    Ok(page::answer("UserPoolClients", clients, next))
}
