//! Signed callers: who signed a request, and what they may do.
//!
//! Operators hold root keys of the deployment and may do everything. Sessions hold temporary credentials: they may do
//! what the policies of their role allow *now*, under the session's own policy, and nothing once the role is gone,
//! made anew, or its sessions revoked.

use super::json::Failure;
use crate::edge::Edge;
use crate::message::Request;
use domain::calendar;
use domain::credential::{self, PROVIDER, Rejected, Session};
use domain::error::{Error, Refusal};
use domain::policy::{self, Decision, Document, Kind, evaluate, evaluate_with_session};
use domain::secret::Secret;
use domain::sigv4::{self, Body, Expected, Form, SigError, SigningKey, Unverified, Verified};
use http::StatusCode;
use std::rc::Rc;

use crate::account_view::{AccountSnapshot, Role};

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Principal {
    Operator { access_key_id: String },
    Session(Box<Session>),
}

/// A request whose signature holds.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) principal: Principal,
    /// The proof, which also says how the body has to be read.
    pub(crate) verified: Verified,
    sent: Sent,
}

/// What a request shows of itself that policies may ask about.
#[derive(Debug)]
struct Sent {
    encrypted: bool,
    /// As the client says, who may say anything.
    user_agent: Option<String>,
    referer: Option<String>,
}

impl Sent {
    fn of(request: &Request) -> Self {
        let said = |name| {
            let value = request.headers.get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Self {
            encrypted: request.origin.starts_with("https://"),
            user_agent: said(http::header::USER_AGENT),
            referer: said(http::header::REFERER),
        }
    }
}

impl Signed {
    /// The region that the caller signed for.
    pub(crate) fn region(&self) -> &str {
        self.verified.scope().region()
    }
}

impl Principal {
    /// The caller as policies and messages name it.
    pub(crate) fn arn(&self, account: &str) -> String {
        match self {
            Self::Operator { .. } => format!("arn:aws:iam::{account}:root"),
            Self::Session(session) => session_arn(account, &session.role, &session.name),
        }
    }
    /// `aws:userid`.
    pub(crate) fn user_id(&self, account: &str) -> String {
        match self {
            Self::Operator { .. } => account.to_owned(),
            Self::Session(session) => format!("{}:{}", session.role_id, session.name),
        }
    }
}

/// The ARN of one session of a role.
pub(crate) fn session_arn(account: &str, role: &str, name: &str) -> String {
    format!("arn:aws:sts::{account}:assumed-role/{role}/{name}")
}

/// Why a request's signature is not believed. Each protocol has its own words for these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuthError {
    Signature(SigError),
    /// Nobody has this access key.
    UnknownKey,
    /// The session token is missing, forged, another key's, or came with a key that has none.
    InvalidToken,
    ExpiredToken,
}

const INVALID_TOKEN: &str = "The security token included in the request is invalid.";
const EXPIRED_TOKEN: &str = "The security token included in the request is expired";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS \
                        Secret Access Key and signing method. Consult the service documentation for details.";

/// What kind of refusal a signature's error is, whatever the protocol calls it.
enum Class {
    Missing,
    Incomplete,
    Mismatch,
}

fn class(error: &SigError) -> Class {
    match error {
        SigError::MissingAuthenticationToken => Class::Missing,
        SigError::TwoForms
        | SigError::UnsupportedAlgorithm
        | SigError::IncompleteSignature(_)
        | SigError::Malformed(_)
        | SigError::Duplicate(_)
        | SigError::TooLong(_)
        | SigError::ExpiresTooLong
        | SigError::MissingContentSha256
        | SigError::UnsupportedContentSha256 => Class::Incomplete,
        SigError::WrongService(_)
        | SigError::WrongDay
        | SigError::UnsignedHeader(_)
        | SigError::AbsentHeader(_)
        | SigError::SignatureExpired { .. }
        | SigError::SignatureNotYetCurrent { .. }
        | SigError::RequestExpired { .. }
        | SigError::ContentSha256Mismatch
        | SigError::SignatureDoesNotMatch => Class::Mismatch,
    }
}

fn told(error: &SigError) -> String {
    match error {
        SigError::SignatureDoesNotMatch => MISMATCH.to_owned(),
        SigError::SignatureExpired { signed, now } => {
            let earliest = now - sigv4::MAX_SKEW;
            let [signed, earliest, now] = [*signed, earliest, *now].map(calendar::basic);
            format!("Signature expired: {signed} is now earlier than {earliest} ({now} - 15 min.)")
        }
        SigError::SignatureNotYetCurrent { signed, now } => {
            let latest = now + sigv4::MAX_SKEW;
            let [signed, latest, now] = [*signed, latest, *now].map(calendar::basic);
            format!("Signature not yet current: {signed} is still later than {latest} ({now} + 15 min.)")
        }
        other => format!("The request's signature is not taken: {other}."),
    }
}

impl AuthError {
    /// In the words of the JSON protocol.
    pub(crate) fn json(&self) -> Failure {
        let (code, message, status) = match self {
            Self::Signature(error) => match class(error) {
                Class::Missing => {
                    let message = "Missing Authentication Token".to_owned();
                    ("MissingAuthenticationTokenException", message, StatusCode::FORBIDDEN)
                }
                Class::Incomplete => ("IncompleteSignatureException", told(error), StatusCode::BAD_REQUEST),
                Class::Mismatch => ("InvalidSignatureException", told(error), StatusCode::FORBIDDEN),
            },
            Self::UnknownKey | Self::InvalidToken => {
                ("UnrecognizedClientException", INVALID_TOKEN.to_owned(), StatusCode::FORBIDDEN)
            }
            Self::ExpiredToken => {
                ("ExpiredTokenException", EXPIRED_TOKEN.to_owned(), StatusCode::BAD_REQUEST)
            }
        };
        Failure::with_status(code, message, status)
    }

    /// In the words of the Query protocol: code, message, status.
    pub(crate) fn query(&self) -> (&'static str, String, StatusCode) {
        match self {
            Self::Signature(error) => match class(error) {
                Class::Missing => {
                    let message = "Request is missing Authentication Token".to_owned();
                    ("MissingAuthenticationToken", message, StatusCode::FORBIDDEN)
                }
                Class::Incomplete => ("IncompleteSignature", told(error), StatusCode::BAD_REQUEST),
                Class::Mismatch => ("SignatureDoesNotMatch", told(error), StatusCode::FORBIDDEN),
            },
            Self::UnknownKey | Self::InvalidToken => {
                ("InvalidClientTokenId", INVALID_TOKEN.to_owned(), StatusCode::FORBIDDEN)
            }
            Self::ExpiredToken => ("ExpiredToken", EXPIRED_TOKEN.to_owned(), StatusCode::FORBIDDEN),
        }
    }
}

/// A request whose head names a key that stands and, with a temporary one, a session that does. Nobody has proved yet to
/// hold that key.
#[derive(Debug)]
pub(crate) struct Claimed {
    principal: Principal,
    unverified: Unverified,
    key: SigningKey,
    expected: Expected<'static>,
    sent: Sent,
}

/// Reads whose signature a request for one of `services` claims to bear: all that can be refused before its body is
/// there. The signature is held against the real clock, which no test clock moves.
#[expect(clippy::unused_async, reason = "keys of users, when there are any, are looked up")]
pub(crate) async fn claim(
    edge: &Edge,
    request: &Request,
    services: &'static [&'static str],
) -> Result<Claimed, AuthError> {
    let authority =
        request.origin.split_once("://").map_or(request.host.as_str(), |(_, authority)| authority);
    let mut headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?)))
        .collect();
    if !request.headers.contains_key(http::header::HOST) {
        headers.push(("host", authority));
    }
    let received = sigv4::Request {
        method: request.method.as_str(),
        path: request.raw_path(),
        query: request.raw_query(),
        headers: &headers,
        accept_encoding: request.sent_accept_encoding.as_deref(),
    };
    let unverified = Unverified::parse(&received).map_err(AuthError::Signature)?;
    let expected = Expected { services, now: edge.platform.now() };
    unverified.check(&expected).map_err(AuthError::Signature)?;
    let access_key_id = unverified.access_key_id().to_owned();
    let secret = secret_of(edge, &access_key_id).ok_or(AuthError::UnknownKey)?;
    let key = SigningKey::derive(secret.expose(), unverified.scope());
    match principal(edge, access_key_id, unverified.session_token()) {
        Ok(principal) => Ok(Claimed { principal, unverified, key, expected, sent: Sent::of(request) }),
        Err(error) => {
            // A token that was changed on the way is a signature that does not match, where the head alone says so.
            let signature = unverified.verify(&expected, &key, Body::Later).err();
            let mismatch = signature.filter(|signature| *signature == SigError::SignatureDoesNotMatch);
            Err(mismatch.map_or(error, AuthError::Signature))
        }
    }
}

/// Whose a key is, with the token that came with it.
fn principal(edge: &Edge, access_key_id: String, token: Option<&str>) -> Result<Principal, AuthError> {
    match (credential::is_temporary(&access_key_id), token) {
        (false, None) => Ok(Principal::Operator { access_key_id }),
        (true, Some(token)) => {
            match credential::open(&edge.settings().keys, &access_key_id, token, edge.now()) {
                Ok(session) => Ok(Principal::Session(Box::new(session))),
                Err(Rejected::Expired) => Err(AuthError::ExpiredToken),
                Err(Rejected::Invalid) => Err(AuthError::InvalidToken),
            }
        }
        (false, Some(_)) | (true, None) => Err(AuthError::InvalidToken),
    }
}

impl Claimed {
    /// Where the signature came.
    pub(crate) fn form(&self) -> Form {
        self.unverified.form()
    }

    /// Whether the head names the body, so that [`Body::Later`] is enough to prove the signature.
    pub(crate) fn names_body(&self) -> bool {
        self.unverified.names_body()
    }

    /// Proves the signature. With [`Body::Later`] nothing is said of the body: it has to be held against
    /// [`Verified::content`], or go through the decoder that [`Verified::framing`] asks for.
    pub(crate) fn prove(self, body: Body<'_>) -> Result<Signed, AuthError> {
        let Self { principal, unverified, key, expected, sent } = self;
        let verified = unverified.verify(&expected, &key, body).map_err(AuthError::Signature)?;
        Ok(Signed { principal, verified, sent })
    }
}

/// Proves who signed a request for one of `services`, as [`Claimed::prove`] does.
pub(crate) async fn authenticate(
    edge: &Edge,
    request: &Request,
    body: Body<'_>,
    services: &'static [&'static str],
) -> Result<Signed, AuthError> {
    claim(edge, request, services).await?.prove(body)
}

fn secret_of(edge: &Edge, access_key_id: &str) -> Option<Secret<String>> {
    if credential::is_temporary(access_key_id) {
        return credential::secret_of(&edge.settings().keys, access_key_id);
    }
    let operators = &edge.settings().operators;
    operators
        .iter()
        .find(|operator| operator.access_key_id == access_key_id)
        .map(|operator| operator.secret.clone())
}

/// Whether a caller may do `action` (`service:Operation`) to `resource` (an ARN, or `*`). `extra` holds what only the
/// operation knows; what is known of the caller and the request overrides it.
pub(crate) async fn authorize(
    edge: &Edge,
    caller: &Signed,
    action: &str,
    resource: &str,
    extra: policy::Context,
) -> Result<(), Error> {
    let session = match &caller.principal {
        Principal::Operator { .. } => return Ok(()),
        Principal::Session(session) => session,
    };
    let arn = session_arn(&edge.settings().account, &session.role, &session.name);
    let denied = |why: &str| {
        let message =
            format!("User: {arn} is not authorized to perform: {action} on resource: {resource}{why}");
        Error::from(Refusal::AccessDenied { message })
    };
    let account = account_with(edge, session).await?;
    let role = standing(&account, session).ok_or_else(|| denied(" because the session is over"))?;
    let context = context_of(edge, caller, session, role, extra);
    let request = policy::Request {
        action,
        resource,
        principal: policy::Principal::Aws(&arn),
        context: &context,
        now: edge.now(),
    };
    let policies: Vec<&Document> = role.policies.values().collect();
    let narrowing = match &session.policy {
        // A session policy was checked when the credentials were issued; one that no longer reads allows nothing.
        Some(text) => Some(Document::parse(text, Kind::Session).map_err(|_| denied(""))?),
        None => None,
    };
    let decision = match &narrowing {
        Some(narrowing) => evaluate_with_session(&policies, &[narrowing], &request),
        None => evaluate(&policies, &request),
    };
    match decision {
        Decision::Allowed { .. } => Ok(()),
        Decision::ExplicitDeny { by } if by.kind == Kind::Session => {
            Err(denied(" with an explicit deny in a session policy"))
        }
        Decision::ExplicitDeny { .. } => Err(denied(" with an explicit deny in an identity-based policy")),
        Decision::NotAllowed => {
            let allowed = evaluate(&policies, &request).is_allowed();
            let kind = if allowed { "session" } else { "identity-based" };
            Err(denied(&format!(" because no {kind} policy allows the {action} action")))
        }
    }
}

/// The account; read anew where the cached one does not have the session's role.
async fn account_with(edge: &Edge, session: &Session) -> Result<Rc<AccountSnapshot>, Error> {
    let account = edge.account().await?;
    let has = account.roles.get(&session.role).is_some_and(|role| role.id == session.role_id);
    if has { Ok(account) } else { edge.account_looked_at_again().await }
}

/// The session's role, if the session still stands.
fn standing<'a>(account: &'a AccountSnapshot, session: &Session) -> Option<&'a Role> {
    let role = account.roles.get(&session.role)?;
    (role.id == session.role_id && session.issued >= role.revoked_before).then_some(role)
}

/// Everything that a policy may ask about. A key set here, or by an operation, stands in the domain's list of known keys:
/// a policy that names another is refused when it is stored.
fn context_of(
    edge: &Edge,
    caller: &Signed,
    session: &Session,
    role: &Role,
    extra: policy::Context,
) -> policy::Context {
    let account = &edge.settings().account;
    let mut context = extra
        .with("aws:PrincipalArn", role.arn.as_str())
        .with("aws:PrincipalAccount", account.as_str())
        .with("aws:PrincipalType", "AssumedRole")
        .with("aws:userid", format!("{}:{}", session.role_id, session.name))
        .with("aws:FederatedProvider", PROVIDER)
        .with("aws:SecureTransport", caller.sent.encrypted.to_string())
        .with("aws:RequestedRegion", caller.region())
        .with("aws:TokenIssueTime", session.issued.to_string())
        .with("cognito-identity.amazonaws.com:aud", session.pool.as_str())
        .with("cognito-identity.amazonaws.com:sub", session.identity.as_str())
        .with_many("cognito-identity.amazonaws.com:amr", session.amr.iter().map(String::as_str));
    if !edge.caller.address.is_empty() {
        context.set("aws:SourceIp", edge.caller.address.as_str());
    }
    for (key, said) in [("aws:UserAgent", &caller.sent.user_agent), ("aws:Referer", &caller.sent.referer)] {
        if let Some(said) = said {
            context.set(key, said.as_str());
        }
    }
    for (name, value) in &session.tags {
        context.set(&format!("aws:PrincipalTag/{name}"), value.as_str());
    }
    context
}
