//! Confirming a sign-up: by the code that was sent, or by another one.

use super::claim::{self, Names};
use super::locate::{self, Found, Target};
use super::message::{self, Delivery, Drawn};
use super::phantom;
use super::sign_up::{CODE_ORDER, code_contact};
use crate::edge::Edge;
use domain::error::{Error, Refusal, fault, invalid};
use domain::pool::{Client, UserPool};
use domain::user::{
    CheckCode, CodePurpose, ConfirmSignUp, Located, Name, NameKind, PutCode, Registered, User, Who,
};
use std::rc::Rc;

/// Confirms by code; the contact the code went to is proven, and becomes a name where the pool has such aliases. Where
/// missing users are hidden, every code that is not right is a wrong one: that there is none, or none any more, would
/// tell.
pub(crate) async fn confirm(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    code: &str,
) -> Result<User, Error> {
    let hides = client.hides_missing_users;
    attempt(edge, pool, hides, username, code).await.map_err(|error| match error {
        Error::Refused(Refusal::CodeExpired | Refusal::UserNotFound | Refusal::WrongState { .. })
            if hides =>
        {
            Refusal::CodeMismatch.into()
        }
        other => other,
    })
}

async fn attempt(
    edge: &Edge,
    pool: &Rc<UserPool>,
    hides: bool,
    username: &str,
    code: &str,
) -> Result<User, Error> {
    let target = locate::named(edge, pool, username);
    let found = locate::find(edge, pool, &target).await?;
    let macs = message::code_macs(edge, pool, &found.subject, CodePurpose::SignUp, code);
    let Some(user) = found.user.clone().filter(User::is_unconfirmed) else {
        return nothing_to_confirm(edge, pool, hides, &target, &found, macs).await;
    };
    // The names this confirmation would make valid: the aliases that are contacts being proven.
    let names = code_contact(pool, &user)
        .filter(|(contact, _)| pool.settings.aliases.contains(&contact.alias()))
        .map(|(contact, address)| Name::new(pool, NameKind::from(contact.alias()), &address));
    let home = pool.placement.of_sub(&user.sub);
    let names = Names::split(edge, pool, home, names.into_iter().collect());
    if !names.elsewhere.is_empty() {
        // Nothing is claimed for a wrong code, nor said of who has the name.
        let check = |_: &UserPool, who| CheckCode {
            who,
            phantom: target.phantom.clone(),
            purpose: CodePurpose::SignUp,
            macs: macs.clone(),
        };
        match found.run(edge, pool, check).await {
            // Another run of this same submission, say, has come to its end meanwhile.
            Err(Error::Refused(Refusal::WrongState { .. })) => {
                return nothing_to_confirm(edge, pool, hides, &target, &found, macs).await;
            }
            checked => checked?,
        };
    }
    let (edge, pool) = (edge.clone(), Rc::clone(pool));
    let work = edge.clone();
    work.to_the_end(async move {
        claim::holding(&edge, &pool, &user.sub, &names, async || {
            let command = |pool: &UserPool| ConfirmSignUp {
                who: Who::known(user.sub.clone()),
                phantom: String::new(),
                macs: macs.clone(),
                here: names.here.clone(),
                elsewhere: names.elsewhere.clone(),
                operation: names.operation.clone(),
                placement: pool.placement,
            };
            for _ in 0..3 {
                match edge.call_shard(&pool, home, command).await? {
                    Located::Here(Registered::Done(user)) => return Ok(user),
                    Located::Here(Registered::Contested(other)) => {
                        claim::dispute(&edge, &pool, &names, &other).await?;
                    }
                    Located::Here(other) => return Err(fault(format!("confirmed, but {other:?}"))),
                    _ => return Err(Refusal::UserNotFound.into()),
                }
            }
            Err(Refusal::Busy.into())
        })
        .await
    })
    .await
}

/// A confirmation of nobody, or of who is confirmed already. The command goes out all the same: it costs what any wrong
/// code costs, and where the same submission has confirmed the user before, the object repeats what it answered then.
async fn nothing_to_confirm(
    edge: &Edge,
    pool: &Rc<UserPool>,
    hides: bool,
    target: &Target,
    found: &Found,
    macs: Vec<String>,
) -> Result<User, Error> {
    let command = |pool: &UserPool, who| ConfirmSignUp {
        who,
        phantom: target.phantom.clone(),
        macs: macs.clone(),
        here: Vec::new(),
        elsewhere: Vec::new(),
        operation: String::new(),
        placement: pool.placement,
    };
    for _ in 0..3 {
        match found.run(edge, pool, command).await {
            Ok(Some(Registered::Done(user))) => return Ok(user),
            // As it was answered the first time; that run went on, and so does this one.
            Ok(Some(_)) => {}
            Ok(None) => return Err(Refusal::UserNotFound.into()),
            // The person is told how it is, unless a name nobody has must look the same.
            Err(Error::Refused(refusal)) if !hides => {
                return Err(match (&found.user, refusal) {
                    (Some(user), Refusal::LimitExceeded) if !user.is_unconfirmed() => user.cannot_confirm(),
                    (None, Refusal::CodeExpired) => Refusal::UserNotFound,
                    (_, other) => other,
                }
                .into());
            }
            Err(error) => return Err(error),
        }
    }
    Err(Refusal::Busy.into())
}

/// Sends the sign-up code again. Where missing users are hidden, a name nobody has and an account that is confirmed get
/// the answer that the others get.
pub(crate) async fn resend(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
) -> Result<Delivery, Error> {
    let verified = &pool.settings.auto_verified;
    if verified.is_empty() {
        return Err(invalid(NO_VERIFICATION));
    }
    message::ready(edge)?;
    let target = locate::named(edge, pool, username);
    let found = locate::find(edge, pool, &target).await?;
    let user = found.user.as_ref();
    let to = user.filter(|user| user.is_unconfirmed()).and_then(|user| code_contact(pool, user));
    let contact = to.as_ref().map(|(contact, _)| *contact);
    let Drawn { code, mac, detail } = message::draw(edge, pool, &found.subject, CodePurpose::SignUp, contact);
    let put = |_: &UserPool, who| PutCode {
        who,
        phantom: target.phantom.clone(),
        purpose: CodePurpose::SignUp,
        mac: mac.clone(),
        detail: detail.clone(),
    };
    let stored = found.run(edge, pool, put).await;
    match (stored, to) {
        (Ok(Some(_)), Some((contact, address))) => {
            let text = message::with_code(pool, contact, CodePurpose::SignUp, &address, &code);
            message::send_behind(edge, text);
            Ok(Delivery::to(contact, &address))
        }
        (Ok(_) | Err(Error::Refused(Refusal::Invalid { .. })), _) if client.hides_missing_users => {
            let ways = CODE_ORDER.into_iter().filter(|way| verified.contains(way)).collect::<Vec<_>>();
            Ok(phantom::delivery(edge, pool, user, username, &ways))
        }
        (Ok(Some(_)), None) => Err(invalid(NO_VERIFICATION)),
        (Ok(None), _) => Err(Refusal::UserNotFound.into()),
        (Err(error), _) => Err(error),
    }
}

const NO_VERIFICATION: &str = "Cannot resend codes. Auto verification not turned on.";
