use super::wire::{self, OnePool};
use crate::edge::Edge;
use crate::flow::identity;
use domain::error::Error;
use serde_json::{Map, Value, json};

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: OnePool = wire::read(input)?;
    let pool = identity::pool_now(edge, &ask.identity_pool_id).await?;
    let mut roles = Map::new();
    for (kind, arn) in
        [("authenticated", &pool.roles.authenticated), ("unauthenticated", &pool.roles.unauthenticated)]
    {
        if let Some(arn) = arn {
            roles.insert(kind.into(), json!(arn));
        }
    }
    Ok(json!({ "IdentityPoolId": pool.id.as_str(), "Roles": roles }))
}
