//! Password sign-in: begin at the user's home, hash here, finish there. A missing account takes the same steps.

use super::browser::{self, Person};
use super::challenge;
use super::locate;
use super::password::{self, Place};
use super::ticket::Ticket;
use super::token::{self, Extra, Issued, RefreshToken};
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::{Client, UserPool};
use domain::session::{ACCOUNT_SCOPE, NewBrowser, NewFamily, Refreshed};
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
    Person(Person),
    NewPassword { session: String, user: User },
}

/// What a sign-in begins. It is drawn before, so that the shard begins it in the step that takes the proof.
#[derive(Debug)]
pub(crate) enum Begins {
    Tokens(NewFamily, RefreshToken),
    Browser(Ticket),
}

impl Begins {
    pub(crate) fn family(&self) -> Option<NewFamily> {
        if let Self::Tokens(family, _) = self { Some(family.clone()) } else { None }
    }
    pub(crate) fn browser(&self) -> Option<NewBrowser> {
        if let Self::Browser(session) = self { Some(browser::new(session)) } else { None }
    }
}

/// Signs in by the API: tokens, or a challenge.
pub(crate) async fn sign_in(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    secret: &str,
) -> Result<Next, Error> {
    let (signed, begins) = run(edge, pool, client, username, secret, true).await?;
    match (signed, begins) {
        (SignedIn::Done { user, family }, Begins::Tokens(_, token)) => {
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

/// Proves who somebody is and starts the session of their browser, without tokens.
pub(crate) async fn prove(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    secret: &str,
) -> Result<Proven, Error> {
    match run(edge, pool, client, username, secret, false).await? {
        (SignedIn::Proven { user }, Begins::Browser(session)) => {
            Ok(Proven::Person(Person::proven(edge, user, session)))
        }
        (SignedIn::NewPasswordRequired { user, credential }, _) => {
            Ok(Proven::NewPassword { session: challenge::draw(edge, pool, client, &user, credential), user })
        }
        (SignedIn::Done { .. } | SignedIn::Proven { .. } | SignedIn::Changed, _) => {
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
    with_tokens: bool,
) -> Result<(SignedIn, Begins), Error> {
    let place = Place::take(edge)?;
    let target = locate::named(edge, pool, username);
    let attempt = edge.draw_id();
    let (begun, home) = locate::reach(edge, pool, &target, |_, who| BeginPassword {
        who,
        attempt: attempt.clone(),
        phantom: target.phantom.clone(),
    })
    .await?;
    let hash = begun.as_ref().and_then(|begun| begun.hash.as_ref());
    let right = password::verify(edge, &place, secret, hash)?;
    drop(place);
    let Some(begun) = begun else {
        return Err(missing(edge, pool, client, (&target.phantom, home), attempt).await);
    };
    let begins = if with_tokens {
        let (family, token) = token::draw_family(edge, pool, client, &begun.sub, ACCOUNT_SCOPE);
        Begins::Tokens(family, token)
    } else {
        Begins::Browser(browser::draw(edge, pool, &begun.sub))
    };
    let outcome =
        || if right { begins.family().map_or(Outcome::Prove, Outcome::SignIn) } else { Outcome::Wrong };
    let signed = edge
        .call_shard(pool, home, |_| FinishPassword {
            subject: begun.sub.to_string(),
            attempt: attempt.clone(),
            outcome: outcome(),
            browser: begins.browser(),
        })
        .await?;
    Ok((signed, begins))
}

/// The second half for a name nobody has: the same call, to where the first ended, and what the client may learn.
async fn missing(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Client,
    (phantom, shard): (&str, u16),
    attempt: String,
) -> Error {
    let finish = |_: &UserPool| FinishPassword {
        subject: phantom.to_owned(),
        attempt: attempt.clone(),
        outcome: Outcome::Wrong,
        browser: None,
    };
    match edge.call_shard(pool, shard, finish).await {
        Err(Error::Refused(Refusal::WrongPassword)) if !client.hides_missing_users => {
            Refusal::UserNotFound.into()
        }
        Err(error) => error,
        Ok(_) => Refusal::WrongPassword.into(),
    }
}
