//! Authorization codes: given to a browser to carry to its client, and turned into tokens once.

use super::browser::Person;
use super::ticket::Ticket;
use super::token::{self, Extra, Issued};
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::{Client, UserPool};
use domain::seal::Purpose;
use domain::session::{IssueGrant, RedeemGrant};
use std::rc::Rc;

/// What a code is bound to.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub(crate) client: String,
    pub(crate) redirect_uri: String,
    /// Space-separated.
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    /// The S256 code challenge.
    pub(crate) challenge: Option<String>,
}

/// A code for somebody who is signed in. Where that has ended meanwhile it is [`Refusal::SessionInvalid`].
pub(crate) async fn issue(
    edge: &Edge,
    pool: &Rc<UserPool>,
    person: &Person,
    bounds: &Bounds,
) -> Result<String, Error> {
    let ticket = Ticket::draw(edge, pool.placement.of_sub(&person.user.sub));
    let command = |_: &UserPool| {
        let Bounds { client, redirect_uri, scope, nonce, challenge } = bounds.clone();
        let (sub, hash, auth_time) = (person.user.sub.clone(), ticket.hash(), person.auth_time);
        let browser = Some(person.session.hash());
        IssueGrant { sub, hash, client, redirect_uri, scope, nonce, challenge, auth_time, browser }
    };
    edge.call_shard(pool, ticket.shard, command).await?;
    Ok(ticket.seal(edge, pool, Purpose::Grant))
}

/// What a client presents.
#[derive(Clone, Debug)]
pub(crate) struct Presented<'a> {
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
    /// S256 of the verifier, when one came.
    pub(crate) challenge: Option<String>,
}

/// Tokens for a code. One that is not ours, spent, expired or bound to something else is [`Refusal::GrantInvalid`];
/// coming a second time ends what the first gave.
pub(crate) async fn redeem(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    presented: &Presented<'_>,
) -> Result<Issued, Error> {
    let ticket = Ticket::open(edge, pool, Purpose::Grant, presented.code).ok_or(Refusal::GrantInvalid)?;
    let (family, refresh) = token::draw_family_on(edge, pool, client, ticket.shard, "");
    let command = |_: &UserPool| RedeemGrant {
        hash: ticket.hash(),
        redirect_uri: Some(presented.redirect_uri.to_owned()),
        challenge: presented.challenge.clone(),
        family: family.clone(),
    };
    let redeemed = match edge.call_shard(pool, ticket.shard, command).await {
        Err(Error::Refused(Refusal::UserNotFound)) => return Err(Refusal::GrantInvalid.into()),
        other => other?,
    };
    let extra = Extra { nonce: redeemed.nonce };
    token::issue(edge, pool, client, &redeemed.session, Some(refresh.seal(edge)?), extra).await
}
