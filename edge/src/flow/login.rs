//! Logins: proofs by user pools that an identity pool takes.

use super::token::{self, TokenFault, TokenUse};
use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, Refusal};
use domain::id::PoolId;
use domain::identity::{Identity, IdentityPool, Login};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Tokens by provider name, as a client sends them.
pub(crate) type Logins = BTreeMap<String, String>;

/// The provider as identities know it: one name, whatever the pool's issuer is.
pub(crate) fn provider_of(pool: &PoolId) -> String {
    format!("cognito-idp.{}.amazonaws.com/{pool}", pool.region())
}

/// The user pool that a provider name means: AWS's form, or `<host of our origin>/<pool id>`.
pub(crate) fn user_pool_of(edge: &Edge, name: &str) -> Option<PoolId> {
    let (host, id) = name.rsplit_once('/')?;
    let id = PoolId::parse(&edge.id_key(), id)?;
    let origin = &edge.settings().origin;
    let own = origin.split_once("://").map_or(origin.as_str(), |(_, authority)| authority);
    (host == own || host == format!("cognito-idp.{}.amazonaws.com", id.region())).then_some(id)
}

/// Verifies every login, or refuses the first that does not hold. Two spellings of one provider are one login.
pub(crate) async fn verify(edge: &Edge, pool: &IdentityPool, logins: &Logins) -> Result<Vec<Login>, Error> {
    let mut verified = BTreeMap::new();
    for (name, token) in logins {
        let login = verify_one(edge, pool, name, token).await?;
        if verified.insert(login.provider.clone(), login.clone()).is_some_and(|other| other != login) {
            return Err(Refusal::LoginsMismatch.into());
        }
    }
    Ok(verified.into_values().collect())
}

async fn verify_one(edge: &Edge, pool: &IdentityPool, name: &str, token: &str) -> Result<Login, Error> {
    let invalid = |why: &str| {
        let message = format!("Invalid login token. {why}");
        Error::from(Refusal::LoginInvalid { message })
    };
    let id = user_pool_of(edge, name).ok_or(Refusal::LoginUnsupported)?;
    let clients: Vec<&str> = pool
        .providers
        .iter()
        .filter(|provider| user_pool_of(edge, &provider.name).as_ref() == Some(&id))
        .map(|provider| provider.client.as_str())
        .collect();
    if clients.is_empty() {
        return Err(Refusal::LoginUnsupported.into());
    }
    let unverified = match token::read(edge, token) {
        Some((issuer, unverified)) if issuer == id => unverified,
        Some(_) => return Err(invalid("Issuer doesn't match providerName")),
        None => return Err(invalid(NO_ID_TOKEN)),
    };
    let user_pool = match edge.pool(&id).await {
        Ok(user_pool) => user_pool,
        Err(Error::Refused(Refusal::PoolNotFound { .. })) => return Err(Refusal::LoginUnsupported.into()),
        Err(error) => return Err(error),
    };
    let claims = match token::verify(edge, &user_pool, &unverified, TokenUse::Id).await {
        Ok(claims) => claims,
        // The commonest mistake.
        Err(TokenFault::Invalid)
            if peek(token).is_some_and(|peek| peek.token_use.as_deref() == Some("access")) =>
        {
            return Err(invalid(NO_ID_TOKEN));
        }
        Err(TokenFault::Invalid) => return Err(invalid("Token signature invalid.")),
        Err(TokenFault::Expired) => {
            let expiry = peek(token).and_then(|peek| peek.exp).unwrap_or_default();
            return Err(invalid(&format!("Token expired: {} >= {expiry}", edge.now())));
        }
        Err(TokenFault::Ours(error)) => return Err(error),
    };
    match claims.text("aud") {
        Some(audience) if clients.contains(&audience) => {}
        _ => return Err(invalid("Incorrect token audience.")),
    }
    let subject = claims.text("sub").ok_or_else(|| invalid("Token has no subject."))?;
    Ok(Login { provider: provider_of(&id), subject: subject.to_owned() })
}

const NO_ID_TOKEN: &str = "Not a valid OpenId Connect identity token.";

/// What a refused token says of itself, for the message and nothing else.
#[derive(Deserialize)]
struct Peek {
    exp: Option<i64>,
    token_use: Option<String>,
}

fn peek(token: &str) -> Option<Peek> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// The one login that a new identity can have.
pub(crate) fn only(mut verified: Vec<Login>) -> Result<Option<Login>, Error> {
    let login = verified.pop();
    if verified.is_empty() { Ok(login) } else { Err(linking()) }
}

/// Whether these logins open this identity: all of a person's are theirs, a guest's is anybody's who knows its id.
pub(crate) fn admits(pool: &IdentityPool, identity: &Identity, verified: &[Login]) -> Result<(), Error> {
    if verified.is_empty() {
        if !identity.logins.is_empty() {
            return Err(Refusal::IdentityForbidden { identity: identity.id.to_string() }.into());
        }
        return if pool.guests { Ok(()) } else { Err(Refusal::GuestsNotAllowed.into()) };
    }
    let (held, new): (Vec<&Login>, Vec<&Login>) =
        verified.iter().partition(|login| identity.logins.contains(login));
    match (held.is_empty(), new.is_empty()) {
        (_, true) => Ok(()),
        // Somebody else's identity, or a login that takes another's place.
        (true, false) if !identity.logins.is_empty() => Err(Refusal::LoginsMismatch.into()),
        _ => Err(linking()),
    }
}

fn linking() -> Error {
    let message = "parameter `Logins` is not supported by Tidegate yet: an identity has one login, and no second one \
                   can be linked";
    Refusal::Unsupported { message: message.into() }.into()
}

/// How an identity has proved itself, as policies and tokens say it.
pub(crate) fn methods(verified: &[Login]) -> Vec<String> {
    if verified.is_empty() {
        return vec!["unauthenticated".into()];
    }
    let mut methods = vec!["authenticated".to_owned()];
    for Login { provider, subject } in verified {
        methods.push(provider.clone());
        methods.push(format!("{provider}:CognitoSignIn:{subject}"));
    }
    methods
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{IdKey, IdentityId, IdentityPoolId, Placement, PoolTag};
    use domain::identity::Roles;
    use domain::random::Random;

    struct Ones;
    impl Random for Ones {
        fn fill(&self, out: &mut [u8]) {
            out.fill(1);
        }
    }
    const KEY: IdKey = IdKey::new([7; 32]);

    fn pool(guests: bool) -> IdentityPool {
        IdentityPool {
            id: IdentityPoolId::draw(&KEY, "us-east-1", &Ones),
            version: 1,
            placement: Placement::new(1),
            name: "demo".into(),
            guests,
            classic: false,
            providers: vec![],
            tags: BTreeMap::new(),
            roles: Roles::default(),
            created: 0,
            modified: 0,
            keys: vec![],
        }
    }
    fn login(provider: &str, subject: &str) -> Login {
        Login { provider: provider.into(), subject: subject.into() }
    }
    fn identity(logins: Vec<Login>) -> Identity {
        let id = IdentityId::draw(&KEY, "us-east-1", PoolTag::from_trusted(1), 0, &Ones);
        Identity { id, logins, created: 0, modified: 0 }
    }

    #[test]
    fn a_guest_comes_in_only_where_guests_may_and_never_as_a_person() {
        let (guest, ann) = (identity(vec![]), identity(vec![login("p", "ann")]));
        assert_eq!(admits(&pool(true), &guest, &[]), Ok(()));
        assert_eq!(admits(&pool(false), &guest, &[]), Err(Refusal::GuestsNotAllowed.into()));
        let forbidden = Refusal::IdentityForbidden { identity: ann.id.to_string() };
        assert_eq!(admits(&pool(true), &ann, &[]), Err(forbidden.into()));
    }

    #[test]
    fn only_a_persons_own_login_opens_their_identity() {
        let ann = identity(vec![login("p", "ann")]);
        assert_eq!(admits(&pool(false), &ann, &[login("p", "ann")]), Ok(()));
        for stranger in [login("p", "bob"), login("q", "ann")] {
            assert_eq!(admits(&pool(true), &ann, &[stranger]), Err(Refusal::LoginsMismatch.into()));
        }
    }

    #[test]
    fn linking_is_refused_by_name() {
        let unsupported = |result| matches!(result, Err(Error::Refused(Refusal::Unsupported { .. })));
        let (guest, ann) = (identity(vec![]), identity(vec![login("p", "ann")]));
        assert!(unsupported(admits(&pool(true), &guest, &[login("p", "ann")])));
        assert!(unsupported(admits(&pool(true), &ann, &[login("p", "ann"), login("q", "ann")])));
        assert!(unsupported(only(vec![login("p", "ann"), login("q", "ann")]).map(drop)));
        assert_eq!(only(vec![login("p", "ann")]), Ok(Some(login("p", "ann"))));
        assert_eq!(only(vec![]), Ok(None));
    }
}
