//! What the two ways of starting and answering authentication share.

use super::wire;
use crate::edge::Edge;
use crate::flow::challenge::{self, Answer};
use crate::flow::sign_in::{self, Next};
use crate::flow::{refresh, secret};
use domain::error::{Error, Refusal, invalid};
use domain::pool::{Client, UserPool};
use domain::user::User;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Who starts: the open operation, or an administrator.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Anyone,
    Administrator,
}

/// Starts a flow.
pub(super) async fn start(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    by: By,
    flow: &str,
    parameters: &BTreeMap<String, String>,
) -> Result<Value, Error> {
    let parameter = |name: &str| parameters.get(name).map(String::as_str);
    let needed = |name: &str| {
        parameter(name)
            .filter(|v| !v.is_empty())
            .ok_or_else(|| invalid(format!("Missing required parameter {name}")))
    };
    let secret_hash = parameter("SECRET_HASH");
    let off = || Error::from(Refusal::FlowNotEnabled { flow: flow.to_owned() });
    match (flow, by) {
        ("USER_PASSWORD_AUTH", _) => {
            if !client.allows(&["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"]) {
                return Err(off());
            }
        }
        ("ADMIN_USER_PASSWORD_AUTH" | "ADMIN_NO_SRP_AUTH", By::Administrator) => {
            if !client.allows(&["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]) {
                return Err(off());
            }
        }
        ("ADMIN_USER_PASSWORD_AUTH" | "ADMIN_NO_SRP_AUTH", By::Anyone) => {
            return Err(invalid("Initiate Auth method not supported."));
        }
        ("REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN", _) => {
            if client.rotates().is_some()
                || !client.allows(&["ALLOW_REFRESH_TOKEN_AUTH"]) && names_its_flows(client)
            {
                return Err(off());
            }
            let token = needed("REFRESH_TOKEN")?;
            return with_refresh_token(edge, pool, client, token, secret_hash).await;
        }
        (other, _) => {
            let message = format!("the authentication flow {other} is not supported yet");
            return Err(Refusal::Unsupported { message }.into());
        }
    }
    let (username, password) = (needed("USERNAME")?, needed("PASSWORD")?);
    secret::check_hash(edge, client, username, secret_hash)?;
    match sign_in::sign_in(edge, pool, client, username, password).await? {
        Next::Tokens(issued) => Ok(wire::tokens::result(issued)),
        Next::NewPassword { session, user } => Ok(new_password(pool, &session, &user)),
    }
}

/// Whether a client's flows have their present names. With the old ones every client could refresh.
fn names_its_flows(client: &Client) -> bool {
    client.auth_flows.iter().any(|flow| flow.starts_with("ALLOW_"))
}

/// Refreshing by the authentication API. Its secret hash is over the user's own name, which only the token tells.
async fn with_refresh_token(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    token: &str,
    secret_hash: Option<&str>,
) -> Result<Value, Error> {
    secret::check_presence(client, secret_hash)?;
    let check = |user: &User| {
        let by_name = secret::check_hash(edge, client, &user.username, secret_hash);
        by_name.or_else(|_| secret::check_hash(edge, client, user.sub.as_str(), secret_hash))
    };
    Ok(wire::tokens::result(refresh::refresh_if(edge, pool, client, token, check).await?))
}

/// The challenge for a new password.
fn new_password(pool: &UserPool, session: &str, user: &User) -> Value {
    let missing: Vec<String> = pool
        .settings
        .required()
        .filter(|name| user.attribute(name).is_none())
        .map(|name| format!("userAttributes.{name}"))
        .collect();
    let attributes: BTreeMap<&str, &str> =
        user.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": user.username,
            "requiredAttributes": serde_json::to_string(&missing).unwrap_or_default(),
            "userAttributes": serde_json::to_string(&attributes).unwrap_or_default(),
        },
    })
}

/// Answers a challenge.
pub(super) async fn respond(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    challenge: &str,
    session: Option<&str>,
    responses: &BTreeMap<String, String>,
) -> Result<Value, Error> {
    if challenge != "NEW_PASSWORD_REQUIRED" {
        return Err(Refusal::Unsupported {
            message: format!("the challenge {challenge} is not supported yet"),
        }
        .into());
    }
    let needed = |name: &str| {
        responses
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
            .ok_or_else(|| invalid(format!("Missing required parameter {name}")))
    };
    let username = needed("USERNAME")?;
    secret::check_hash(edge, client, username, responses.get("SECRET_HASH").map(String::as_str))?;
    let session = session.ok_or_else(|| invalid("Missing required parameter Session"))?;
    let attributes = responses
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("userAttributes.")?.to_owned(), value.clone())))
        .collect();
    let answer = Answer { session, username: Some(username), password: needed("NEW_PASSWORD")?, attributes };
    Ok(wire::tokens::result(challenge::answer(edge, pool, client, answer).await?))
}
