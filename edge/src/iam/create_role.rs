use super::wire;
use crate::aws::xml::Xml;
use crate::edge::Edge;
use crate::flow::account;
use domain::error::Error;
use domain::role::CreateRole;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    role_name: String,
    assume_role_policy_document: String,
    description: Option<String>,
    max_session_duration: Option<u32>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Xml, Error> {
    let ask: Ask = wire::read(input)?;
    let command = CreateRole {
        name: ask.role_name,
        trust: ask.assume_role_policy_document,
        description: ask.description.filter(|text| !text.is_empty()),
        max_session: ask.max_session_duration.unwrap_or(3600),
    };
    let role = account::change(edge, command).await?;
    let mut xml = Xml::new();
    xml.inside("Role", |xml| wire::role(edge, &role, xml));
    Ok(xml)
}
