use super::wire;
use crate::edge::Edge;
use crate::flow::list_users;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_now(&ask.user_pool_id).await?;
    let users = list_users::count(edge, &pool).await?;
    Ok(json!({ "UserPool": wire::pool::describe(edge, &pool, users) }))
}
