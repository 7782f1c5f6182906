use super::confirm::hold;
use super::{CodePurpose, Located, Name, Registered, User, Who, claim, code, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Placement;
use crate::pool::Contact;
use crate::session::{self, Proof};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person changes their own attributes. The Worker has checked the schema and the client's rights.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetAttributes {
    pub proof: Proof,
    pub attributes: BTreeMap<String, String>,
    /// Attributes taken away: an empty value does that.
    pub removed: Vec<String>,
    /// Contacts whose new value is not proven: the code's MAC for each, and whether the old value stays until it is.
    pub unproven: Vec<Unproven>,
    /// Names that follow from the new values without proof (preferred username, contacts that are the username).
    pub here: Vec<Name>,
    pub elsewhere: Vec<Name>,
    /// Names that follow from the new values as they did from the old: nobody claims them anew.
    #[serde(default)]
    pub kept: Vec<Name>,
    pub operation: String,
    pub placement: Placement,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Unproven {
    pub contact: Contact,
    /// `None` when no code is sent.
    pub mac: Option<String>,
    /// The old value stays until the code is answered.
    pub deferred: bool,
}

impl Command for SetAttributes {
    type Answer = Registered;
    const NAME: &'static str = "user.set_attributes";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Registered, Error> {
        let user = session::check(cx, &self.proof)?;
        if let Some(other) = claim::contested(cx.sql, self.placement, &user.sub, &self.here)? {
            return Ok(Registered::Contested(other));
        }
        for name in &self.kept {
            // Given up meanwhile, so it may be somebody else's: the next try claims it.
            if !store::holds(cx.sql, &user.sub, name)? {
                return Err(Refusal::Busy.into());
            }
        }
        let mut attributes = self.attributes;
        let mut codes = Vec::new();
        for contact in Contact::ALL {
            let name = contact.attribute();
            let changes = attributes.get(name).is_some_and(|new| user.attribute(name) != Some(new.as_str()));
            // Changed meanwhile, so that what was no change is one now, and would stand unproven: the next try proves it.
            if changes && !self.unproven.iter().any(|change| change.contact == contact) {
                return Err(Refusal::Busy.into());
            }
        }
        for change in &self.unproven {
            let name = change.contact.attribute();
            let Some(value) = attributes.get(name).cloned() else { continue };
            if user.attribute(name) == Some(value.as_str()) {
                attributes.remove(name);
                continue;
            }
            if let Some(mac) = &change.mac {
                let purpose = CodePurpose::proving(change.contact);
                code::ask(cx, user.sub.as_str(), purpose)?;
                codes.push((purpose, mac, value));
            }
            if change.deferred {
                attributes.remove(name);
            } else {
                attributes.insert(change.contact.verified_attribute().into(), "false".into());
            }
        }
        match hold(cx, &user, &self.here, &self.elsewhere, &self.operation, self.placement)? {
            Registered::Done(_) => {}
            Registered::NameHeld { name, .. } => {
                return Err(Refusal::AliasTaken { name: name.kind.label().into() }.into());
            }
            Registered::Contested(_) => return Err(Refusal::Busy.into()),
        }
        let names: [&[Name]; 3] = [&self.here, &self.elsewhere, &self.kept];
        let written = write(cx, &user, &attributes, &self.removed, &names)?;
        for (purpose, mac, address) in codes {
            code::put(cx, user.sub.as_str(), purpose, mac, &address)?;
        }
        Ok(written)
    }
}

/// An administrator changes anyone's attributes; names are settled by the flow as at registration.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdminSetAttributes {
    pub who: Who,
    pub attributes: BTreeMap<String, String>,
    pub removed: Vec<String>,
    pub here: Vec<Name>,
    pub elsewhere: Vec<Name>,
    pub operation: String,
    pub placement: Placement,
}

impl Command for AdminSetAttributes {
    type Answer = Located<Registered>;
    const NAME: &'static str = "user.admin_set_attributes";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<Registered>, Error> {
        let user: User = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => return Ok(Located::Missing),
            store::At::Here(row) => row.user,
        };
        if let Some(other) = claim::contested(cx.sql, self.placement, &user.sub, &self.here)? {
            return Ok(Located::Here(Registered::Contested(other)));
        }
        match hold(cx, &user, &self.here, &self.elsewhere, &self.operation, self.placement)? {
            Registered::Done(_) => {}
            Registered::NameHeld { name, .. } => {
                return Err(Refusal::AliasTaken { name: name.kind.label().into() }.into());
            }
            Registered::Contested(_) => return Err(Refusal::Busy.into()),
        }
        write(cx, &user, &self.attributes, &self.removed, &[&self.here, &self.elsewhere]).map(Located::Here)
    }
}

/// Writes attributes, and takes away the names and the codes that went with the old values: a code that lives proves the
/// address as it stands, or one that waits to be proven.
pub(super) fn write(
    cx: &mut Context<'_>,
    user: &User,
    attributes: &BTreeMap<String, String>,
    removed: &[String],
    given: &[&[Name]],
) -> Result<Registered, Error> {
    let sub = &user.sub;
    // A name that came from an attribute goes with its value; a claim on another shard is left to the next who wants it.
    for name in store::names(cx.sql, sub)? {
        let label = name.kind.label();
        let changed = attributes.get(label).is_some_and(|new| user.attribute(label) != Some(new.as_str()))
            || removed.iter().any(|gone| gone == label);
        if changed && !given.iter().any(|names| names.contains(&name)) {
            store::delete_name(cx.sql, sub, &name)?;
            claim::release_of(cx.sql, sub, &name)?;
        }
    }
    for contact in Contact::ALL {
        let name = contact.attribute();
        let changed = attributes.get(name).is_some_and(|new| user.attribute(name) != Some(new.as_str()));
        if changed || removed.iter().any(|gone| gone == name) {
            code::delete(cx.sql, sub.as_str(), CodePurpose::proving(contact))?;
        }
    }
    for (name, value) in attributes {
        store::set_attribute(cx.sql, sub, name, value)?;
    }
    for name in removed {
        store::delete_attribute(cx.sql, sub, name)?;
        // What was proven was that value: the next one starts anew.
        if let Some(contact) = Contact::of_attribute(name) {
            store::delete_attribute(cx.sql, sub, contact.verified_attribute())?;
        }
    }
    store::touch(cx.sql, sub, cx.now)?;
    let names: Vec<_> = attributes.keys().chain(removed).collect();
    cx.event("user.attributes_set", sub.as_str(), &names);
    let user = store::find(cx.sql, sub)?.ok_or(Refusal::UserNotFound)?.user;
    Ok(Registered::Done(user))
}
