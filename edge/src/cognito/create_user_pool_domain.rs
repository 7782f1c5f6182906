use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::account::{FreeDomain, ReserveDomain};
use domain::address::Address;
use domain::error::{Error, Refusal, invalid};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    domain: String,
    user_pool_id: String,
}

/// Names a domain must not hold, as AWS forbids them.
const RESERVED: &[&str] = &["aws", "amazon", "cognito"];

/// Reserves the prefix with the account first, then gives it to the pool; a prefix reserved for a pool that never got it
/// can be asked for again by that pool.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    if let Some(word) = RESERVED.iter().find(|word| ask.domain.contains(**word)) {
        return Err(invalid(format!("Domain cannot contain reserved word: {word}")));
    }
    let found = edge.pool_now(&ask.user_pool_id).await?;
    if found.domain.is_some() {
        return Err(invalid("The user pool already has a domain configured."));
    }
    let reserve = ReserveDomain { domain: ask.domain.clone(), pool: found.id.to_string() };
    edge.call(&Address::ACCOUNT, &reserve).await?;
    match pool::set_domain(edge, &found, Some(ask.domain.clone())).await {
        Ok(_) => Ok(json!({})),
        Err(error @ Error::Refused(Refusal::Invalid { .. })) => {
            let free = FreeDomain { domain: ask.domain };
            edge.call(&Address::ACCOUNT, &free).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}
