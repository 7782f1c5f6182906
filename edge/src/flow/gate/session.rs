//! Browser sessions at the gate. The cookie is a sealed reference to a sign-in, bound to its host; the shard that holds
//! the sign-in is asked at most once a minute an isolate, so that what ends it acts here within that time.

use super::{Journey, MAX_AGE};
use crate::edge::Edge;
use crate::hosts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, Refusal};
use domain::gate::Subject;
use domain::id::{PoolTag, Sub};
use domain::pool::UserPool;
use domain::random;
use domain::seal::{Place, Purpose};
use domain::session::{Proof, RevokeFamily, Stand};
use std::rc::Rc;

/// What the cookie refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BrowserSession {
    pub(crate) pool: PoolTag,
    pub(crate) shard: u16,
    pub(crate) proof: Proof,
    pub(crate) client: String,
}

const fn place(host: &str) -> Place<'_> {
    Place::new(Purpose::GateSession, "", host, "cookie")
}

impl BrowserSession {
    /// The cookie's value: about 160 characters.
    pub(crate) fn seal(&self, edge: &Edge, host: &str) -> String {
        let mut plain = self.pool.number().to_be_bytes().to_vec();
        plain.extend(self.shard.to_be_bytes());
        plain.extend(random::parse_uuid(&self.proof.family).unwrap_or_default());
        plain.extend(random::parse_uuid(self.proof.sub.as_str()).unwrap_or_default());
        plain.extend(self.client.as_bytes());
        URL_SAFE_NO_PAD.encode(edge.settings().keys.seal(place(host), &plain, edge.platform.random()))
    }

    /// `None` when it is not ours, or another host's.
    pub(crate) fn open(edge: &Edge, host: &str, cookie: &str) -> Option<Self> {
        if cookie.len() > 512 {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        let plain = edge.settings().keys.open(place(host), &sealed).ok()?;
        let (tag, rest) = plain.split_first_chunk::<4>()?;
        let (shard, rest) = rest.split_first_chunk::<2>()?;
        let (family, rest) = rest.split_first_chunk::<16>()?;
        let (sub, client) = rest.split_first_chunk::<16>()?;
        let sub = Sub::parse(&random::format_uuid(*sub))?;
        Some(Self {
            pool: PoolTag::from_trusted(u32::from_be_bytes(*tag)),
            shard: u16::from_be_bytes(*shard),
            proof: Proof { sub, family: random::format_uuid(*family) },
            client: String::from_utf8(client.to_vec()).ok()?,
        })
    }
}

/// Who is signed in by this cookie, to `client` of the pool `pool`; `None` when nobody is.
pub(crate) async fn standing(
    edge: &Edge,
    host: &str,
    cookie: &str,
    (pool, client): (&str, &str),
) -> Result<Option<Rc<Subject>>, Error> {
    let Some(session) = BrowserSession::open(edge, host, cookie) else { return Ok(None) };
    let named = domain::id::PoolId::parse(&edge.id_key(), pool);
    if session.client != client || named.is_none_or(|id| id.tag() != session.pool) {
        return Ok(None);
    }
    let (print, now) = (edge.cache.gate.print(cookie, edge.platform.random()), edge.now());
    let known = edge.cache.gate.session(&print);
    if let Some(known) = known.filter(|known| (known.read..known.read + MAX_AGE).contains(&now)) {
        return Ok(Some(known.subject));
    }
    let asking = edge.cache.gate.asking(now);
    let asked = edge
        .deciding(async || {
            // What a client was given ends with it.
            let (pool, _) = edge.client_named(&session.client).await?;
            edge.call_shard(&pool, session.shard, |_| Stand { proof: session.proof.clone() }).await
        })
        .await;
    let refreshed = match asked {
        Ok(refreshed) => refreshed,
        // Any refusal says that it does not stand; too much at once is the one that says nothing.
        Err(Error::Refused(Refusal::Busy)) => return Err(Refusal::Busy.into()),
        Err(Error::Refused(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let subject = Rc::new(Subject {
        sub: refreshed.user.sub.to_string(),
        username: refreshed.user.username,
        groups: Vec::new(),
        scopes: refreshed.family.scope.split(' ').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
        client_id: refreshed.family.client,
        identity_id: None,
    });
    edge.cache.gate.keep_session(print, &subject, asking);
    Ok(Some(subject))
}

/// Ends the session of a cookie, everywhere. One that is not ours, or has ended, is success. Gives the address at which
/// the hosted page's own session ends too, where that can lead back to this host.
pub(crate) async fn end(edge: &Edge, journey: Journey<'_>, cookie: &str) -> Result<Option<String>, Error> {
    let Some(session) = BrowserSession::open(edge, journey.host, cookie) else { return Ok(None) };
    let asked = edge
        .deciding(async || {
            let pool = edge.pool_by_tag(session.pool).await?;
            let (family, client) = (&session.proof.family, &session.client);
            let command = |_: &UserPool| RevokeFamily { family: family.clone(), client: client.clone() };
            edge.call_shard(&pool, session.shard, command).await
        })
        .await;
    edge.cache.gate.end_session(&edge.cache.gate.print(cookie, edge.platform.random()));
    match asked {
        Err(Error::Refused(Refusal::Busy)) => Err(Refusal::Busy.into()),
        Ok(()) | Err(Error::Refused(_)) => onward(edge, journey.origin, &session.client).await,
        Err(fault) => Err(fault),
    }
}

/// The hosted page's sign-out for a client, leading on to the first address on `origin` that the client has registered
/// for that. `None` where there is no such address, no page, or no client any more.
async fn onward(edge: &Edge, origin: &str, client: &str) -> Result<Option<String>, Error> {
    let (pool, client) = match edge.client_named(client).await {
        Err(Error::Refused(Refusal::ClientNotFound { .. } | Refusal::PoolNotFound { .. })) => {
            return Ok(None);
        }
        found => found?,
    };
    let is_here = |url: &&String| {
        url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    };
    let back = client.logout_urls.iter().find(is_here);
    Ok(hosts::hosted_at(hosts::home(edge.settings(), origin), &pool).zip(back).map(|(base, back)| {
        let pairs = [("client_id", client.id.as_str()), ("logout_uri", back)];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("{base}/logout?{query}")
    }))
}
