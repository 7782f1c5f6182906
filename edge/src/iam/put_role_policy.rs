use super::wire;
use crate::edge::Edge;
use crate::flow::account;
use domain::error::Error;
use domain::role::PutRolePolicy;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    role_name: String,
    policy_name: String,
    policy_document: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<(), Error> {
    let ask: Ask = wire::read(input)?;
    let command = PutRolePolicy { role: ask.role_name, name: ask.policy_name, document: ask.policy_document };
    account::change(edge, command).await
}
