use super::wire::{self, OneRole, Page};
use crate::aws::xml::Xml;
use crate::edge::Edge;
use domain::address::Address;
use domain::error::Error;
use domain::role::FindRole;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Xml, Error> {
    let page: Page = wire::read(input.clone())?;
    let ask: OneRole = wire::read(input)?;
    let role = edge.call(&Address::ACCOUNT, &FindRole { name: ask.role_name }).await?;
    let list = format!("policies of {}", role.id);
    let after = page.after(edge, &list)?;
    // A role's policies are few: all of them come with it.
    let mut names: Vec<String> = role.policies.into_keys().filter(|name| *name > after).collect();
    let mut xml = page.cut(edge, &list, &mut names, String::as_str);
    xml.inside("PolicyNames", |xml| {
        for name in &names {
            xml.text("member", name);
        }
    });
    Ok(xml)
}
