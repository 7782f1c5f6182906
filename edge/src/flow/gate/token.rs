//! Bearer tokens at the gate. One seen before by this isolate costs a hash and a look-up, and is good for as long as its
//! pool is what it was, which is asked after whenever the pool's snapshot has had its time; a new one costs a signature
//! check.

use super::known::KnownToken;
use crate::edge::Edge;
use crate::flow::token::{self, TokenFault};
use domain::error::{Error, Refusal};
use domain::gate::{Subject, TokenUse};
use domain::jose::MAX_TOKEN;
use std::rc::Rc;

/// Why a token proves nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unproven {
    /// The text is told to the client.
    Invalid(&'static str),
    /// We could not find out.
    Failed(Error),
}

/// Who a token of one of `pools` speaks for. Whether its session was revoked is not asked: a token is good until it
/// expires.
pub(crate) async fn bearer(
    edge: &Edge,
    pools: &[String],
    wanted: TokenUse,
    text: &str,
) -> Result<Rc<Subject>, Unproven> {
    if text.len() > MAX_TOKEN {
        return Err(Unproven::Invalid("the token is too long"));
    }
    let print = edge.cache.gate.print(text, edge.platform.random());
    let known = match edge.cache.gate.token(&print) {
        Some(known) if holds(edge, &known).await => known,
        _ => {
            let known = Rc::new(verify(edge, pools, text).await?);
            edge.cache.gate.keep_token(print, Rc::clone(&known));
            known
        }
    };
    if !pools.contains(&known.pool_id) {
        return Err(Unproven::Invalid("the token is of another issuer"));
    }
    if !wanted.takes(known.token_use) {
        return Err(Unproven::Invalid("the token is for another use"));
    }
    Ok(Rc::clone(&known.subject))
}

/// Whether a known token is still what it was when it was verified. Where that cannot be found out, verifying it anew
/// says why.
async fn holds(edge: &Edge, known: &KnownToken) -> bool {
    known.expires > edge.now()
        && edge.pool_by_tag(known.pool).await.is_ok_and(|pool| pool.version == known.version)
}

async fn verify(edge: &Edge, pools: &[String], text: &str) -> Result<KnownToken, Unproven> {
    let (pool, unverified) = token::read(edge, text).ok_or(Unproven::Invalid("the token is malformed"))?;
    // Only pools that the document names are ever asked for.
    if !pools.iter().any(|id| id == pool.as_str()) {
        return Err(Unproven::Invalid("the token is of another issuer"));
    }
    let pool = match edge.pool(&pool).await {
        Err(Error::Refused(Refusal::PoolNotFound { .. })) => {
            return Err(Unproven::Invalid("the token is of another issuer"));
        }
        other => other.map_err(Unproven::Failed)?,
    };
    let verified = token::verify(edge, &pool, &unverified, token::TokenUse::Either).await;
    let claims = verified.map_err(|fault| match fault {
        TokenFault::Invalid => Unproven::Invalid("the token does not verify"),
        TokenFault::Expired => Unproven::Invalid("the token has expired"),
        TokenFault::Ours(error) => Unproven::Failed(error),
    })?;
    let subject = Subject::of_claims(&claims).zip(claims.seconds("exp"));
    let ((token_use, subject), expires) = subject.ok_or(Unproven::Invalid("the token is not one of ours"))?;
    Ok(KnownToken {
        subject: Rc::new(subject),
        token_use,
        pool: pool.id.tag(),
        pool_id: pool.id.to_string(),
        version: pool.version,
        expires,
    })
}
