//! Challenge `Session` strings: sealed, single-use, bound to pool, client, user and the password that was proven.

use super::attribute;
use super::browser::{self, Person};
use super::password;
use super::sign_in::Begins;
use super::token::{self, Extra, Issued};
use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, Refusal, fault};
use domain::id::Sub;
use domain::pool::{Client, UserPool};
use domain::seal::{Place, Purpose};
use domain::secret::Secret;
use domain::session::{ACCOUNT_SCOPE, Family, Refreshed};
use domain::user::{AnswerNewPassword, Name, NewPassword, User};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a session string holds. Only the new-password challenge exists; others become a `kind`.
#[derive(Debug, Serialize, Deserialize)]
struct Held {
    id: String,
    sub: Sub,
    expires: i64,
    /// The version of the temporary password that was proven. What a release before sealed holds none.
    #[serde(default)]
    credential: Option<i64>,
}

fn place<'a>(pool: &'a UserPool, client: &'a Client) -> Place<'a> {
    Place::new(Purpose::Session, pool.id.as_str(), client.id.as_str(), "new-password")
}

/// A session for somebody who has proven the temporary password of this version.
pub(crate) fn draw(
    edge: &Edge,
    pool: &UserPool,
    client: &Client,
    user: &User,
    credential: Option<i64>,
) -> String {
    let expires = edge.now() + client.session_minutes * 60;
    let held = Held { id: edge.draw_id(), sub: user.sub.clone(), expires, credential };
    let plain = serde_json::to_vec(&held).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(edge.settings().keys.seal(place(pool, client), &plain, edge.platform.random()))
}

fn open(edge: &Edge, pool: &UserPool, client: &Client, text: &str) -> Option<Held> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let plain = edge.settings().keys.open(place(pool, client), &sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

/// What a person answers to the challenge for a new password.
pub(crate) struct Answer<'a> {
    pub(crate) session: &'a str,
    /// The name the person answers under, as typed; `None` where the session alone tells who it is.
    pub(crate) username: Option<&'a str>,
    pub(crate) password: &'a str,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// Answers by the API: the password is set and tokens are given.
pub(crate) async fn answer(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    answer: Answer<'_>,
) -> Result<Issued, Error> {
    let (user, Some(family), Begins::Tokens(_, token)) = finish(edge, pool, client, answer, true).await?
    else {
        return Err(fault("a challenge without a family"));
    };
    let session = Refreshed { user, family };
    token::issue(edge, pool, client, &session, Some(token.seal(edge)?), Extra::default()).await
}

/// Answers on the hosted pages: the password is set and the browser's session starts; tokens come by a code.
pub(crate) async fn answer_hosted(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    answer: Answer<'_>,
) -> Result<Person, Error> {
    let (user, _, Begins::Browser(session)) = finish(edge, pool, client, answer, false).await? else {
        return Err(fault("a challenge without a session"));
    };
    Ok(Person::proven(edge, user, session))
}

async fn finish(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    answer: Answer<'_>,
    with_tokens: bool,
) -> Result<(User, Option<Family>, Begins), Error> {
    let held = open(edge, pool, client, answer.session).ok_or(Refusal::SessionInvalid)?;
    if held.expires <= edge.now() || held.credential.is_none() {
        return Err(Refusal::SessionExpired.into());
    }
    password::check_policy(&pool.settings.password, answer.password)?;
    let mut attributes = answer.attributes;
    attributes.retain(|_, value| !value.is_empty());
    attribute::check(pool, Some(client), &attributes, attribute::Stage::Challenge)?;
    let names = match answer.username {
        Some(typed) if Sub::parse(typed).as_ref() != Some(&held.sub) => Name::candidates(pool, typed),
        _ => Vec::new(),
    };
    let hash: Secret<String> = password::hash(edge, &password::Place::take(edge)?, answer.password)?;
    let begins = if with_tokens {
        let (family, token) = token::draw_family(edge, pool, client, &held.sub, ACCOUNT_SCOPE);
        Begins::Tokens(family, token)
    } else {
        Begins::Browser(browser::of_challenge(edge, pool, &held.sub, &held.id))
    };
    let command = |pool: &UserPool| AnswerNewPassword {
        sub: held.sub.clone(),
        names: names.clone(),
        session: held.id.clone(),
        session_expires: held.expires,
        credential: held.credential,
        password: NewPassword { hash: hash.clone(), lives: None },
        attributes: attributes.clone(),
        required: pool.settings.required().map(str::to_owned).collect(),
        immutable: attributes.keys().filter(|name| attribute::is_immutable(pool, name)).cloned().collect(),
        kept: attributes
            .keys()
            .filter(|name| attribute::waits_for_confirmation(pool, name))
            .cloned()
            .collect(),
        family: begins.family(),
        browser: begins.browser(),
    };
    let (user, family) = edge.call_shard(pool, pool.placement.of_sub(&held.sub), command).await?;
    Ok((user, family, begins))
}
