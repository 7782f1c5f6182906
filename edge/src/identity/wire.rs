//! What several operations of this door read and write alike.

use crate::edge::Edge;
use crate::flow::login::Logins;
use domain::error::{Error, fault};
use domain::id::{IdentityId, IdentityPoolId};
use domain::identity::IdentityPool;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(super) fn read<T: DeserializeOwned>(input: Value) -> Result<T, Error> {
    serde_json::from_value(input).map_err(|e| fault(format!("validated input that does not read: {e}")))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OnePool {
    pub(super) identity_pool_id: String,
}

/// An identity, and the proofs of who asks for it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OneIdentity {
    pub(super) identity_id: String,
    pub(super) logins: Option<Logins>,
}

/// What an administrator's call is about, as policies name it: the pool, or `*`.
pub(super) fn resource(edge: &Edge, input: &Value) -> String {
    let account = &edge.settings().account;
    let arn =
        |region: &str, pool: &str| format!("arn:aws:cognito-identity:{region}:{account}:identitypool/{pool}");
    let text = |name: &str| input.get(name).and_then(Value::as_str);
    let key = edge.id_key();
    if let Some(id) = text("IdentityPoolId").and_then(|id| IdentityPoolId::parse(&key, id)) {
        return arn(id.region(), id.as_str());
    }
    // An identity's id does not name its pool whole: only whom every pool is open to may ask about it.
    match text("IdentityId").filter(|id| IdentityId::parse(&key, id).is_some()) {
        Some(id) => arn(id.split_once(':').map_or("", |(region, _)| region), "*"),
        None => "*".into(),
    }
}

/// A pool's description; members without a value are left out.
pub(super) fn describe(pool: &IdentityPool) -> Value {
    let mut out = json!({
        "IdentityPoolId": pool.id.as_str(),
        "IdentityPoolName": pool.name,
        "AllowUnauthenticatedIdentities": pool.guests,
        "AllowClassicFlow": pool.classic,
        "IdentityPoolTags": pool.tags,
    });
    if let (Some(out), false) = (out.as_object_mut(), pool.providers.is_empty()) {
        let providers = pool.providers.iter().map(|provider| {
            json!({ "ProviderName": provider.name, "ClientId": provider.client, "ServerSideTokenCheck": false })
        });
        out.insert("CognitoIdentityProviders".into(), providers.collect());
    }
    out
}
