use super::wire::{self, OneRole};
use crate::aws::xml::Xml;
use crate::edge::Edge;
use domain::address::Address;
use domain::error::Error;
use domain::role::FindRole;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Xml, Error> {
    let ask: OneRole = wire::read(input)?;
    let role = edge.call(&Address::ACCOUNT, &FindRole { name: ask.role_name }).await?;
    let mut xml = Xml::new();
    xml.inside("Role", |xml| wire::role(edge, &role, xml));
    Ok(xml)
}
