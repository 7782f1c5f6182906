use super::wire::{self, OnePolicy};
use crate::aws::xml::Xml;
use crate::edge::Edge;
use domain::address::Address;
use domain::error::{Error, Refusal};
use domain::percent;
use domain::role::FindRole;
use serde_json::Value;

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Xml, Error> {
    let ask: OnePolicy = wire::read(input)?;
    let role = edge.call(&Address::ACCOUNT, &FindRole { name: ask.role_name }).await?;
    let mut policies = role.policies.iter();
    let Some((name, document)) = policies.find(|(name, _)| name.eq_ignore_ascii_case(&ask.policy_name))
    else {
        return Err(Refusal::RolePolicyNotFound { policy: ask.policy_name }.into());
    };
    let mut xml = Xml::new();
    xml.text("RoleName", &role.name)
        .text("PolicyName", name)
        .text("PolicyDocument", percent::encode(document));
    Ok(xml)
}
