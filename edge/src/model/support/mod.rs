//! Which parameters of the built operations we honour.
//!
//! A parameter is never dropped: it is honoured, or it cannot change the answer, or it is refused by name. One
//! entry an operation, one rule a member, nested ones included; a test walks the model and finds the member
//! that has none. An operation is built when it has an entry here.

mod iam;
mod identity;
mod idp;
mod pool;
mod sts;

use std::fmt;

use serde_json::Value;

use super::Service;

/// A built operation and the rules for its input.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) input: &'static [Rule],
}

/// What becomes of one member, or of one key of a map; a name that ends in `*` stands for all that begin so.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) member: &'static str,
    pub(super) stance: Stance,
}

/// What becomes of a value. In a list, of each of its elements.
#[derive(Debug)]
pub(super) enum Stance {
    Honoured,
    /// Rules for the members below.
    Within(&'static [Rule]),
    /// Only these values: what we do anyway, or the part of an enumeration that we honour.
    Only(&'static [Plain], &'static str),
    /// Stored or ignored: it only feeds what is off.
    Inert,
    Refused(&'static str),
}

/// A value to compare with.
#[derive(Debug)]
pub(super) enum Plain {
    /// `{}`, `[]` or `""`.
    Empty,
    Is(bool),
    Number(i32),
    Text(&'static str),
}

/// A parameter that we would not honour. Displays as the message of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// From the top of the input, without places in lists: `Policies.PasswordPolicy.PasswordHistorySize`.
    pub member: String,
    pub reason: &'static str,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parameter `{}` is not supported by Tidegate yet: {}", self.member, self.reason)
    }
}

impl std::error::Error for Unsupported {}

/// Sent along by SDKs with operations that do not have them, too; the triggers and analytics they feed are off.
const INERT_ANYWHERE: [&str; 3] = ["AnalyticsMetadata", "ClientMetadata", "UserContextData"];
const UNKNOWN: &str = "no such parameter is known";
/// Characters of a client's own parameter name that are echoed.
const MAX_ECHO: usize = 64;

pub(super) fn built(service: Service) -> &'static [Entry] {
    match service {
        Service::Idp => idp::BUILT,
        Service::Identity => identity::BUILT,
        Service::Sync => &[],
        Service::Sts => sts::BUILT,
        Service::Iam => iam::BUILT,
    }
}

pub(super) fn check(rules: &[Rule], input: &Value) -> Result<(), Unsupported> {
    let Value::Object(object) = input else { return Ok(()) };
    let rest = object.iter().filter(|(name, _)| {
        !INERT_ANYWHERE.contains(&name.as_str()) || rules.iter().any(|rule| rule.covers(name))
    });
    refusal(rules, rest).map_or(Ok(()), |(mut path, reason)| {
        path.reverse();
        Err(Unsupported { member: path.join("."), reason })
    })
}

/// The first member that is refused, as its path from the inside out.
fn refusal<'a>(
    rules: &[Rule],
    members: impl IntoIterator<Item = (&'a String, &'a Value)>,
) -> Option<(Vec<String>, &'static str)> {
    members.into_iter().filter(|(_, value)| !value.is_null()).find_map(|(name, value)| {
        let found = match rules.iter().find(|rule| rule.covers(name)) {
            Some(rule) => rule.stance.refusal(value),
            None => Some((Vec::new(), UNKNOWN)),
        };
        found.map(|(mut path, reason)| {
            path.push(name.chars().filter(|c| !c.is_control()).take(MAX_ECHO).collect());
            (path, reason)
        })
    })
}

impl Rule {
    fn covers(&self, name: &str) -> bool {
        self.member.strip_suffix('*').map_or(self.member == name, |prefix| name.starts_with(prefix))
    }
}

impl Stance {
    /// Goes no deeper than the rules do.
    fn refusal(&self, value: &Value) -> Option<(Vec<String>, &'static str)> {
        match self {
            Self::Honoured | Self::Inert => None,
            Self::Refused(reason) => Some((Vec::new(), reason)),
            Self::Only(plain, reason) => {
                (!plain.iter().any(|plain| plain.is(value))).then_some((Vec::new(), *reason))
            }
            Self::Within(rules) => match value {
                Value::Object(object) => refusal(rules, object),
                Value::Array(array) => {
                    array.iter().filter_map(Value::as_object).find_map(|object| refusal(rules, object))
                }
                _ => None,
            },
        }
    }
}

impl Plain {
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Empty, Value::Array(array)) => array.is_empty(),
            (_, Value::Array(array)) => array.iter().all(|entry| self.is(entry)),
            (Self::Empty, Value::Object(object)) => object.is_empty(),
            (Self::Empty, Value::String(text)) => text.is_empty(),
            (Self::Is(flag), Value::Bool(value)) => flag == value,
            (Self::Number(number), Value::Number(value)) => value.as_i64() == Some(i64::from(*number)),
            (Self::Text(text), Value::String(value)) => text == value,
            _ => false,
        }
    }
}

// The words the tables are written in.

const fn operation(name: &'static str, input: &'static [Rule]) -> Entry {
    Entry { name, input }
}

const fn honoured(member: &'static str) -> Rule {
    Rule { member, stance: Stance::Honoured }
}

const fn within(member: &'static str, rules: &'static [Rule]) -> Rule {
    Rule { member, stance: Stance::Within(rules) }
}

const fn only(member: &'static str, values: &'static [Plain], reason: &'static str) -> Rule {
    Rule { member, stance: Stance::Only(values, reason) }
}

/// Takes what stands for nothing: `{}`, `[]` or `""`.
const fn empty(member: &'static str, reason: &'static str) -> Rule {
    only(member, &[Plain::Empty], reason)
}

const fn inert(member: &'static str) -> Rule {
    Rule { member, stance: Stance::Inert }
}

const fn refused(member: &'static str, reason: &'static str) -> Rule {
    Rule { member, stance: Stance::Refused(reason) }
}

#[cfg(test)]
mod tests;
