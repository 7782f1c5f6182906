//! Tokens into temporary credentials: the enhanced flow in one step, the classic one in two.

use super::login::{self, Logins};
use super::{identity, token};
use crate::account_view::{AccountSnapshot, Role};
use crate::edge::Edge;
use crate::phase::Phase;
use domain::credential::{self, Credentials, ENHANCED, ENHANCED_NAME, PROVIDER, Subject};
use domain::error::{Error, Refusal, fault};
use domain::identity::{Identity, IdentityPool};
use domain::jose::{self, Audience, Claims, Expected, Objection, Unverified};
use domain::policy::{self, Principal, evaluate_trust};
use domain::pool::Signs;
use serde_json::json;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Who issues the classic flow's tokens, whatever the origin: clients and trust policies know this name.
pub(crate) const ISSUER: &str = "https://cognito-identity.amazonaws.com";
/// Seconds of such a token.
const OPEN_ID_LIVES: i64 = 600;
/// Seconds of grace for clocks that disagree.
const LEEWAY: i64 = 10;
const ASSUME: &str = "sts:AssumeRoleWithWebIdentity";

/// What guests may do at most by the enhanced flow, whatever their role allows: AWS narrows them to services made for
/// strangers, of which these are here.
const GUESTS: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["execute-api:*","s3:*","cognito-sync:*"],"Resource":"*"}]}"#;

/// Who an identity is, once its logins have been verified.
struct Proven {
    pool: Rc<IdentityPool>,
    identity: Identity,
    /// `authenticated` with the logins, or `unauthenticated`.
    methods: Vec<String>,
    guest: bool,
}

async fn prove(edge: &Edge, identity: &str, logins: &Logins) -> Result<Proven, Error> {
    let (pool, identity) = identity::find(edge, identity).await?;
    let verified = login::verify(edge, &pool, logins).await?;
    login::admits(&pool, &identity, &verified)?;
    Ok(Proven { pool, identity, methods: login::methods(&verified), guest: verified.is_empty() })
}

/// The enhanced flow: credentials of the pool's default role.
pub(crate) async fn for_identity(
    edge: &Edge,
    identity: &str,
    logins: &Logins,
) -> Result<(Identity, Credentials), Error> {
    let Proven { pool, identity, methods, guest } = prove(edge, identity, logins).await?;
    let arn = if guest { &pool.roles.unauthenticated } else { &pool.roles.authenticated };
    let arn = arn.as_deref().ok_or(Refusal::IdentityPoolIncomplete)?;
    let (role, id, _) = trusted_role(edge, arn, &pool, identity.id.as_str(), &methods)
        .await?
        .ok_or(Refusal::IdentityPoolIncomplete)?;
    let subject = Subject {
        role,
        role_id: id,
        name: ENHANCED_NAME.into(),
        identity: identity.id.to_string(),
        pool: pool.id.to_string(),
        amr: methods,
        tags: BTreeMap::new(),
        policy: guest.then(|| GUESTS.to_owned()),
    };
    let credentials = issue(edge, subject, ENHANCED)?;
    Ok((identity, credentials))
}

fn issue(edge: &Edge, subject: Subject, lives: i64) -> Result<Credentials, Error> {
    credential::issue(&edge.settings().keys, edge.platform.random(), subject, edge.now(), lives)
        .ok_or_else(|| fault("credentials cannot be made with these keys"))
}

/// The classic flow's first half: a token that says who the identity is.
pub(crate) async fn open_id_token(
    edge: &Edge,
    identity: &str,
    logins: &Logins,
) -> Result<(Identity, String), Error> {
    let Proven { pool, identity, methods, .. } = prove(edge, identity, logins).await?;
    if !pool.classic {
        return Err(Refusal::ClassicFlowOff.into());
    }
    let key = pool
        .keys
        .iter()
        .find(|key| key.signs == Signs::OpenId && key.retired.is_none())
        .ok_or_else(|| fault("an identity pool without a signing key"))?;
    let now = edge.now();
    let claims = json!({
        "sub": identity.id.as_str(),
        "aud": pool.id.as_str(),
        "amr": methods,
        "iss": ISSUER,
        "exp": now + OPEN_ID_LIVES,
        "iat": now,
    });
    let private = token::open_key(edge, pool.id.as_str(), key)?;
    let header = jose::header(serde_json::from_value(json!(key.algorithm))?, key.kid.clone());
    let _spending = edge.spending(Phase::Signing);
    let token = jose::encode(&header, &claims, edge.platform.keys(), &private)
        .await
        .map_err(|e| fault(format!("signing an OpenID token: {e:?}")))?;
    Ok((identity, token))
}

/// What is asked of `AssumeRoleWithWebIdentity`.
#[derive(Debug)]
pub(crate) struct Assume<'a> {
    pub(crate) role: &'a str,
    pub(crate) name: &'a str,
    pub(crate) token: &'a str,
    /// Seconds.
    pub(crate) lives: i64,
}

/// A role assumed.
#[derive(Debug)]
pub(crate) struct Assumed {
    pub(crate) credentials: Credentials,
    /// The identity, and its pool.
    pub(crate) subject: String,
    pub(crate) audience: String,
    pub(crate) role: String,
    pub(crate) role_id: String,
}

/// The classic flow's second half.
pub(crate) async fn assume(edge: &Edge, ask: &Assume<'_>) -> Result<Assumed, Error> {
    let denied = || Refusal::AccessDenied { message: format!("Not authorized to perform {ASSUME}") };
    let (pool, claims) = verify_open_id(edge, ask.token).await?;
    if !pool.classic {
        return Err(Refusal::ClassicFlowOff.into());
    }
    let invalid = || web_identity("The web identity token that was passed lacks a claim.");
    let subject = claims.text("sub").ok_or_else(invalid)?.to_owned();
    let methods: Vec<String> =
        claims.get("amr").and_then(|amr| serde_json::from_value(amr.clone()).ok()).ok_or_else(invalid)?;
    let (role, role_id, longest) =
        trusted_role(edge, ask.role, &pool, &subject, &methods).await?.ok_or_else(denied)?;
    if ask.lives > i64::from(longest) {
        let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(Refusal::Invalid { message: message.into() }.into());
    }
    let credentials = issue(
        edge,
        Subject {
            role: role.clone(),
            role_id: role_id.clone(),
            name: ask.name.to_owned(),
            identity: subject.clone(),
            pool: pool.id.to_string(),
            amr: methods,
            tags: BTreeMap::new(),
            policy: None,
        },
        ask.lives,
    )?;
    Ok(Assumed { credentials, subject, audience: pool.id.to_string(), role, role_id })
}

fn web_identity(message: &str) -> Error {
    Refusal::WebIdentityInvalid { message: message.into() }.into()
}

/// Proves a token of [`open_id_token`]'s by the key of the pool it says it is for.
async fn verify_open_id(edge: &Edge, text: &str) -> Result<(Rc<IdentityPool>, Claims), Error> {
    let invalid = || web_identity("The web identity token that was passed could not be validated.");
    let unverified = Unverified::parse(text).map_err(|_| invalid())?;
    if unverified.issuer().as_deref() != Some(ISSUER) {
        return Err(web_identity("No OpenIDConnect provider found in your account for the token's issuer."));
    }
    let audience = unverified.audience().ok_or_else(invalid)?;
    let pool = match identity::pool_named(edge, &audience).await {
        Ok(pool) => pool,
        Err(Error::Refused(Refusal::IdentityPoolNotFound { .. })) => {
            return Err(web_identity("Incorrect token audience"));
        }
        Err(error) => return Err(error),
    };
    let key =
        pool.keys.iter().find(|key| key.signs == Signs::OpenId && Some(key.kid.as_str()) == unverified.kid());
    let claims = token::signed_by(edge, &unverified, key.ok_or_else(invalid)?).await?.ok_or_else(invalid)?;
    let accepted = [pool.id.as_str()];
    let expected = Expected { issuer: ISSUER, audience: Audience::AnyOf(&accepted), leeway: LEEWAY };
    match claims.check(&expected, edge.now()) {
        Ok(()) => Ok((pool, claims)),
        Err(Objection::Expired) => {
            let expiry = claims.seconds("exp").unwrap_or_default();
            let message = format!(
                "Token expired: current date/time {} must be before the expiration date/time {expiry}",
                edge.now()
            );
            Err(Refusal::WebIdentityExpired { message }.into())
        }
        Err(
            Objection::Missing(_)
            | Objection::Malformed(_)
            | Objection::NotYetValid
            | Objection::IssuedInTheFuture
            | Objection::Issuer
            | Objection::Audience,
        ) => Err(invalid()),
    }
}

/// The role's name, id and longest session, if there is such a role and its trust policy lets the identity assume it.
/// What the cached account refuses is asked of the newest.
async fn trusted_role(
    edge: &Edge,
    arn: &str,
    pool: &IdentityPool,
    identity: &str,
    methods: &[String],
) -> Result<Option<(String, String, u32)>, Error> {
    let look = |account: &AccountSnapshot| {
        let (name, role) = account.role(arn)?;
        trusts(edge, role, pool, identity, methods)
            .then(|| (name.to_owned(), role.id.clone(), role.max_session))
    };
    match look(&*edge.account().await?) {
        Some(found) => Ok(Some(found)),
        None => Ok(look(&*edge.account_looked_at_again().await?)),
    }
}

fn trusts(edge: &Edge, role: &Role, pool: &IdentityPool, identity: &str, methods: &[String]) -> bool {
    let mut context = policy::Context::new()
        .with("cognito-identity.amazonaws.com:aud", pool.id.as_str())
        .with("cognito-identity.amazonaws.com:sub", identity)
        .with_many("cognito-identity.amazonaws.com:amr", methods.iter().map(String::as_str));
    if !edge.caller.address.is_empty() {
        context.set("aws:SourceIp", edge.caller.address.as_str());
    }
    let request = policy::Request {
        action: ASSUME,
        resource: &role.arn,
        principal: Principal::Federated(PROVIDER),
        context: &context,
        now: edge.now(),
    };
    evaluate_trust(&role.trust, &request).is_allowed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::policy::{Document, Kind};

    #[test]
    fn what_narrows_guests_is_a_session_policy() {
        assert!(Document::parse(GUESTS, Kind::Session).is_ok());
    }
}
