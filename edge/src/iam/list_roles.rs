use super::wire::{self, Page};
use crate::aws::xml::Xml;
use crate::edge::Edge;
use domain::address::Address;
use domain::error::Error;
use domain::role::ListRoles;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Xml, Error> {
    let page: Page = wire::read(input)?;
    let command = ListRoles { after: page.after(edge, "roles")?, limit: page.size() + 1 };
    let mut roles = edge.call(&Address::ACCOUNT, &command).await?;
    let mut xml = page.cut(edge, "roles", &mut roles, |role| &role.name);
    xml.inside("Roles", |xml| {
        for role in &roles {
            xml.inside("member", |xml| wire::role(edge, role, xml));
        }
    });
    Ok(xml)
}
