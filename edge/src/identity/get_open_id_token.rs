use super::wire::{self, OneIdentity};
use crate::edge::Edge;
use crate::flow::credential;
use domain::error::Error;
use serde_json::{Value, json};

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: OneIdentity = wire::read(input)?;
    let logins = ask.logins.unwrap_or_default();
    let (identity, token) = credential::open_id_token(edge, &ask.identity_id, &logins).await?;
    Ok(json!({ "IdentityId": identity.id.as_str(), "Token": token }))
}
