use super::wire;
use crate::edge::Edge;
use crate::flow::pool;
use domain::error::{Error, invalid};
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

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    if let Some(word) = RESERVED.iter().find(|word| ask.domain.contains(**word)) {
        return Err(invalid(format!("Domain cannot contain reserved word: {word}")));
    }
    let found = edge.pool_now(&ask.user_pool_id).await?;
    pool::create_domain(edge, &found, ask.domain).await?;
    Ok(json!({}))
}
