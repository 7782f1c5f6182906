use super::wire::{self, OneIdentity};
use crate::edge::Edge;
use crate::flow::credential;
use domain::error::Error;
use serde_json::{Value, json};

/// `SecretKey`, not `SecretAccessKey` as sts has it.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: OneIdentity = wire::read(input)?;
    let logins = ask.logins.unwrap_or_default();
    let (identity, credentials) = credential::for_identity(edge, &ask.identity_id, &logins).await?;
    Ok(json!({
        "IdentityId": identity.id.as_str(),
        "Credentials": {
            "AccessKeyId": credentials.access_key_id,
            "SecretKey": credentials.secret.expose(),
            "SessionToken": credentials.session_token.expose(),
            "Expiration": credentials.expires,
        },
    }))
}
