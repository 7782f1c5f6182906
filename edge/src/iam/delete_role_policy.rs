use super::wire::{self, OnePolicy};
use crate::edge::Edge;
use crate::flow::account;
use domain::error::Error;
use domain::role::DeleteRolePolicy;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<(), Error> {
    let ask: OnePolicy = wire::read(input)?;
    account::change(edge, DeleteRolePolicy { role: ask.role_name, name: ask.policy_name }).await
}
