use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::account::FreeDomain;
use domain::address::Address;
use domain::error::{Error, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    domain: String,
    user_pool_id: String,
}

/// Takes the prefix from the pool first, then frees it.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let found = edge.pool_now(&ask.user_pool_id).await?;
    if found.domain.as_deref() != Some(&ask.domain) {
        return Err(Refusal::DomainNotFound { domain: ask.domain }.into());
    }
    pool::set_domain(edge, &found, None).await?;
    edge.call(&Address::ACCOUNT, &FreeDomain { domain: ask.domain }).await?;
    Ok(json!({}))
}
