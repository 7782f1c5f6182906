//! Users as administrators handle them, and what a person does to their own account with a token.

use super::attribute::{self, Stage};
use super::claim::{self, Names};
use super::locate::{self, Target};
use super::message::{self, Delivery};
use super::password::{self, Place};
use super::sign_up;
use super::token::AccessClaims;
use crate::edge::Edge;
use domain::error::{Error, Refusal, fault, invalid};
use domain::id::Sub;
use domain::pool::{Alias, Contact, UserPool};
use domain::session::{CheckToken, SignOutEverywhere};
use domain::user::{
    AdminConfirm, AdminSetPassword, BeginChange, CodePurpose, DeleteUser, EnableUser, FindUser,
    FinishPassword, Located, Name, NameKind, NewPassword, Outcome, Registered, SetAttributes, SignedIn,
    Status, Unproven, User, Who,
};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A user by any of their names; the refusal an administrator gets when there is none.
pub(crate) async fn find(edge: &Edge, pool: &Rc<UserPool>, username: &str) -> Result<User, Error> {
    let target = locate::named(edge, pool, username);
    known(locate::at_home(edge, pool, &target, |_, who| FindUser { who }).await?)
}

fn known<T>(found: Option<T>) -> Result<T, Error> {
    found.ok_or_else(|| Refusal::UserNotFound.into())
}

/// A user whom an administrator makes.
#[derive(Clone, Debug)]
pub(crate) struct Invite {
    pub(crate) username: String,
    /// `None`: one is drawn.
    pub(crate) password: Option<String>,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) delivery: InviteDelivery,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InviteDelivery {
    Suppressed,
    /// By these media, those for which there is an address.
    By(Vec<Contact>),
    /// As AWS does it where nothing is said: a text message, and nothing where there is no number.
    Usual,
}

impl InviteDelivery {
    /// Where the invitation goes; refuses where it goes somewhere and nothing can be sent, before anything is written.
    fn addresses(
        &self,
        edge: &Edge,
        attributes: &BTreeMap<String, String>,
    ) -> Result<Vec<(Contact, String)>, Error> {
        let contacts: &[Contact] = match self {
            Self::Suppressed => &[],
            Self::By(contacts) => contacts,
            Self::Usual => &[Contact::PhoneNumber],
        };
        let address = |contact: &Contact| Some((*contact, attributes.get(contact.attribute())?.clone()));
        let addresses: Vec<_> = contacts.iter().filter_map(address).collect();
        if !addresses.is_empty() {
            message::ready(edge)?;
        }
        Ok(addresses)
    }
}

/// Makes a user with a temporary password, and invites them.
pub(crate) async fn invite(edge: &Edge, pool: &Rc<UserPool>, ask: Invite) -> Result<User, Error> {
    let naming = sign_up::naming(edge, pool, &ask.username)?;
    let attributes = naming.attributes(pool, &ask.username, ask.attributes)?;
    attribute::check(pool, None, &attributes, Stage::New)?;
    let addresses = ask.delivery.addresses(edge, &attributes)?;
    let secret = ask.password.unwrap_or_else(|| password::draw(edge));
    password::check_policy(&pool.settings.password, &secret)?;
    let hash = password::hash(edge, &Place::take(edge)?, &secret)?;
    let mut names = naming.names;
    let user = User {
        sub: naming.sub,
        username: naming.username,
        status: Status::ForceChangePassword,
        enabled: true,
        created: 0,
        modified: 0,
        attributes,
    };
    names.extend(valid_aliases(pool, &user));
    let (flow, pool) = (edge.clone(), Rc::clone(pool));
    edge.to_the_end(async move {
        let password = Some(NewPassword { hash, lives: Some(temporary(&pool)) });
        let made = sign_up::register(&flow, &pool, user, password, names).await;
        let user = made.map_err(|error| match error {
            Error::Refused(Refusal::UsernameTaken) => Refusal::AccountTaken.into(),
            other => other,
        })?;
        for (contact, address) in &addresses {
            let text = message::invitation(&pool, *contact, address, &ask.username, &secret);
            message::send(&flow, text).await?;
        }
        Ok(user)
    })
    .await
}

/// The aliases that a user's attributes make valid: proven contacts, and the preferred username.
fn valid_aliases(pool: &UserPool, user: &User) -> Vec<Name> {
    pool.settings
        .aliases
        .iter()
        .filter(|alias| match alias {
            Alias::Email => user.verified(Contact::Email),
            Alias::PhoneNumber => user.verified(Contact::PhoneNumber),
            Alias::PreferredUsername => true,
        })
        .filter_map(|alias| Some(Name::new(pool, NameKind::from(*alias), user.attribute(alias.attribute())?)))
        .collect()
}

/// Sends an invited user a new temporary password: as was asked, or by whatever they have.
pub(crate) async fn invite_again(edge: &Edge, pool: &Rc<UserPool>, ask: Invite) -> Result<User, Error> {
    let user = find(edge, pool, &ask.username).await?;
    // What the user has may be said again; a change would be lost.
    if let Some((name, _)) = ask.attributes.iter().find(|(name, value)| user.attribute(name) != Some(value)) {
        return Err(invalid(format!("user.{name}: Attribute cannot be changed by MessageAction RESEND.")));
    }
    let by_email = InviteDelivery::By(vec![Contact::Email]);
    let delivery = match ask.delivery {
        InviteDelivery::Usual if user.attribute("phone_number").is_none() => &by_email,
        ref delivery => delivery,
    };
    let addresses = delivery.addresses(edge, &user.attributes)?;
    // The password that somebody has goes on working, unless another reaches them.
    if addresses.is_empty() {
        return Err(invalid("Resend not possible. The user has no address for any of the delivery mediums."));
    }
    let secret = ask.password.unwrap_or_else(|| password::draw(edge));
    password::check_policy(&pool.settings.password, &secret)?;
    let hash = password::hash(edge, &Place::take(edge)?, &secret)?;
    let (flow, pool) = (edge.clone(), Rc::clone(pool));
    edge.to_the_end(async move {
        let command = |pool: &UserPool, who| AdminSetPassword {
            who,
            password: NewPassword { hash: hash.clone(), lives: Some(temporary(pool)) },
            only_invited: true,
        };
        let home = at_home(&pool, &user.sub);
        known(locate::at_home(&flow, &pool, &home, command).await?)?;
        for (contact, address) in &addresses {
            let text = message::invitation(&pool, *contact, address, called(&pool, &user), &secret);
            message::send(&flow, text).await?;
        }
        known(locate::at_home(&flow, &pool, &home, |_, who| FindUser { who }).await?)
    })
    .await
}

/// The name a person signs in with: where contacts are the username, what is called so is the sub.
fn called<'a>(pool: &UserPool, user: &'a User) -> &'a str {
    let contact = pool.settings.username_attributes.iter().find_map(|c| user.attribute(c.attribute()));
    contact.unwrap_or(&user.username)
}

/// Seconds that a temporary password works.
fn temporary(pool: &UserPool) -> i64 {
    i64::from(pool.settings.password.temporary_days) * 86_400
}

pub(crate) async fn set_password(
    edge: &Edge,
    pool: &Rc<UserPool>,
    username: &str,
    secret: &str,
    permanent: bool,
) -> Result<(), Error> {
    password::check_policy(&pool.settings.password, secret)?;
    let hash = password::hash(edge, &Place::take(edge)?, secret)?;
    let target = locate::named(edge, pool, username);
    let command = |pool: &UserPool, who| AdminSetPassword {
        who,
        password: NewPassword { hash: hash.clone(), lives: (!permanent).then(|| temporary(pool)) },
        only_invited: false,
    };
    known(locate::at_home(edge, pool, &target, command).await?)
}

pub(crate) async fn confirm(edge: &Edge, pool: &Rc<UserPool>, username: &str) -> Result<(), Error> {
    let target = locate::named(edge, pool, username);
    known(locate::at_home(edge, pool, &target, |_, who| AdminConfirm { who }).await?).map(drop)
}

pub(crate) async fn enable(
    edge: &Edge,
    pool: &Rc<UserPool>,
    username: &str,
    enabled: bool,
) -> Result<(), Error> {
    let target = locate::named(edge, pool, username);
    known(locate::at_home(edge, pool, &target, |_, who| EnableUser { who, enabled }).await?)
}

/// Deletes by name, or by the person's own token.
pub(crate) async fn delete(
    edge: &Edge,
    pool: &Rc<UserPool>,
    username: &str,
    token: Option<&AccessClaims>,
) -> Result<(), Error> {
    let target = match token {
        Some(claims) => own(pool, claims),
        None => locate::named(edge, pool, username),
    };
    let proof = token.map(|claims| claims.proof.clone());
    let (flow, pool) = (edge.clone(), Rc::clone(pool));
    edge.to_the_end(async move {
        let command =
            |pool: &UserPool, who| DeleteUser { who, proof: proof.clone(), placement: pool.placement };
        let deleted = known(locate::at_home(&flow, &pool, &target, command).await?)?;
        claim::forsake(&flow, &pool, &deleted.sub, &deleted.elsewhere).await;
        Ok(())
    })
    .await
}

fn own(pool: &UserPool, claims: &AccessClaims) -> Target {
    at_home(pool, &claims.proof.sub)
}

fn at_home(pool: &UserPool, sub: &Sub) -> Target {
    let shard = pool.placement.of_sub(sub);
    Target { who: Who::known(sub.clone()), shard, phantom: String::new(), phantom_shard: shard }
}

/// The user behind an access token whose session stands.
pub(crate) async fn of_token(edge: &Edge, pool: &Rc<UserPool>, claims: &AccessClaims) -> Result<User, Error> {
    let shard = claims.shard(pool.placement);
    edge.call_shard(pool, shard, |_| CheckToken { proof: claims.proof.clone() }).await
}

/// Ends every session of the person behind a token.
pub(crate) async fn sign_out_everywhere(
    edge: &Edge,
    pool: &Rc<UserPool>,
    claims: &AccessClaims,
) -> Result<(), Error> {
    let command = |_: &UserPool, who| SignOutEverywhere { who, proof: Some(claims.proof.clone()) };
    known(locate::at_home(edge, pool, &own(pool, claims), command).await?)
}

/// A person changes their password, proving the old one.
pub(crate) async fn change_password(
    edge: &Edge,
    pool: &Rc<UserPool>,
    claims: &AccessClaims,
    old: &str,
    new: &str,
) -> Result<(), Error> {
    password::check_policy(&pool.settings.password, new)?;
    let place = Place::take(edge)?;
    of_token(edge, pool, claims).await?;
    let shard = claims.shard(pool.placement);
    let attempt = edge.draw_id();
    let begin = |_: &UserPool| BeginChange { sub: claims.proof.sub.clone(), attempt: attempt.clone() };
    let trying = match edge.call_shard(pool, shard, begin).await {
        Ok(Located::Here(trying)) => trying,
        Ok(Located::Elsewhere(_) | Located::Missing) => return Err(Refusal::UserNotFound.into()),
        // Locked by tries to sign in: here, too, it is one try too many.
        Err(Error::Refused(Refusal::AttemptsExceeded)) => return Err(Refusal::LimitExceeded.into()),
        Err(error) => return Err(error),
    };
    let right = password::verify(edge, &place, old, trying.hash.as_ref())?;
    let hash = if right { Some(password::hash(edge, &place, new)?) } else { None };
    drop(place);
    let finish = |_: &UserPool| FinishPassword {
        subject: trying.sub.to_string(),
        attempt: attempt.clone(),
        outcome: hash
            .as_ref()
            .map_or(Outcome::Wrong, |hash| Outcome::Change(NewPassword { hash: hash.clone(), lives: None })),
        browser: None,
    };
    match edge.call_shard(pool, shard, finish).await? {
        SignedIn::Changed => Ok(()),
        other => Err(fault(format!("a change of password that ended in {other:?}"))),
    }
}

/// A person changes their attributes. Gives where codes went.
pub(crate) async fn set_attributes(
    edge: &Edge,
    pool: &Rc<UserPool>,
    claims: &AccessClaims,
    given: BTreeMap<String, String>,
) -> Result<Vec<Delivery>, Error> {
    let (_, client) = edge.client_named(&claims.client_id).await?;
    attribute::check(pool, Some(&client), &given, Stage::Existing)?;
    let user = of_token(edge, pool, claims).await?;
    let (attributes, removed): (BTreeMap<_, _>, BTreeMap<_, _>) =
        given.into_iter().partition(|(_, value)| !value.is_empty());
    let removed: Vec<String> = removed.into_keys().collect();
    if let Some(name) = removed.iter().find(|name| pool.settings.required().any(|r| r == name.as_str())) {
        return Err(invalid(format!("user.{name}: Required attribute cannot be deleted.")));
    }
    let mut unproven = Vec::new();
    let mut codes = Vec::new();
    let mut names = Vec::new();
    for contact in Contact::ALL {
        let Some(value) = attributes.get(contact.attribute()) else { continue };
        if user.attribute(contact.attribute()) == Some(value.as_str()) {
            continue;
        }
        let verifies = pool.settings.auto_verified.contains(&contact);
        let deferred = verifies && pool.settings.verify_before_update.contains(&contact);
        let purpose = CodePurpose::proving(contact);
        let mac = verifies.then(|| {
            let code = message::draw_code(edge);
            let mac = message::code_mac(edge, pool, user.sub.as_str(), purpose, &code);
            codes.push((contact, purpose, value.clone(), code));
            mac
        });
        unproven.push(Unproven { contact, mac, deferred });
        // Where the contact is the username, the person signs in with the new one at once, as at sign-up.
        if !deferred && pool.settings.username_attributes.contains(&contact) {
            names.push(Name::new(pool, NameKind::from(contact.alias()), value));
        }
    }
    if !codes.is_empty() {
        message::ready(edge)?;
    }
    if let Some(preferred) = attributes.get("preferred_username")
        && pool.settings.aliases.contains(&Alias::PreferredUsername)
    {
        names.push(Name::new(pool, NameKind::PreferredUsername, preferred));
    }
    let is_kept = |name: &Name| {
        user.attribute(name.kind.label()).is_some_and(|old| Name::new(pool, name.kind, old) == *name)
    };
    let (kept, names): (Vec<_>, Vec<_>) = names.into_iter().partition(is_kept);
    let (flow, pool, proof) = (edge.clone(), Rc::clone(pool), claims.proof.clone());
    edge.to_the_end(async move {
        let home = pool.placement.of_sub(&user.sub);
        let names = Names::split(&flow, &pool, home, names);
        let command = |pool: &UserPool| SetAttributes {
            proof: proof.clone(),
            attributes: attributes.clone(),
            removed: removed.clone(),
            unproven: unproven.iter().map(copy).collect(),
            here: names.here.clone(),
            elsewhere: names.elsewhere.clone(),
            kept: kept.clone(),
            operation: names.operation.clone(),
            placement: pool.placement,
        };
        claim::holding(&flow, &pool, &user.sub, &names, async || {
            for _ in 0..3 {
                match flow.call_shard(&pool, home, command).await? {
                    Registered::Done(_) => return Ok(()),
                    Registered::Contested(other) => {
                        claim::dispute(&flow, &pool, &names, &other).await?;
                    }
                    other @ Registered::NameHeld { .. } => {
                        return Err(fault(format!("attributes set, but {other:?}")));
                    }
                }
            }
            Err(Refusal::Busy.into())
        })
        .await?;
        let mut deliveries = Vec::new();
        for (contact, purpose, address, code) in codes {
            message::send(&flow, message::with_code(&pool, contact, purpose, &address, &code)).await?;
            deliveries.push(Delivery::to(contact, &address));
        }
        Ok(deliveries)
    })
    .await
}

fn copy(change: &Unproven) -> Unproven {
    Unproven { contact: change.contact, mac: change.mac.clone(), deferred: change.deferred }
}
