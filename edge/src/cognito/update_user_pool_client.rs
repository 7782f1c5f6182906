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
    #[serde(flatten)]
    client: wire::client::Ask,
}

/// `UpdateUserPoolClient` replaces: what is left out goes back to its default, as AWS's does.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (found, old) = edge.client_of(&ask.user_pool_id, &ask.client_id).await?;
    let new = wire::client::build(&found, old.id.clone(), None, ask.client, &old.name)?;
    let client = pool::update_client(edge, &found, new).await?;
    Ok(json!({ "UserPoolClient": wire::client::describe(edge, &found, &client)? }))
}
