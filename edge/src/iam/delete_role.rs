use super::wire::{self, OneRole};
use crate::edge::Edge;
use crate::flow::account;
use domain::error::Error;
use domain::role::DeleteRole;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<(), Error> {
    let ask: OneRole = wire::read(input)?;
    account::change(edge, DeleteRole { name: ask.role_name }).await
}
