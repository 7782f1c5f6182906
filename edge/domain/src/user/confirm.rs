use super::claim::{self, Claimant, Taken};
use super::{CodePurpose, Located, Name, Registered, Status, User, Who, code, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Placement;
use crate::pool::Contact;
use serde::{Deserialize, Serialize};

/// Confirms a sign-up by the code that was sent. The code's detail names the contact it proves.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConfirmSignUp {
    pub who: Who,
    pub phantom: String,
    pub macs: Vec<String>,
    /// The aliases that become valid with this confirmation, by where they live. Those elsewhere are claimed already.
    pub here: Vec<Name>,
    pub elsewhere: Vec<Name>,
    pub operation: String,
    pub placement: Placement,
}

impl Command for ConfirmSignUp {
    type Answer = Located<Registered>;
    const NAME: &'static str = "user.confirm_sign_up";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<Registered>, Error> {
        let mut user = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => {
                // Spends like a real one, and never finds a code.
                code::take(cx, &self.phantom, CodePurpose::SignUp, &self.macs)?;
                return Ok(Located::Missing);
            }
            store::At::Here(row) => row.user,
        };
        if !user.is_unconfirmed() {
            // It costs what a code for nobody costs.
            return Err(match code::check(cx, user.sub.as_str(), CodePurpose::SignUp, &self.macs) {
                Ok(_) | Err(Error::Refused(Refusal::CodeExpired | Refusal::CodeMismatch)) => {
                    user.cannot_confirm().into()
                }
                Err(other) => other,
            });
        }
        // Whoever does not know the code learns nothing of the names.
        let detail = code::check(cx, user.sub.as_str(), CodePurpose::SignUp, &self.macs)?;
        if let Some(other) = claim::contested(cx.sql, self.placement, &user.sub, &self.here)? {
            return Ok(Located::Here(Registered::Contested(other)));
        }
        code::delete(cx.sql, user.sub.as_str(), CodePurpose::SignUp)?;
        match hold(cx, &user, &self.here, &self.elsewhere, &self.operation, self.placement)? {
            Registered::Done(_) => {}
            // Nothing of this may stand: the code must still work for the retry.
            Registered::NameHeld { name, .. } => {
                return Err(Refusal::AliasTaken { name: name.kind.label().into() }.into());
            }
            Registered::Contested(_) => return Err(Refusal::Busy.into()),
        }
        if let Some(contact) = Contact::of_attribute(&detail) {
            store::set_attribute(cx.sql, &user.sub, contact.verified_attribute(), "true")?;
            user.attributes.insert(contact.verified_attribute().into(), "true".into());
        }
        confirm(cx, &mut user)?;
        Ok(Located::Here(Registered::Done(user)))
    }
}

/// An administrator confirms without a code; nothing becomes verified by it.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdminConfirm {
    pub who: Who,
}

impl Command for AdminConfirm {
    type Answer = Located<User>;
    const NAME: &'static str = "user.admin_confirm";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<User>, Error> {
        let mut user = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => return Ok(Located::Missing),
            store::At::Here(row) => row.user,
        };
        if !user.is_unconfirmed() {
            return Err(user.cannot_confirm().into());
        }
        confirm(cx, &mut user)?;
        Ok(Located::Here(user))
    }
}

fn confirm(cx: &mut Context<'_>, user: &mut User) -> Result<(), Error> {
    store::set_status(cx.sql, &user.sub, Status::Confirmed, cx.now)?;
    user.status = Status::Confirmed;
    cx.event("user.confirmed", user.sub.as_str(), &());
    Ok(())
}

/// Gives an existing user more names, each in place of the one of its kind.
pub(super) fn hold(
    cx: &mut Context<'_>,
    user: &User,
    here: &[Name],
    elsewhere: &[Name],
    operation: &str,
    placement: Placement,
) -> Result<Registered, Error> {
    if !elsewhere.is_empty() {
        claim::commit(cx, operation)?;
    }
    for name in here {
        let wanted = Claimant { name: name.clone(), sub: user.sub.clone(), operation: operation.to_owned() };
        match claim::take(cx, placement, &wanted, "settled")? {
            Taken::Ours => {}
            Taken::Held(by) => return Ok(Registered::NameHeld { name: name.clone(), by }),
            Taken::Contested(claimant) => return Ok(Registered::Contested(claimant)),
        }
    }
    for name in here.iter().chain(elsewhere) {
        for old in
            store::names(cx.sql, &user.sub)?.iter().filter(|old| old.kind == name.kind && old.key != name.key)
        {
            claim::release_of(cx.sql, &user.sub, old)?;
        }
        store::set_name(cx.sql, &user.sub, name)?;
    }
    Ok(Registered::Done(user.clone()))
}
