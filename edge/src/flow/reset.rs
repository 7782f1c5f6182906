//! A forgotten password: a code to a proven contact, then a new password.

use super::message::{self, Delivery};
use super::{locate, password, sign_up};
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::{Client, Contact, Recovery, UserPool};
use domain::user::{CodePurpose, FindUser, NewPassword, PutCode, ResetPassword, User, Who};
use std::rc::Rc;

/// Where a reset code goes: by the pool's recovery setting, else phone before email as AWS's legacy order.
fn contact(pool: &UserPool, user: &User) -> Result<(Contact, String), Error> {
    let legacy = [Recovery::VerifiedPhoneNumber, Recovery::VerifiedEmail];
    let order = pool.settings.recovery.as_deref().unwrap_or(&legacy);
    for way in order {
        let contact = match way {
            Recovery::VerifiedEmail => Contact::Email,
            Recovery::VerifiedPhoneNumber => Contact::PhoneNumber,
            Recovery::AdminOnly => return Err(Refusal::ContactAdministrator.into()),
        };
        if user.verified(contact) {
            return Ok((contact, user.attribute(contact.attribute()).unwrap_or_default().to_owned()));
        }
    }
    Err(Refusal::ResetImpossible.into())
}

pub(crate) async fn forgot(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
) -> Result<Delivery, Error> {
    let target = locate::named(edge, pool, username);
    let found = locate::at_home(edge, pool, &target, |_, who| FindUser { who }).await?;
    let Some(user) = found else {
        let command = |_: &UserPool, who| put(who, &target.phantom, String::new(), String::new());
        locate::at_home(edge, pool, &target, command).await?;
        return sign_up::pretend(edge, pool, client, username);
    };
    match send(edge, pool, &user).await {
        // A disabled account or one without a proven contact looks like a missing one.
        Err(Error::Refused(
            Refusal::ResetImpossible
            | Refusal::ContactAdministrator
            | Refusal::UserDisabled
            | Refusal::WrongState { .. },
        )) if client.hides_missing_users => sign_up::pretend(edge, pool, client, username),
        other => other,
    }
}

async fn send(edge: &Edge, pool: &Rc<UserPool>, user: &User) -> Result<Delivery, Error> {
    let to = contact(pool, user);
    let code = message::draw_code(edge);
    let (mac, detail) = match &to {
        Ok((contact, _)) => (
            message::code_mac(edge, pool, user.sub.as_str(), CodePurpose::Reset, &code),
            contact.attribute().to_owned(),
        ),
        // Nothing can be sent, but asking costs what it costs anyone.
        Err(_) => (String::new(), String::new()),
    };
    let home = pool.placement.of_sub(&user.sub);
    let who = Who::known(user.sub.clone());
    edge.call_shard(pool, home, |_| put(who.clone(), "", mac.clone(), detail.clone())).await?;
    let (contact, address) = to?;
    message::send(edge, message::with_code(pool, contact, CodePurpose::Reset, &address, &code)).await?;
    Ok(Delivery::to(contact, &address))
}

fn put(who: Who, phantom: &str, mac: String, detail: String) -> PutCode {
    PutCode { who, phantom: phantom.to_owned(), purpose: CodePurpose::Reset, mac, detail }
}

/// Sets the new password by the code.
pub(crate) async fn confirm(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
    code: &str,
    new: &str,
) -> Result<(), Error> {
    password::check_policy(&pool.settings.password, new)?;
    let target = locate::named(edge, pool, username);
    let found = locate::at_home(edge, pool, &target, |_, who| FindUser { who }).await?;
    let subject = found.as_ref().map_or(target.phantom.as_str(), |user| user.sub.as_str()).to_owned();
    let macs = message::code_macs(edge, pool, &subject, CodePurpose::Reset, code);
    let hash = password::hash(edge, new)?;
    let command = |_: &UserPool, who| ResetPassword {
        who,
        phantom: target.phantom.clone(),
        macs: macs.clone(),
        password: NewPassword { hash: hash.clone(), lives: None },
    };
    match locate::at_home(edge, pool, &target, command).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(Refusal::CodeExpired.into()),
        Err(Error::Refused(Refusal::CodeExpired)) if found.is_none() && !client.hides_missing_users => {
            Err(Refusal::UserNotFound.into())
        }
        Err(error) => Err(error),
    }
}
