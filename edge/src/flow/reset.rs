//! A forgotten password: a code to a proven contact, then a new password.

use super::message::{self, Delivery, Drawn};
use super::password::{self, Place};
use super::{locate, phantom};
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::{Client, Contact, Recovery, UserPool};
use domain::user::{CodePurpose, NewPassword, PutCode, ResetPassword, User};
use std::rc::Rc;

/// The ways to recover an account, first to last: the pool's setting, else phone before email as AWS's legacy order.
fn ways(pool: &UserPool) -> &[Recovery] {
    const LEGACY: &[Recovery] = &[Recovery::VerifiedPhoneNumber, Recovery::VerifiedEmail];
    pool.settings.recovery.as_deref().unwrap_or(LEGACY)
}

const fn contact_of(way: Recovery) -> Option<Contact> {
    match way {
        Recovery::VerifiedEmail => Some(Contact::Email),
        Recovery::VerifiedPhoneNumber => Some(Contact::PhoneNumber),
        Recovery::AdminOnly => None,
    }
}

/// Whether administrators alone set passwords anew in this pool, whoever asks.
pub(crate) fn is_closed(pool: &UserPool) -> bool {
    matches!(ways(pool), [Recovery::AdminOnly, ..])
}

/// Where a reset code goes.
fn contact(pool: &UserPool, user: &User) -> Result<(Contact, String), Error> {
    for way in ways(pool) {
        let contact = contact_of(*way).ok_or(Refusal::ContactAdministrator)?;
        if user.verified(contact) {
            return Ok((contact, user.attribute(contact.attribute()).unwrap_or_default().to_owned()));
        }
    }
    Err(Refusal::ResetImpossible.into())
}

/// Sends a code to whoever has forgotten their password. Where missing users are hidden, a name nobody has, a disabled
/// account and one without a proven contact get the answer that the others get.
pub(crate) async fn forgot(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    username: &str,
) -> Result<Delivery, Error> {
    if is_closed(pool) {
        return Err(Refusal::ContactAdministrator.into());
    }
    message::ready(edge)?;
    let target = locate::named(edge, pool, username);
    let found = locate::find(edge, pool, &target).await?;
    let to = found.user.as_ref().map_or(Err(Refusal::UserNotFound.into()), |user| contact(pool, user));
    // Where nothing can be sent, asking costs what it costs anyone.
    let contact = to.as_ref().ok().map(|(contact, _)| *contact);
    let Drawn { code, mac, detail } = message::draw(edge, pool, &found.subject, CodePurpose::Reset, contact);
    let put = |_: &UserPool, who| PutCode {
        who,
        phantom: target.phantom.clone(),
        purpose: CodePurpose::Reset,
        mac: mac.clone(),
        detail: detail.clone(),
    };
    let sent = match found.run(edge, pool, put).await {
        Ok(Some(_)) => to,
        Ok(None) => Err(Refusal::UserNotFound.into()),
        Err(error) => Err(error),
    };
    match sent {
        Ok((contact, address)) => {
            let text = message::with_code(pool, contact, CodePurpose::Reset, &address, &code);
            message::send_behind(edge, text);
            Ok(Delivery::to(contact, &address))
        }
        Err(Error::Refused(
            Refusal::UserNotFound
            | Refusal::ResetImpossible
            | Refusal::ContactAdministrator
            | Refusal::UserDisabled
            | Refusal::WrongState { .. },
        )) if client.hides_missing_users => {
            // Nobody proves a contact that the pool does not ask to be proven.
            let proven = &pool.settings.auto_verified;
            let ways = ways(pool).iter().filter_map(|way| contact_of(*way));
            let ways: Vec<_> = ways.filter(|way| proven.is_empty() || proven.contains(way)).collect();
            Ok(phantom::delivery(edge, pool, found.user.as_ref(), username, &ways))
        }
        Err(error) => Err(error),
    }
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
    let place = Place::take(edge)?;
    let target = locate::named(edge, pool, username);
    let found = locate::find(edge, pool, &target).await?;
    let macs = message::code_macs(edge, pool, &found.subject, CodePurpose::Reset, code);
    let hash = password::hash(edge, &place, new)?;
    drop(place);
    let command = |_: &UserPool, who| ResetPassword {
        who,
        phantom: target.phantom.clone(),
        macs: macs.clone(),
        password: NewPassword { hash: hash.clone(), lives: None },
    };
    match found.run(edge, pool, command).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(Refusal::CodeExpired.into()),
        Err(Error::Refused(Refusal::CodeExpired | Refusal::CodeMismatch))
            if found.user.is_none() && !client.hides_missing_users =>
        {
            Err(Refusal::UserNotFound.into())
        }
        Err(error) => Err(error),
    }
}
