//! What a person typed, tidied up.

use super::{Leaf, problem};
use crate::flow::attribute::{is_email, is_phone};
use crate::path::Pairs;
use app::page::{Field, Problem};
use app::text::{Message, Name};
use domain::pool::{Alias, Contact, PasswordPolicy, UserPool};
use std::collections::BTreeMap;

/// The longest name or attribute taken from a form, in characters.
const LONGEST: usize = 2_048;

#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) code: String,
    /// The challenge's session, which the page carried.
    pub(super) session: String,
    /// By name, of those that came.
    pub(super) attributes: BTreeMap<String, String>,
    /// What the page says besides.
    pub(super) notice: Option<Message>,
}

impl Typed {
    pub(super) fn read(pool: &UserPool, form: &Pairs) -> Self {
        let value = |name: &str| form.all(name).next().unwrap_or_default();
        let short = |text: &str| text.trim().chars().take(LONGEST).collect::<String>();
        let attributes = form
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("attribute.")?, short(value))))
            .map(|(name, value)| {
                let value = if name == "phone_number" { phone(&value) } else { value };
                (name.to_owned(), value)
            })
            .collect();
        let username = short(value("username"));
        Self {
            username: if takes_phones(pool) { phone(&username) } else { username },
            // Taken as typed: a space at the end may be part of it.
            password: value("password").to_owned(),
            code: short(value("code")),
            session: value("session").to_owned(),
            attributes,
            notice: None,
        }
    }

    /// What can be seen to be wrong with the attributes that a page asks for, each with whether it has to be there.
    pub(super) fn wrong_attributes<'a>(
        &self,
        asked: impl IntoIterator<Item = (&'a str, bool)>,
    ) -> Vec<Problem> {
        let wrong = |(name, required): (&str, bool)| {
            let value = self.attributes.get(name).map_or("", String::as_str);
            let message = match name {
                _ if value.is_empty() && required => Message::MissingAttribute(name.to_owned()),
                _ if value.is_empty() => return None,
                "email" if !is_email(value) => Message::BadEmail,
                "phone_number" if !is_phone(value) => Message::BadPhone,
                _ => return None,
            };
            Some(Problem::at(Field::Attribute(name.to_owned()), message))
        };
        asked.into_iter().filter_map(wrong).collect()
    }

    /// What can be seen to be wrong with a new password.
    pub(super) fn wrong_password(&self, policy: &PasswordPolicy) -> Vec<Problem> {
        if self.password.is_empty() {
            return vec![Problem::at(Field::Password, Message::MissingPassword)];
        }
        problem::weak(policy, &self.password)
    }

    /// The fields of a page that were left empty; `name` is what it takes as one.
    pub(super) fn missing(&self, leaf: Leaf, name: Name) -> Vec<Problem> {
        let name = (&self.username, Field::Username, Message::MissingName(name));
        let password = (&self.password, Field::Password, Message::MissingPassword);
        let code = (&self.code, Field::Code, Message::MissingCode);
        let asked = match leaf {
            Leaf::Login => vec![name, password],
            Leaf::ConfirmUser => vec![name, code],
            Leaf::ResendCode | Leaf::ForgotPassword => vec![name],
            Leaf::ConfirmForgotPassword => vec![name, code, password],
            // These say all that is wrong with a form at once.
            Leaf::SignUp | Leaf::ChangePassword => vec![],
        };
        asked
            .into_iter()
            .filter(|(value, ..)| value.is_empty())
            .map(|(_, field, message)| Problem::at(field, message))
            .collect()
    }
}

/// Fields without their values.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").field("attributes", &self.attributes.keys()).finish_non_exhaustive()
    }
}

fn takes_phones(pool: &UserPool) -> bool {
    pool.settings.username_attributes.contains(&Contact::PhoneNumber)
        || pool.settings.aliases.contains(&Alias::PhoneNumber)
}

/// A phone number without what people put between its digits; anything else as it is.
fn phone(text: &str) -> String {
    let between = |c: char| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}');
    match text.strip_prefix('+') {
        Some(rest) if rest.chars().all(|c| c.is_ascii_digit() || between(c)) => {
            text.chars().filter(|c| !between(*c)).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_taken_as_people_write_it() {
        assert_eq!(phone("+44 20 7946-0123"), "+442079460123");
        assert_eq!(phone("+1 (555) 010.9999"), "+15550109999");
        assert_eq!(phone("ada lovelace"), "ada lovelace");
        assert_eq!(phone("+ada"), "+ada");
    }

    #[test]
    fn every_empty_field_is_named_at_once() {
        let typed = Typed { username: "ada".into(), ..Typed::default() };
        let fields =
            |leaf| typed.missing(leaf, Name::EMAIL).into_iter().filter_map(|p| p.field).collect::<Vec<_>>();
        assert_eq!(fields(Leaf::Login), [Field::Password]);
        assert_eq!(fields(Leaf::ConfirmForgotPassword), [Field::Code, Field::Password]);
        assert!(fields(Leaf::ForgotPassword).is_empty());
        assert!(!format!("{typed:?}").contains("ada"));
    }
}
