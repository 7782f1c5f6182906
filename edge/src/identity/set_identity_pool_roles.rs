use super::wire;
use crate::edge::Edge;
use crate::flow::identity;
use domain::error::{Error, invalid};
use domain::identity::Roles;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    identity_pool_id: String,
    roles: BTreeMap<String, String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let mut ask: Ask = wire::read(input)?;
    let mut take = |kind: &str| ask.roles.remove(kind);
    let roles = Roles { authenticated: take("authenticated"), unauthenticated: take("unauthenticated") };
    let account = &edge.settings().account;
    let ours = format!("arn:aws:iam::{account}:role/");
    for arn in [&roles.authenticated, &roles.unauthenticated].into_iter().flatten() {
        if !arn.starts_with(&ours) {
            return Err(invalid(format!("Invalid role ARN: {arn} is not a role of account {account}.")));
        }
    }
    let pool = identity::pool_now(edge, &ask.identity_pool_id).await?;
    identity::set_roles(edge, &pool, roles).await?;
    Ok(json!({}))
}
