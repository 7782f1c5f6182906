//! Sign-up: a person makes their own account, and is sent a code that proves a contact of theirs.

use super::attribute::{self, Stage};
use super::claim::{self, Names};
use super::locate;
use super::message::{self, Delivery, Drawn};
use super::password::{self, Place};
use crate::edge::Edge;
use domain::error::{Error, Flaw, Refusal, invalid, invalid_attribute};
use domain::id::Sub;
use domain::pool::{Client, Contact, UserPool};
use domain::user::{
    CodePurpose, FindUser, Located, Name, NameKind, NewPassword, PutFirstCode, Register, Registered, Status,
    User,
};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a person brings.
#[derive(Clone, Debug)]
pub(crate) struct SignUp {
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub(crate) struct SignedUp {
    pub(crate) user: User,
    /// `None` when the pool verifies nothing, or the person brought nothing to verify.
    pub(crate) delivery: Option<Delivery>,
}

/// What a new user is called and what they may sign in with at once.
pub(crate) struct Naming {
    pub(crate) sub: Sub,
    pub(crate) username: String,
    pub(crate) names: Vec<Name>,
    /// The contact that the username is, in a pool where contacts are usernames.
    pub(crate) contact: Option<Contact>,
}

/// Works out a new user's names from what was typed.
pub(crate) fn naming(edge: &Edge, pool: &UserPool, typed: &str) -> Result<Naming, Error> {
    let sub = pool.placement.draw_sub(pool.placement.of_name(typed), edge.platform.random());
    let by_contact = &pool.settings.username_attributes;
    if by_contact.is_empty() {
        if let Some(message) = attribute::like_a_contact(pool, "Username", typed) {
            return Err(invalid(message));
        }
        let names = vec![Name::new(pool, NameKind::Username, typed)];
        return Ok(Naming { sub, username: typed.to_owned(), names, contact: None });
    }
    let contact = if by_contact.contains(&Contact::Email) && attribute::is_email(typed) {
        Contact::Email
    } else if by_contact.contains(&Contact::PhoneNumber) && attribute::is_phone(typed) {
        Contact::PhoneNumber
    } else {
        return Err(invalid(match by_contact.as_slice() {
            [Contact::Email] => "Username should be an email.",
            [Contact::PhoneNumber] => "Username should be a phone number.",
            _ => "Username should be either an email or a phone number.",
        }));
    };
    let names = vec![Name::new(pool, NameKind::from(contact.alias()), typed)];
    Ok(Naming { username: sub.to_string(), sub, names, contact: Some(contact) })
}

impl Naming {
    /// The new user's attributes: where a contact is the username it is among them, and no other of its kind. Else a
    /// person could prove an address of theirs, and sign in with one that they never proved.
    pub(crate) fn attributes(
        &self,
        pool: &UserPool,
        typed: &str,
        mut given: BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Error> {
        given.retain(|_, value| !value.is_empty());
        if let Some(contact) = self.contact {
            let (name, kind) = (contact.attribute(), NameKind::from(contact.alias()));
            let value = given.entry(name.into()).or_insert_with(|| typed.to_owned());
            if Name::new(pool, kind, value) != Name::new(pool, kind, typed) {
                let message = format!(
                    "User {name} should be empty or same as username, since username attribute is {name}"
                );
                return Err(invalid_attribute(name, Flaw::Rule, message));
            }
        }
        Ok(given)
    }
}

/// Where a code goes first, as AWS does.
pub(super) const CODE_ORDER: [Contact; 2] = [Contact::PhoneNumber, Contact::Email];

/// Where a code for this user would go: the first auto-verified contact that is there and not proven.
pub(super) fn code_contact(pool: &UserPool, user: &User) -> Option<(Contact, String)> {
    CODE_ORDER
        .into_iter()
        .filter(|contact| pool.settings.auto_verified.contains(contact) && !user.verified(*contact))
        .find_map(|contact| Some((contact, user.attribute(contact.attribute())?.to_owned())))
}

pub(crate) async fn sign_up(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    ask: SignUp,
) -> Result<SignedUp, Error> {
    if pool.settings.admin_only {
        return Err(Refusal::SignUpClosed.into());
    }
    let naming = naming(edge, pool, &ask.username)?;
    let attributes = naming.attributes(pool, &ask.username, ask.attributes)?;
    attribute::check(pool, Some(client), &attributes, Stage::New)?;
    attribute::check_unconfirmed(pool, &attributes)?;
    password::check_policy(&pool.settings.password, &ask.password)?;
    let user = User {
        sub: naming.sub,
        username: naming.username,
        status: Status::Unconfirmed,
        enabled: true,
        created: 0,
        modified: 0,
        attributes,
    };
    // Whoever cannot be sent their code must not have an account that waits for it.
    if code_contact(pool, &user).is_some() {
        message::ready(edge)?;
    }
    let place = Place::take(edge)?;
    // A taken name is refused before anything is hashed, whatever it is to whoever has it.
    let home = pool.placement.of_sub(&user.sub);
    let who = locate::named(edge, pool, &ask.username).who;
    match edge.call_shard(pool, home, |_| FindUser { who: who.clone() }).await {
        Ok(Located::Here(_)) => return Err(Refusal::UsernameTaken.into()),
        Ok(_) | Err(Error::Refused(Refusal::UserNotFound)) => {}
        Err(error) => return Err(error),
    }
    let hash = password::hash(edge, &place, &ask.password)?;
    drop(place);
    let (edge, pool) = (edge.clone(), Rc::clone(pool));
    let work = edge.clone();
    work.to_the_end(async move {
        let password = Some(NewPassword { hash, lives: None });
        let user = register(&edge, &pool, user, password, naming.names).await?;
        let delivery = match code_contact(&pool, &user) {
            Some((contact, address)) => Some(send_code(&edge, &pool, &user, contact, &address).await?),
            None => None,
        };
        Ok(SignedUp { user, delivery })
    })
    .await
}

/// Writes a new user with all their names.
pub(crate) async fn register(
    edge: &Edge,
    pool: &Rc<UserPool>,
    user: User,
    password: Option<NewPassword>,
    names: Vec<Name>,
) -> Result<User, Error> {
    let home = pool.placement.of_sub(&user.sub);
    let names = Names::split(edge, pool, home, names);
    let command = |pool: &UserPool| Register {
        user: user.clone(),
        password: password.clone(),
        here: names.here.clone(),
        elsewhere: names.elsewhere.clone(),
        operation: names.operation.clone(),
        placement: pool.placement,
    };
    claim::holding(edge, pool, &user.sub, &names, async || {
        for _ in 0..3 {
            match edge.call_shard(pool, home, command).await? {
                Registered::Done(user) => return Ok(user),
                Registered::NameHeld { name, .. } => return Err(taken(pool, &name)),
                Registered::Contested(other) => {
                    if !claim::clear(edge, pool, &other).await? {
                        return Err(taken(pool, names.against(&other)));
                    }
                }
            }
        }
        Err(Refusal::Busy.into())
    })
    .await
}

/// What it means that a new user's name is taken: where contacts are usernames, the username is.
fn taken(pool: &UserPool, name: &Name) -> Error {
    let is_username = name.kind == NameKind::Username
        || pool.settings.username_attributes.iter().any(|c| NameKind::from(c.alias()) == name.kind);
    if is_username {
        Refusal::UsernameTaken.into()
    } else {
        Refusal::AliasTaken { name: name.kind.label().into() }.into()
    }
}

async fn send_code(
    edge: &Edge,
    pool: &Rc<UserPool>,
    user: &User,
    contact: Contact,
    address: &str,
) -> Result<Delivery, Error> {
    let sub = &user.sub;
    let Drawn { code, mac, detail } =
        message::draw(edge, pool, sub.as_str(), CodePurpose::SignUp, Some(contact));
    let put = |_: &UserPool| PutFirstCode { sub: sub.clone(), mac: mac.clone(), detail: detail.clone() };
    edge.call_shard(pool, pool.placement.of_sub(sub), put).await?;
    message::send(edge, message::with_code(pool, contact, CodePurpose::SignUp, address, &code)).await?;
    Ok(Delivery::to(contact, address))
}
