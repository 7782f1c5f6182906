//! A person proves a contact of theirs by the code that was sent there. The code's detail is that address: the one that
//! stands, or one that waits to take its place.

use super::confirm::hold;
use super::{CodePurpose, Name, Registered, attributes, claim, code, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Placement;
use crate::pool::Contact;
use crate::session::{self, Proof};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Stores the MAC of a code that the Worker is about to send, and gives the address that it goes to: the one that waits
/// to be proven, else the one that stands.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutContactCode {
    pub proof: Proof,
    pub contact: Contact,
    /// Hex.
    pub mac: String,
}

impl Command for PutContactCode {
    type Answer = String;
    const NAME: &'static str = "user.put_contact_code";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<String, Error> {
        let user = session::check(cx, &self.proof)?;
        let (sub, purpose) = (user.sub.as_str(), CodePurpose::proving(self.contact));
        let name = self.contact.attribute();
        let address = match code::detail(cx, sub, purpose)? {
            Some(address) => address,
            None => user.attribute(name).map(str::to_owned).ok_or_else(|| Refusal::Invalid {
                message: format!("User does not have the attribute {name}."),
            })?,
        };
        code::ask(cx, sub, purpose)?;
        code::put(cx, sub, purpose, &self.mac, &address)?;
        Ok(address)
    }
}

/// Tells what a right code would prove, and leaves it: nothing is claimed for a wrong one, nor said of who has the name.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckContactCode {
    pub proof: Proof,
    pub contact: Contact,
    pub macs: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provable {
    pub address: String,
    /// Whatever the user is called already.
    pub names: Vec<Name>,
}

impl Command for CheckContactCode {
    type Answer = Provable;
    const NAME: &'static str = "user.check_contact_code";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Provable, Error> {
        let user = session::check(cx, &self.proof)?;
        let address = code::check(cx, user.sub.as_str(), CodePurpose::proving(self.contact), &self.macs)?;
        Ok(Provable { address, names: store::names(cx.sql, &user.sub)? })
    }
}

/// Takes the code: its address is the user's now, and proven.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerifyContact {
    pub proof: Proof,
    pub contact: Contact,
    pub macs: Vec<String>,
    /// What the code proves, by [`CheckContactCode`].
    pub address: String,
    /// The name that the address becomes, by where it lives. One elsewhere is claimed already.
    pub here: Vec<Name>,
    pub elsewhere: Vec<Name>,
    /// The name that it is already: nobody claims it anew.
    pub kept: Vec<Name>,
    pub operation: String,
    pub placement: Placement,
}

impl Command for VerifyContact {
    type Answer = Registered;
    const NAME: &'static str = "user.verify_contact";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Registered, Error> {
        let user = session::check(cx, &self.proof)?;
        let purpose = CodePurpose::proving(self.contact);
        if code::check(cx, user.sub.as_str(), purpose, &self.macs)? != self.address {
            return Err(Refusal::Busy.into());
        }
        if let Some(other) = claim::contested(cx.sql, self.placement, &user.sub, &self.here)? {
            return Ok(Registered::Contested(other));
        }
        for name in &self.kept {
            // Given up meanwhile, so it may be somebody else's: the next try claims it.
            if !store::holds(cx.sql, &user.sub, name)? {
                return Err(Refusal::Busy.into());
            }
        }
        code::delete(cx.sql, user.sub.as_str(), purpose)?;
        match hold(cx, &user, &self.here, &self.elsewhere, &self.operation, self.placement)? {
            Registered::Done(_) => {}
            // Nothing of this may stand: the code must still work for the retry.
            Registered::NameHeld { name, .. } => {
                return Err(Refusal::AliasTaken { name: name.kind.label().into() }.into());
            }
            Registered::Contested(_) => return Err(Refusal::Busy.into()),
        }
        let proven = BTreeMap::from([
            (self.contact.attribute().to_owned(), self.address),
            (self.contact.verified_attribute().to_owned(), "true".to_owned()),
        ]);
        attributes::write(cx, &user, &proven, &[], &[&self.here, &self.elsewhere, &self.kept])
    }
}
