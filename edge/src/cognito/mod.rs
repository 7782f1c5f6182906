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
mod get_user_attribute_verification_code;
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
mod verify_user_attribute;
mod wire;

use crate::aws::json::Api;
use crate::edge::Edge;
use crate::model::Service;
use domain::error::{Error, Refusal, fault};
use futures_util::FutureExt;
use serde_json::Value;

pub(crate) static API: Api = Api {
    target: "AWSCognitoIdentityProviderService.",
    service: Service::Idp,
    name: "cognito-idp",
    open: OPEN,
    invalid: "InvalidParameterException",
    regional: &["UserPoolId"],
    missing: |_, pool| Refusal::PoolNotFound { pool },
    resource,
    refused: refusal::refused,
    run: |edge, operation, region, input| run(edge, operation, region, input).boxed_local(),
};

/// They carry their own proof, a token or a code, or need none.
const OPEN: &[&str] = &[
    "ChangePassword",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "DeleteUser",
    "ForgotPassword",
    "GetTokensFromRefreshToken",
    "GetUser",
    "GetUserAttributeVerificationCode",
    "GlobalSignOut",
    "InitiateAuth",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "SignUp",
    "UpdateUserAttributes",
    "VerifyUserAttribute",
];

fn resource(edge: &Edge, input: &Value) -> String {
    let Some(pool) = input.get("UserPoolId").and_then(Value::as_str) else { return "*".into() };
    let region = pool.split_once('_').map_or("", |(region, _)| region);
    format!("arn:aws:cognito-idp:{region}:{}:userpool/{pool}", edge.settings().account)
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
        "GetUserAttributeVerificationCode" => get_user_attribute_verification_code::run(edge, input).await,
        "VerifyUserAttribute" => verify_user_attribute::run(edge, input).await,
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
        other => Err(fault(format!("{other} is in the support table but has no operation"))),
    }
}
