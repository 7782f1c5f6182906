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

use crate::aws::json::{self, Failure};
use crate::aws::signed;
use crate::edge::Edge;
use crate::limits::{self, TooLarge};
use crate::message::{Request, Response};
use crate::model::{self, Invalid, Known, Operation, Service};
use domain::error::{Error, fault};
use domain::policy;
use domain::sigv4::Body;
use serde_json::Value;

/// The target prefix of this API.
pub(crate) const TARGET: &str = "AWSCognitoIdentityService.";

/// Operations that anyone may call: a login is their proof, or a guest needs none. A signature that comes along is not
/// looked at.
const OPEN: &[&str] = &["GetCredentialsForIdentity", "GetId", "GetOpenIdToken"];

/// Serves `POST /` with this API's target. The operation's name is for the log: a modelled one, or `-`.
pub(crate) async fn serve(edge: &Edge, mut request: Request, target: &str) -> (String, Response) {
    let known = Service::Identity.operation(target);
    let name = known.map_or_else(|| "-".to_owned(), |operation| operation.name().to_owned());
    let response = match perform(edge, &mut request, target).await {
        Ok(value) => json::answer(&value),
        Err(failure) => json::failure(&failure),
    };
    (name, response)
}

async fn perform(edge: &Edge, request: &mut Request, target: &str) -> Result<Value, Failure> {
    limits::JSON_API.check(request).map_err(|TooLarge| json::too_large())?;
    let unknown = |message: String| Failure::new("UnknownOperationException", message);
    let operation = match (Service::Identity.known(target), Service::Identity.operation(target)) {
        (Known::Built, Some(operation)) => operation,
        (Known::Modelled, _) => return Err(unknown(format!("{target} is not supported by Tidegate yet."))),
        _ => return Err(unknown("The target names no operation of this API.".into())),
    };
    // Who calls comes before what they say. What the head alone gives away is refused before the body is kept.
    let claimed = if OPEN.contains(&operation.name()) {
        None
    } else {
        let claimed = signed::claim(edge, request, &["cognito-identity"]).await;
        Some(claimed.map_err(|error| error.json())?)
    };
    let bytes = limits::JSON_API.take(edge, request).await.map_err(|fault| json::untaken(&fault))?;
    let caller = match claimed {
        Some(claimed) => Some(claimed.prove(Body::Whole(&bytes)).map_err(|error| error.json())?),
        None => None,
    };
    let input = read(&operation, &bytes)?;
    let region = match &caller {
        Some(caller) => {
            let action = format!("cognito-identity:{}", operation.name());
            let resource = wire::resource(edge, &input);
            signed::authorize(edge, caller, &action, &resource, policy::Context::new())
                .await
                .map_err(|error| json::failure_of(edge, error, refusal::refused))?;
            caller.region()
        }
        None => &edge.settings().region,
    };
    run(edge, operation.name(), region, input)
        .await
        .map_err(|error| json::failure_of(edge, error, refusal::refused))
}

/// Input that has the model's shape, with no parameter that we would not honour.
fn read(operation: &Operation, bytes: &[u8]) -> Result<Value, Failure> {
    let invalid = |invalid: Invalid| match invalid {
        Invalid::Malformed(_) => Failure::new("SerializationException", invalid.to_string()),
        Invalid::Violations(_) => Failure::new("ValidationException", invalid.to_string()),
    };
    let input = model::read(bytes).map_err(invalid)?;
    operation.validate(&input).map_err(invalid)?;
    operation
        .check_supported(&input)
        .map_err(|unsupported| Failure::new("InvalidParameterException", unsupported.to_string()))?;
    Ok(input)
}

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
