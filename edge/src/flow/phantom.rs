//! What a name looks like that nobody has: where such a user would live, whose budgets they spend, where their codes
//! would go. All of it a function of the name, so that asking twice does not tell.

use super::attribute;
use super::message::Delivery;
use crate::edge::Edge;
use domain::id::{Placement, Sub, hex};
use domain::pool::{Alias, Contact, UserPool};
use domain::seal::{self, Purpose};
use domain::user::{Name, NameKind, User};

/// One in so many of these names is the preferred one of a user who lives on another shard.
const PREFERRED: u8 = 2;
/// One in so many people has changed the contact that is their username.
const MOVED: u8 = 16;

/// First letters as often as names and mail hosts begin with them.
const NAMES: &str = "aaaaabbbccccdddeeefffgghhiijjjjjjjkkklllmmmmmmnnnooppqrrrrssssssttttuvvwwxyz";
const HOSTS: &str = "abccdefggggggggghhhhiiklmmmnooooprstuvwxyyyyyz";

/// Whose budgets a name spends that nobody has.
pub(super) fn subject(edge: &Edge, pool: &UserPool, text: &str) -> String {
    format!("?{}", hex(&mac(edge, pool, text, "")))
}

/// The sub that a name would have which nobody has.
pub(super) fn sub(edge: &Edge, pool: &UserPool, text: &str) -> Sub {
    Placement::phantom_sub(&mac(edge, pool, text, ""))
}

/// Whether the user of this name would live on the shard of another. Usernames live where their users do. An alias does
/// not, and where a name may be either, or may have been changed, chance decides once and for all.
pub(super) fn lives_elsewhere(edge: &Edge, pool: &UserPool, text: &str) -> bool {
    let chance = |of: u8| byte(edge, pool, text, "home").is_multiple_of(of);
    if !pool.settings.username_attributes.is_empty() {
        return chance(MOVED);
    }
    let alias = |alias| pool.settings.aliases.contains(&alias);
    (alias(Alias::Email) && attribute::is_email(text))
        || (alias(Alias::PhoneNumber) && attribute::is_phone(text))
        || (alias(Alias::PreferredUsername) && chance(PREFERRED))
}

/// Where a code would have gone that was not sent: to the first of `ways` that the account has. Of a name nobody has, an
/// account is made up that could be one of the pool's.
pub(crate) fn delivery(
    edge: &Edge,
    pool: &UserPool,
    user: Option<&User>,
    text: &str,
    ways: &[Contact],
) -> Delivery {
    let has = |contact: &Contact| match user {
        Some(user) => user.attribute(contact.attribute()).is_some(),
        None => {
            is(*contact, text)
                || pool.settings.required().any(|name| name == contact.attribute())
                || byte(edge, pool, text, contact.attribute()).is_multiple_of(2)
        }
    };
    let way = ways.iter().find(|way| has(way)).or(ways.last());
    let contact = way.copied().unwrap_or(Contact::Email);
    match user.and_then(|user| user.attribute(contact.attribute())) {
        Some(address) => Delivery::to(contact, address),
        None if is(contact, text) => Delivery::to(contact, text),
        None => Delivery::to(contact, &address(edge, pool, text, contact)),
    }
}

fn is(contact: Contact, text: &str) -> bool {
    match contact {
        Contact::Email => attribute::is_email(text),
        Contact::PhoneNumber => attribute::is_phone(text),
    }
}

fn address(edge: &Edge, pool: &UserPool, text: &str, contact: Contact) -> String {
    let drawn = mac(edge, pool, text, "address");
    let mut drawn = drawn.chunks(2).map(|two| two.iter().fold(0, |all, byte| all << 8 | usize::from(*byte)));
    let mut one_of = |letters: &str| {
        let at = drawn.next().unwrap_or(0) % letters.len().max(1);
        letters.chars().nth(at).unwrap_or('a')
    };
    match contact {
        Contact::Email => format!("{}@{}", one_of(NAMES), one_of(HOSTS)),
        Contact::PhoneNumber => (0..4).map(|_| one_of("0123456789")).collect(),
    }
}

fn byte(edge: &Edge, pool: &UserPool, text: &str, about: &str) -> u8 {
    let [first, ..] = mac(edge, pool, text, about);
    first
}

fn mac(edge: &Edge, pool: &UserPool, text: &str, about: &str) -> [u8; 32] {
    let key = edge.settings().keys.derive(Purpose::Phantom, &[pool.id.as_str()]);
    let name = Name::new(pool, NameKind::Username, text).key;
    if about.is_empty() {
        return seal::mac(&key, &[name.as_bytes()]);
    }
    seal::mac(&key, &[about.as_bytes(), name.as_bytes()])
}
