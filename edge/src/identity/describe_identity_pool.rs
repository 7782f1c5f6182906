use super::wire::{self, OnePool};
use crate::edge::Edge;
use crate::flow::identity;
use domain::error::Error;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: OnePool = wire::read(input)?;
    Ok(wire::describe(&*identity::pool_now(edge, &ask.identity_pool_id).await?))
}
