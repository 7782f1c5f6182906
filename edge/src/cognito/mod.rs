//! The door of user pools: cognito-idp, AWS JSON 1.1. One operation a file; this file decides who may call what.

mod admin_confirm_sign_up;
mod admin_create_user;
mod admin_delete_user;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod admin_initiate_auth;
mod admin_respond_to_auth_challenge;
mod admin_set_user_password;
mod auth;
mod change_password;
mod confirm_forgot_password;
mod confirm_sign_up;
mod create_user_pool;
mod create_user_pool_client;
mod create_user_pool_domain;
mod delete_user;
mod delete_user_pool;
mod delete_user_pool_client;
mod delete_user_pool_domain;
mod describe_user_pool;
mod describe_user_pool_client;
mod describe_user_pool_domain;
mod forgot_password;
mod get_tokens_from_refresh_token;
mod get_ui_customization;
mod get_user;
mod global_sign_out;
mod initiate_auth;
mod list_user_pool_clients;
mod list_user_pools;
mod list_users;
mod page;
mod refusal;
mod resend_confirmation_code;
mod respond_to_auth_challenge;
mod revoke_token;
mod set_ui_customization;
mod sign_up;
mod update_user_attributes;
mod update_user_pool;
mod update_user_pool_client;
mod wire;

use crate::aws::json::{self, Failure};
use crate::aws::signed;
use crate::edge::Edge;
use crate::limits::{self, TooLarge};
use crate::message::{Request, Response};
use crate::model::{self, Invalid, Known, Operation, Service};
use domain::error::Error;
use domain::policy;
use domain::sigv4::Body;
use serde_json::Value;

/// The target prefix of this API.
pub(crate) const TARGET: &str = "AWSCognitoIdentityProviderService.";

/// Operations that anyone may call: they carry their own proof, a token or a code, or need none. All others want an
/// operator's signature, or temporary credentials whose policy allows the action.
const OPEN: &[&str] = &[
    "ChangePassword",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "DeleteUser",
    "ForgotPassword",
    "GetTokensFromRefreshToken",
    "GetUser",
    "GlobalSignOut",
    "InitiateAuth",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "SignUp",
    "UpdateUserAttributes",
];

/// Serves `POST /` with this API's target. The operation's name is for the log: a modelled one, or `-`.
pub(crate) async fn serve(edge: &Edge, mut request: Request, target: &str) -> (String, Response) {
    let known = Service::Idp.operation(target);
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
    let operation = match (Service::Idp.known(target), Service::Idp.operation(target)) {
        (Known::Built, Some(operation)) => operation,
        (Known::Modelled, _) => return Err(unknown(format!("{target} is not supported by Tidegate yet."))),
        _ => return Err(unknown("The target names no operation of this API.".into())),
    };
    // Who calls comes before what they say: a stranger learns nothing of a pool from how its input is judged. What the
    // head alone gives away is refused before the body is kept.
    let claimed = if OPEN.contains(&operation.name()) {
        None
    } else {
        Some(signed::claim(edge, request, &["cognito-idp"]).await.map_err(unsigned)?)
    };
    let bytes = limits::JSON_API.take(edge, request).await.map_err(|fault| json::untaken(&fault))?;
    let caller = match claimed {
        Some(claimed) => Some(claimed.prove(Body::Whole(&bytes)).map_err(unsigned)?),
        None => None,
    };
    let input = read(&operation, &bytes)?;
    if let Some(caller) = &caller {
        let pool = input.get("UserPoolId").and_then(Value::as_str);
        let resource = resource(edge, pool);
        let action = format!("cognito-idp:{}", operation.name());
        signed::authorize(edge, caller, &action, &resource, policy::Context::new())
            .await
            .map_err(|error| json::failure_of(edge, error, refusal::refused))?;
    }
    let region =
        caller.as_ref().map_or_else(|| edge.settings().region.clone(), |caller| caller.region().to_owned());
    edge.deciding(async || run(edge, operation.name(), &region, input.clone()).await)
        .await
        .map_err(|error| json::failure_of(edge, error, refusal::refused))
}

fn resource(edge: &Edge, pool: Option<&str>) -> String {
    let Some(pool) = pool else { return "*".into() };
    let region = pool.split_once('_').map_or("", |(region, _)| region);
    format!("arn:aws:cognito-idp:{region}:{}:userpool/{pool}", edge.settings().account)
}

/// Input that has the model's shape, with no parameter that we would not honour.
fn read(operation: &Operation, bytes: &[u8]) -> Result<Value, Failure> {
    let invalid = |invalid: Invalid| match invalid {
        Invalid::Malformed(_) => Failure::new("SerializationException", invalid.to_string()),
        Invalid::Violations(_) => Failure::new("InvalidParameterException", invalid.to_string()),
    };
    let input = model::read(bytes).map_err(invalid)?;
    operation.validate(&input).map_err(invalid)?;
    operation
        .check_supported(&input)
        .map_err(|unsupported| Failure::new("InvalidParameterException", unsupported.to_string()))?;
    Ok(input)
}

fn unsigned(error: signed::AuthError) -> Failure {
    error.json()
}

async fn run(edge: &Edge, operation: &str, region: &str, input: Value) -> Result<Value, Error> {
    match operation {
        // Pools
        "CreateUserPool" => create_user_pool::run(edge, region, input).await,
        "DescribeUserPool" => describe_user_pool::run(edge, input).await,
        "UpdateUserPool" => update_user_pool::run(edge, input).await,
        "DeleteUserPool" => delete_user_pool::run(edge, input).await,
        "ListUserPools" => list_user_pools::run(edge, region, input).await,
        // App clients
        "CreateUserPoolClient" => create_user_pool_client::run(edge, input).await,
        "DescribeUserPoolClient" => describe_user_pool_client::run(edge, input).await,
        "UpdateUserPoolClient" => update_user_pool_client::run(edge, input).await,
        "DeleteUserPoolClient" => delete_user_pool_client::run(edge, input).await,
        "ListUserPoolClients" => list_user_pool_clients::run(edge, input).await,
        // Hosted pages
        "CreateUserPoolDomain" => create_user_pool_domain::run(edge, input).await,
        "DescribeUserPoolDomain" => describe_user_pool_domain::run(edge, input).await,
        "DeleteUserPoolDomain" => delete_user_pool_domain::run(edge, input).await,
        "GetUICustomization" => get_ui_customization::run(edge, input).await,
        "SetUICustomization" => set_ui_customization::run(edge, input).await,
        // Signing up
        "SignUp" => sign_up::run(edge, input).await,
        "ConfirmSignUp" => confirm_sign_up::run(edge, input).await,
        "ResendConfirmationCode" => resend_confirmation_code::run(edge, input).await,
        // Signing in
        "InitiateAuth" => initiate_auth::run(edge, input).await,
        "RespondToAuthChallenge" => respond_to_auth_challenge::run(edge, input).await,
        "AdminInitiateAuth" => admin_initiate_auth::run(edge, input).await,
        "AdminRespondToAuthChallenge" => admin_respond_to_auth_challenge::run(edge, input).await,
        "GetTokensFromRefreshToken" => get_tokens_from_refresh_token::run(edge, input).await,
        "RevokeToken" => revoke_token::run(edge, input).await,
        "GlobalSignOut" => global_sign_out::run(edge, input).await,
        // One's own account
        "GetUser" => get_user::run(edge, input).await,
        "UpdateUserAttributes" => update_user_attributes::run(edge, input).await,
        "ChangePassword" => change_password::run(edge, input).await,
        "ForgotPassword" => forgot_password::run(edge, input).await,
        "ConfirmForgotPassword" => confirm_forgot_password::run(edge, input).await,
        "DeleteUser" => delete_user::run(edge, input).await,
        // Users, by administrators
        "AdminCreateUser" => admin_create_user::run(edge, input).await,
        "AdminGetUser" => admin_get_user::run(edge, input).await,
        "AdminSetUserPassword" => admin_set_user_password::run(edge, input).await,
        "AdminConfirmSignUp" => admin_confirm_sign_up::run(edge, input).await,
        "AdminEnableUser" => admin_enable_user::run(edge, input).await,
        "AdminDisableUser" => admin_disable_user::run(edge, input).await,
        "AdminDeleteUser" => admin_delete_user::run(edge, input).await,
        "ListUsers" => list_users::run(edge, input).await,
        other => Err(domain::error::fault(format!("{other} is in the support table but has no operation"))),
    }
}
