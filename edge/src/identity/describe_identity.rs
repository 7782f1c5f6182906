use super::wire;
use crate::edge::Edge;
use crate::flow::identity;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    identity_id: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (_, identity) = identity::find(edge, &ask.identity_id).await?;
    let logins: Vec<&str> = identity.logins.iter().map(|login| login.provider.as_str()).collect();
    let mut answer = json!({
        "IdentityId": identity.id.as_str(),
        "CreationDate": identity.created,
        "LastModifiedDate": identity.modified,
    });
    if let (Some(answer), false) = (answer.as_object_mut(), logins.is_empty()) {
        answer.insert("Logins".into(), json!(logins));
    }
    Ok(answer)
}
