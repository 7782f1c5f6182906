//! Password sign-in: begin at the user's home, hash here, finish there. A missing account takes the same steps.

use super::challenge;
use super::locate::{self, Target};
use super::password::{self, Place};
use super::token::{self, Extra, Issued, RefreshToken};
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::{Client, UserPool};
use domain::session::{ACCOUNT_SCOPE, NewFamily, Refreshed};
use domain::user::{BeginPassword, FinishPassword, Outcome, SignedIn, User};
use std::rc::Rc;

/// Where a sign-in by the API leads.
#[derive(Debug)]
pub(crate) enum Next {
    Tokens(Issued),
    NewPassword { session: String, user: User },
}

/// Where a sign-in on the hosted pages leads.
#[derive(Debug)]
pub(crate) enum Proven {
    User(User),
    NewPassword { session: String, user: User },
}

/// Signs in by the API: tokens, or a challenge.
pub(crate) async fn sign_in(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    secret: &str,
) -> Result<Next, Error> {
    let (signed, token) = run(edge, pool, client, username, secret, true).await?;
    match (signed, token) {
        (SignedIn::Done { user, family }, Some(token)) => {
            let session = Refreshed { user, family };
            let refresh = Some(token.seal(edge)?);
            Ok(Next::Tokens(token::issue(edge, pool, client, &session, refresh, Extra::default()).await?))
        }
        (SignedIn::NewPasswordRequired { user, credential }, _) => {
            Ok(Next::NewPassword { session: challenge::draw(edge, pool, client, &user, credential), user })
        }
        (SignedIn::Done { .. } | SignedIn::Proven { .. } | SignedIn::Changed, _) => {
            Err(domain::error::fault("a sign-in that asked for something else"))
        }
    }
}

/// Proves who somebody is, without tokens.
pub(crate) async fn prove(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    secret: &str,
) -> Result<Proven, Error> {
    match run(edge, pool, client, username, secret, false).await?.0 {
        SignedIn::Proven { user } => Ok(Proven::User(user)),
        SignedIn::NewPasswordRequired { user, credential } => {
            Ok(Proven::NewPassword { session: challenge::draw(edge, pool, client, &user, credential), user })
        }
        SignedIn::Done { .. } | SignedIn::Changed => {
            Err(domain::error::fault("a proof that asked for something else"))
        }
    }
}

async fn run(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    secret: &str,
    with_family: bool,
) -> Result<(SignedIn, Option<RefreshToken>), Error> {
    let place = Place::take()?;
    let target = locate::named(edge, pool, username);
    let attempt = edge.draw_id();
    let begun = locate::at_home(edge, pool, &target, |_, who| BeginPassword {
        who,
        attempt: attempt.clone(),
        phantom: target.phantom.clone(),
    })
    .await?;
    let hash = begun.as_ref().and_then(|begun| begun.hash.as_ref());
    let right = password::verify(edge, &place, secret, hash)?;
    drop(place);
    let Some(begun) = begun else {
        return Err(missing(edge, pool, client, &target, attempt).await);
    };
    let drawn = with_family.then(|| token::draw_family(edge, pool, client, &begun.sub, ACCOUNT_SCOPE));
    let outcome = || match (&drawn, right) {
        (_, false) => Outcome::Wrong,
        (Some((family, _)), true) => Outcome::SignIn(NewFamily::clone(family)),
        (None, true) => Outcome::Prove,
    };
    let home = pool.placement.of_sub(&begun.sub);
    let signed = edge
        .call_shard(pool, home, |_| FinishPassword {
            subject: begun.sub.to_string(),
            attempt: attempt.clone(),
            outcome: outcome(),
        })
        .await?;
    Ok((signed, drawn.map(|(_, token)| token)))
}

/// The second half for a name nobody has: the same call, and what the client may learn.
async fn missing(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Client,
    target: &Target,
    attempt: String,
) -> Error {
    let finish = |_: &UserPool| FinishPassword {
        subject: target.phantom.clone(),
        attempt: attempt.clone(),
        outcome: Outcome::Wrong,
    };
    match edge.call_shard(pool, target.phantom_shard, finish).await {
        Err(Error::Refused(Refusal::WrongPassword)) if !client.hides_missing_users => {
            Refusal::UserNotFound.into()
        }
        Err(error) => error,
        Ok(_) => Refusal::WrongPassword.into(),
    }
}
