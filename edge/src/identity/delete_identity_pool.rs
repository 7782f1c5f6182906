use super::wire::{self, OnePool};
use crate::edge::Edge;
use crate::flow::identity;
use domain::error::Error;
use serde_json::{Value, json};

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: OnePool = wire::read(input)?;
    let pool = identity::pool_now(edge, &ask.identity_pool_id).await?;
    identity::delete(edge, &pool).await?;
    Ok(json!({}))
}
