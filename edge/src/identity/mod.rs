//! The cognito-identity door: identity pools for operators, identities and credentials for anybody with a login, by JSON
//! 1.1. Also the public keys of a pool's `OpenID` tokens.
//!
//! Source: *Amazon Cognito Federated Identities API reference*.

mod create_identity_pool;
mod delete_identity_pool;
mod describe_identity;
mod describe_identity_pool;
mod get_credentials_for_identity;
mod get_id;
mod get_identity_pool_roles;
mod get_open_id_token;
mod jwks;
mod list_identity_pools;
mod refusal;
mod set_identity_pool_roles;
mod wire;

pub(crate) use jwks::serve_well_known;

use crate::aws::json::Api;
use crate::edge::Edge;
use crate::model::Service;
use domain::error::{Error, Refusal, fault};
use futures_util::FutureExt;
use serde_json::Value;

pub(crate) static API: Api = Api {
    target: "AWSCognitoIdentityService.",
    service: Service::Identity,
    name: "cognito-identity",
    open: OPEN,
    invalid: "ValidationException",
    regional: &["IdentityPoolId", "IdentityId"],
    missing: |member, id| match member {
        "IdentityId" => Refusal::IdentityNotFound { identity: id },
        _ => Refusal::IdentityPoolNotFound { pool: id },
    },
    resource: wire::resource,
    refused: refusal::refused,
    run: |edge, operation, region, input| run(edge, operation, region, input).boxed_local(),
};

/// A login is their proof, or a guest needs none. A signature that comes along is not looked at.
const OPEN: &[&str] = &["GetCredentialsForIdentity", "GetId", "GetOpenIdToken"];

async fn run(edge: &Edge, operation: &str, region: &str, input: Value) -> Result<Value, Error> {
    match operation {
        // Pools
        "CreateIdentityPool" => create_identity_pool::run(edge, region, input).await,
        "DescribeIdentityPool" => describe_identity_pool::run(edge, input).await,
        "ListIdentityPools" => list_identity_pools::run(edge, region, input).await,
        "DeleteIdentityPool" => delete_identity_pool::run(edge, input).await,
        "SetIdentityPoolRoles" => set_identity_pool_roles::run(edge, input).await,
        "GetIdentityPoolRoles" => get_identity_pool_roles::run(edge, input).await,
        // Identities
        "GetId" => get_id::run(edge, input).await,
        "GetCredentialsForIdentity" => get_credentials_for_identity::run(edge, input).await,
        "GetOpenIdToken" => get_open_id_token::run(edge, input).await,
        "DescribeIdentity" => describe_identity::run(edge, input).await,
        other => Err(fault(format!("{other} is in the support table but has no operation"))),
    }
}
