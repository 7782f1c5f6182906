//! Tokens: issuing ID and access tokens, and verifying them again.

use crate::edge::Edge;
use crate::phase::Phase;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, Refusal, fault};
use domain::id::{PoolId, PoolTag, Sub, hex};
use domain::jose::{self, Audience, Claims, Expected, Objection, PrivateKey, Rejected, Unverified};
use domain::pool::{Client, SigningKey, Signs, UserPool};
use domain::seal::{self, Place, Purpose};
use domain::session::{ACCOUNT_SCOPE, Began, NewFamily, Proof, Refreshed};
use domain::user::User;
use domain::{id::Placement, random};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// Seconds of grace for clocks that disagree.
const LEEWAY: i64 = 10;

/// What a sign-in or refresh gives.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) access_token: String,
    /// `None` where a grant did not ask for the `openid` scope.
    pub(crate) id_token: Option<String>,
    /// `None` on a refresh without rotation.
    pub(crate) refresh_token: Option<String>,
    /// Seconds of the access token.
    pub(crate) expires_in: i64,
}

/// What only some issuers add.
#[derive(Debug, Default)]
pub(crate) struct Extra {
    pub(crate) nonce: Option<String>,
}

/// A refresh token as it travels, sealed: it routes itself. A sign-in's tokens all stay under the master secret that was
/// the current one when it began: were they to move to another, a retry across the change would make a token of its own
/// and look like reuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    /// The id of that master secret.
    master: [u8; 4],
    pub(crate) pool: PoolTag,
    pub(crate) shard: u16,
    pub(crate) family: String,
    secret: domain::secret::Secret<[u8; 32]>,
}

const REFRESH: Place<'_> = Place::new(Purpose::Refresh, "", "", "token");

impl RefreshToken {
    pub(crate) fn draw(edge: &Edge, pool: &UserPool, sub: &Sub, family: &str) -> Self {
        Self::on(edge, pool.id.tag(), pool.placement.of_sub(sub), family)
    }
    fn on(edge: &Edge, pool: PoolTag, shard: u16, family: &str) -> Self {
        let secret = random::bytes(edge.platform.random());
        let master = edge.settings().keys.current_id();
        Self { master, pool, shard, family: family.to_owned(), secret: secret.into() }
    }
    /// `None` when it is not ours.
    pub(crate) fn open(edge: &Edge, text: &str) -> Option<Self> {
        if text.len() > 1024 {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = edge.settings().keys.open(REFRESH, &sealed).ok()?;
        let (head, rest) = plain.split_first_chunk::<4>()?;
        let (shard, rest) = rest.split_first_chunk::<2>()?;
        let (family, secret) = rest.split_first_chunk::<16>()?;
        Some(Self {
            master: seal::sealed_under(&sealed)?,
            pool: PoolTag::from_trusted(u32::from_be_bytes(*head)),
            shard: u16::from_be_bytes(*shard),
            family: random::format_uuid(*family),
            secret: <[u8; 32]>::try_from(secret).ok()?.into(),
        })
    }
    /// The same token always seals to the same text, so that a retried rotation gives the same answer.
    pub(crate) fn seal(&self, edge: &Edge) -> Result<String, Error> {
        let mut plain = self.pool.number().to_be_bytes().to_vec();
        plain.extend(self.shard.to_be_bytes());
        plain.extend(random::parse_uuid(&self.family).unwrap_or_default());
        plain.extend(self.secret.expose());
        let sealed = edge.settings().keys.seal_stable(self.master, REFRESH, &plain).ok_or_else(unlisted)?;
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }
    /// What the shard stores.
    pub(crate) fn hash(&self) -> String {
        hex(&Sha256::digest(self.secret.expose()))
    }
    /// The one token that follows this one.
    pub(crate) fn successor(&self, edge: &Edge) -> Result<Self, Error> {
        let keys = &edge.settings().keys;
        let key = keys.derive_by_id(self.master, Purpose::Refresh, &[&self.family]).ok_or_else(unlisted)?;
        let secret = seal::mac(&key, &[b"successor", self.secret.expose()]).into();
        Ok(Self { secret, ..self.clone() })
    }
}

/// A token was opened or drawn with a secret that is listed, so this cannot be.
fn unlisted() -> Error {
    fault("a refresh token's master secret is not listed")
}

/// Draws a family and its first refresh token, for a user whose sub is known already.
pub(crate) fn draw_family(
    edge: &Edge,
    pool: &UserPool,
    client: &Client,
    sub: &Sub,
    scope: &str,
) -> (NewFamily, RefreshToken) {
    let id = edge.draw_id();
    let token = RefreshToken::draw(edge, pool, sub, &id);
    (new_family(client, scope, &token), token)
}

/// The same on a shard that is known while the sub is not: a code's.
pub(crate) fn draw_family_on(
    edge: &Edge,
    pool: &UserPool,
    client: &Client,
    shard: u16,
    scope: &str,
) -> (NewFamily, RefreshToken) {
    let id = edge.draw_id();
    let token = RefreshToken::on(edge, pool.id.tag(), shard, &id);
    (new_family(client, scope, &token), token)
}

fn new_family(client: &Client, scope: &str, token: &RefreshToken) -> NewFamily {
    NewFamily {
        id: token.family.clone(),
        client: client.id.to_string(),
        scope: scope.to_owned(),
        lives: client.refresh_validity,
        refresh_hash: token.hash(),
        auth_time: None,
    }
}

/// Signs the tokens of a session: two signatures.
pub(crate) async fn issue(
    edge: &Edge,
    pool: &UserPool,
    client: &Client,
    session: &Refreshed,
    refresh_token: Option<String>,
    extra: Extra,
) -> Result<Issued, Error> {
    let (user, family) = (&session.user, &session.family);
    let now = edge.now();
    let scopes: Vec<&str> = family.scope.split(' ').collect();
    let by_api = family.began() == Began::Api;
    let mut shared = Map::new();
    for (name, value) in [
        ("sub", json!(user.sub)),
        ("iss", json!(pool.issuer)),
        ("auth_time", json!(family.auth_time)),
        ("iat", json!(now)),
        ("event_id", json!(family.id)),
    ] {
        shared.insert(name.into(), value);
    }
    if client.revocation {
        shared.insert("origin_jti".into(), json!(family.id));
    }

    let mut access = shared.clone();
    for (name, value) in [
        ("token_use", json!("access")),
        ("client_id", json!(client.id.as_str())),
        ("scope", json!(family.scope)),
        ("username", json!(user.username)),
        ("exp", json!(now + client.access_validity)),
        ("jti", json!(edge.draw_id())),
    ] {
        access.insert(name.into(), value);
    }
    if !by_api {
        access.insert("version".into(), json!(2));
    }
    let access_token = sign(edge, pool, Signs::Access, &access).await?;

    let id_token = if by_api || scopes.contains(&"openid") {
        let mut id = shared;
        for (name, value) in [
            ("token_use", json!("id")),
            ("aud", json!(client.id.as_str())),
            ("cognito:username", json!(user.username)),
            ("exp", json!(now + client.id_validity)),
            ("jti", json!(edge.draw_id())),
            ("at_hash", json!(at_hash(&access_token))),
        ] {
            id.insert(name.into(), value);
        }
        if let Some(nonce) = extra.nonce {
            id.insert("nonce".into(), json!(nonce));
        }
        for (name, value) in readable(user, client, &scopes) {
            id.insert(name, value);
        }
        Some(sign(edge, pool, Signs::Id, &id).await?)
    } else {
        None
    };
    Ok(Issued { access_token, id_token, refresh_token, expires_in: client.access_validity })
}

/// The attributes a client may read under some scopes, as claims.
pub(crate) fn readable(user: &User, client: &Client, scopes: &[&str]) -> Vec<(String, Value)> {
    let narrowed = ["email", "phone", "profile"].iter().any(|scope| scopes.contains(scope));
    let admitted = |name: &str| match name {
        _ if !narrowed || scopes.contains(&ACCOUNT_SCOPE) => true,
        "email" | "email_verified" => scopes.contains(&"email"),
        "phone_number" | "phone_number_verified" => scopes.contains(&"phone"),
        _ => scopes.contains(&"profile"),
    };
    let mut claims = Vec::new();
    for (name, value) in &user.attributes {
        if !admitted(name) || !client.reads(name) {
            continue;
        }
        let value = match name.as_str() {
            "email_verified" | "phone_number_verified" => json!(value == "true"),
            "address" => json!({ "formatted": value }),
            "updated_at" => value.parse::<i64>().map_or_else(|_| json!(value), |n| json!(n)),
            _ => json!(value),
        };
        claims.push((name.clone(), value));
    }
    claims
}

/// OpenID Connect Core §3.1.3.6: the left half of the access token's hash.
fn at_hash(access_token: &str) -> String {
    let digest = Sha256::digest(access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())
}

async fn sign(
    edge: &Edge,
    pool: &UserPool,
    signs: Signs,
    claims: &Map<String, Value>,
) -> Result<String, Error> {
    let key = pool
        .keys
        .iter()
        .find(|key| key.signs == signs && key.retired.is_none())
        .ok_or_else(|| fault("a pool without a signing key"))?;
    let private = open_key(edge, pool.id.as_str(), key)?;
    let algorithm = serde_json::from_value(json!(key.algorithm))?;
    let header = jose::header(algorithm, key.kid.clone());
    let _spending = edge.spending(Phase::Signing);
    jose::encode(&header, claims, edge.platform.keys(), &private)
        .await
        .map_err(|e| fault(format!("signing a token: {e:?}")))
}

/// A pool's private key, unsealed.
pub(crate) fn open_key(edge: &Edge, pool: &str, key: &SigningKey) -> Result<PrivateKey, Error> {
    let place = Place::new(Purpose::SigningKey, pool, &key.kid, "private");
    let der = edge
        .settings()
        .keys
        .open(place, &key.private)
        .map_err(|_| fault("a signing key does not open: was a master secret removed?"))?;
    PrivateKey::from_pkcs8(der).map_err(|e| fault(format!("a signing key: {e:?}")))
}

/// A new signing key, its private half sealed.
pub(crate) async fn draw_key(
    edge: &Edge,
    pool: &str,
    signs: Signs,
    algorithm: jose::Algorithm,
) -> Result<SigningKey, Error> {
    let pair = edge
        .platform
        .keys()
        .generate(algorithm)
        .await
        .map_err(|e| fault(format!("making a signing key: {e}")))?;
    let kid = pair.public.kid();
    let place = Place::new(Purpose::SigningKey, pool, &kid, "private");
    let private = edge.settings().keys.seal(place, pair.private.expose_pkcs8(), edge.platform.random());
    let public = serde_json::to_string(&pair.public.to_jwk(algorithm))?;
    let algorithm = algorithm.name().to_owned();
    Ok(SigningKey { kid, signs, algorithm, public, private, created: 0, retired: None })
}

/// Which of a pool's tokens a caller accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenUse {
    Id,
    Access,
    Either,
}

/// Why a token proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenFault {
    Invalid,
    Expired,
    Ours(Error),
}

/// Reads a token, and the pool it says it is from: its issuer's last segment, a pool id whose MAC holds.
pub(crate) fn read(edge: &Edge, token: &str) -> Option<(PoolId, Unverified)> {
    let unverified = Unverified::parse(token).ok()?;
    let pool = PoolId::parse(&edge.id_key(), unverified.issuer()?.rsplit('/').next()?)?;
    Some((pool, unverified))
}

/// The claims of a token whose signature is by this key; `None` where it is not.
pub(crate) async fn signed_by(
    edge: &Edge,
    unverified: &Unverified,
    key: &SigningKey,
) -> Result<Option<Claims>, Error> {
    let public = edge.cache.public_key(&key.public);
    let public = public.ok_or_else(|| fault("a stored public key does not read"))?;
    let spending = edge.spending(Phase::Signing);
    let proved = unverified.verify(edge.platform.keys(), &public).await;
    drop(spending);
    match proved {
        Ok(claims) => Ok(Some(claims.into_inner())),
        Err(Rejected::Key | Rejected::Signature | Rejected::Payload) => Ok(None),
        Err(Rejected::Fault(text)) => Err(fault(format!("verifying: {text:?}"))),
    }
}

/// Verifies a token of this pool: signature, times, issuer, use. No shard is asked whether its session stands.
pub(crate) async fn verify(
    edge: &Edge,
    pool: &UserPool,
    token: &Unverified,
    wanted: TokenUse,
) -> Result<Claims, TokenFault> {
    let key = token.kid().and_then(|kid| pool.keys.iter().find(|key| key.kid == kid));
    let claims = signed_by(edge, token, key.ok_or(TokenFault::Invalid)?).await.map_err(TokenFault::Ours)?;
    let claims = claims.ok_or(TokenFault::Invalid)?;
    let expected = Expected { issuer: &pool.issuer, audience: Audience::Unchecked, leeway: LEEWAY };
    match claims.check(&expected, edge.now()) {
        Ok(()) => {}
        Err(Objection::Expired) => return Err(TokenFault::Expired),
        Err(_) => return Err(TokenFault::Invalid),
    }
    let fits = match claims.text("token_use") {
        Some("id") => wanted != TokenUse::Access,
        Some("access") => wanted != TokenUse::Id,
        _ => false,
    };
    if fits { Ok(claims) } else { Err(TokenFault::Invalid) }
}

/// What an access token proves.
#[derive(Clone, Debug)]
pub(crate) struct AccessClaims {
    pub(crate) proof: Proof,
    pub(crate) client_id: String,
    pub(crate) scope: String,
    pub(crate) username: String,
}

impl AccessClaims {
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|found| found == scope)
    }
    pub(crate) fn shard(&self, placement: Placement) -> u16 {
        placement.of_sub(&self.proof.sub)
    }
}

/// Verifies an access token of any pool.
pub(crate) async fn verify_access(edge: &Edge, token: &str) -> Result<(Rc<UserPool>, AccessClaims), Error> {
    let (id, token) = read(edge, token).ok_or(Refusal::AccessTokenInvalid)?;
    let pool = edge.pool(&id).await.map_err(|error| match error {
        Error::Refused(Refusal::PoolNotFound { .. }) => Refusal::AccessTokenInvalid.into(),
        other => other,
    })?;
    let claims = verify(edge, &pool, &token, TokenUse::Access).await.map_err(|fault| match fault {
        TokenFault::Invalid => Refusal::AccessTokenInvalid.into(),
        TokenFault::Expired => Refusal::AccessTokenExpired.into(),
        TokenFault::Ours(error) => error,
    })?;
    let text = |name| claims.text(name).map(str::to_owned);
    let read = || {
        Some(AccessClaims {
            proof: Proof { sub: Sub::parse(claims.text("sub")?)?, family: text("event_id")? },
            client_id: text("client_id")?,
            scope: text("scope")?,
            username: text("username")?,
        })
    };
    Ok((pool, read().ok_or(Refusal::AccessTokenInvalid)?))
}

/// Verifies an access token for the account API: it must carry that scope.
pub(crate) async fn verify_account(edge: &Edge, token: &str) -> Result<(Rc<UserPool>, AccessClaims), Error> {
    let (pool, claims) = verify_access(edge, token).await?;
    if claims.has(ACCOUNT_SCOPE) { Ok((pool, claims)) } else { Err(Refusal::AccessTokenScope.into()) }
}
