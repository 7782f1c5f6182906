//! User attributes against the pool's schema and the client's rights.

use super::date_time;
use domain::error::{self, Error, Flaw, Refusal, invalid_attribute, nonconforming};
use domain::pool::{Alias, AttributeKind, Client, UserPool};
use std::collections::BTreeMap;

/// When attributes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// A new user: required attributes must be there.
    New,
    /// A user that exists: only what is given is looked at, and what cannot change is refused.
    Existing,
    /// A user who answers the challenge for a new password: what cannot change may be said again, or given where there is
    /// none, which the user's shard sees.
    Challenge,
}

/// Checks attributes that a person (through a client) or an administrator (without one) writes.
pub(crate) fn check(
    pool: &UserPool,
    client: Option<&Client>,
    attributes: &BTreeMap<String, String>,
    stage: Stage,
) -> Result<(), Error> {
    for (name, value) in attributes {
        let by_person = client.is_some();
        if name == "sub" || (by_person && is_ours(name)) {
            return Err(not_writable(by_person && stage != Stage::Challenge, name));
        }
        let Some(attribute) = pool.settings.attribute(name) else {
            return Err(nonconforming(name, Flaw::Rule, "Attribute does not exist in the schema."));
        };
        if by_person && (attribute.developer_only || client.is_some_and(|client| !client.writes(name))) {
            return Err(Refusal::AttributeNotWritable.into());
        }
        if stage == Stage::Existing && !attribute.mutable {
            let message = format!("user.{name}: Attribute cannot be updated.\n");
            return Err(invalid_attribute(name, Flaw::Rule, message));
        }
        check_value(name, value, attribute.kind, attribute.min, attribute.max)?;
        if name == "preferred_username"
            && pool.settings.aliases.contains(&Alias::PreferredUsername)
            && let Some(message) = like_a_contact(pool, name, value)
        {
            return Err(invalid_attribute(name, Flaw::Rule, message));
        }
    }
    if stage == Stage::New {
        // An administrator may leave required attributes for the person to bring; a person may not.
        let missing = pool.settings.required().find(|name| !attributes.contains_key(*name));
        if let (Some(name), Some(_)) = (missing, client) {
            return Err(nonconforming(name, Flaw::Missing, "The attribute is required"));
        }
    }
    Ok(())
}

/// What to say of a name of somebody's own choosing that looks like a contact where contacts are names too: that one has
/// to be proven.
pub(crate) fn like_a_contact(pool: &UserPool, called: &str, text: &str) -> Option<String> {
    let alias = |alias| pool.settings.aliases.contains(&alias);
    let what = if alias(Alias::Email) && is_email(text) {
        "email"
    } else if alias(Alias::PhoneNumber) && is_phone(text) {
        "phone number"
    } else {
        return None;
    };
    Some(format!("{called} cannot be of {what} format, since user pool is configured for {what} alias."))
}

/// Refuses what only a confirmed user may have.
pub(crate) fn check_unconfirmed(pool: &UserPool, attributes: &BTreeMap<String, String>) -> Result<(), Error> {
    match attributes.iter().find(|(name, _)| waits_for_confirmation(pool, name)) {
        Some((name, value)) => Err(error::waits_for_confirmation(name, value)),
        None => Ok(()),
    }
}

/// Whether only a confirmed user may have this: a preferred username that is a name to sign in with.
pub(crate) fn waits_for_confirmation(pool: &UserPool, name: &str) -> bool {
    name == "preferred_username" && pool.settings.aliases.contains(&Alias::PreferredUsername)
}

pub(crate) fn is_immutable(pool: &UserPool, name: &str) -> bool {
    pool.settings.attribute(name).is_some_and(|attribute| !attribute.mutable)
}

/// Whether we keep this attribute ourselves: no person writes it, through whatever client.
pub(crate) fn is_ours(name: &str) -> bool {
    matches!(name, "sub" | "email_verified" | "phone_number_verified")
}

fn not_writable(by_person: bool, name: &str) -> Error {
    if by_person {
        return Refusal::AttributeNotWritable.into();
    }
    invalid_attribute(name, Flaw::Rule, format!("Cannot modify the non-mutable attribute {name}"))
}

fn check_value(
    name: &str,
    value: &str,
    kind: AttributeKind,
    min: Option<i64>,
    max: Option<i64>,
) -> Result<(), Error> {
    // An empty value takes the attribute away, whatever it is.
    if value.is_empty() {
        return Ok(());
    }
    match kind {
        AttributeKind::String => {
            let length = i64::try_from(value.chars().count()).unwrap_or(i64::MAX);
            if max.is_some_and(|max| length > max) {
                return Err(nonconforming(
                    name,
                    Flaw::Rule,
                    &format!("String length cannot exceed {}", max.unwrap_or(0)),
                ));
            }
            if min.is_some_and(|min| length < min) {
                return Err(nonconforming(
                    name,
                    Flaw::Rule,
                    &format!("String length cannot be less than {}", min.unwrap_or(0)),
                ));
            }
        }
        AttributeKind::Number => {
            let Ok(number) = value.parse::<i64>() else {
                return Err(nonconforming(name, Flaw::Rule, "Not a number"));
            };
            if max.is_some_and(|max| number > max) || min.is_some_and(|min| number < min) {
                return Err(nonconforming(name, Flaw::Rule, "Number is out of range"));
            }
        }
        AttributeKind::Boolean if !matches!(value, "true" | "false") => {
            return Err(nonconforming(name, Flaw::Rule, "Not a boolean"));
        }
        AttributeKind::DateTime if !date_time::is_date_time(value) => {
            return Err(nonconforming(name, Flaw::Rule, "Not a date"));
        }
        AttributeKind::Boolean | AttributeKind::DateTime => {}
    }
    match name {
        "email" if !is_email(value) => {
            Err(invalid_attribute(name, Flaw::Form, "Invalid email address format."))
        }
        "phone_number" if !is_phone(value) => {
            Err(invalid_attribute(name, Flaw::Form, "Invalid phone number format."))
        }
        _ => Ok(()),
    }
}

/// One `@` with something around it and no space: whether mail arrives is what the code is for.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && !name.contains('@')
        && !host.is_empty()
        && !host.starts_with('.')
        && !host.ends_with('.')
        && text.len() <= 320
        && text
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && c != '<' && c != '>' && !is_unseen(c))
}

/// Whether a character shows as nothing and changes how its neighbours do: none belongs in an address that people compare.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// E.164: `+` and 7 to 15 digits.
pub(crate) fn is_phone(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|rest| (7..=15).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_name_and_a_host() {
        for good in ["a@b", "ann.lee+x@example.com", "é@ü.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b",
            "a@",
            "a b@c",
            "a@b@c",
            "a@.c",
            "a@c.",
            "<a@c>",
            "a@c\n",
            "\u{202e}a@b",
            "a\u{200b}@b",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_phone_number_is_e164() {
        assert!(is_phone("+15551234567"));
        for bad in ["15551234567", "+1", "+1555123456789012", "+1 555 123", ""] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
