//! Every sentence a page shows, per language.
//!
//! [`Message`] is what the service says to a person, by meaning; [`Label`] is what the pages say by themselves. A
//! language is one file with one exhaustive `match` for each, so a sentence that is missing does not compile.

mod en;
mod label;
mod message;
mod pick;
mod pseudo;

use std::borrow::Cow;

pub use label::{Label, Name};
pub use message::{Medium, Message, Rule};
pub use pick::Wish;

/// A language the pages speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    English,
    /// English in accents and a third longer, to find what is clipped or not translated. Only ever by asking for it.
    Pseudo,
}

impl Lang {
    pub const ALL: &[Lang] = &[Lang::English, Lang::Pseudo];

    /// The BCP 47 tag, for `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::English => "en",
            Lang::Pseudo => "en-XA",
        }
    }

    /// The direction of writing, for `<html dir>`.
    pub const fn direction(self) -> &'static str {
        match self {
            Lang::English | Lang::Pseudo => "ltr",
        }
    }

    pub fn label(self, label: Label) -> Cow<'static, str> {
        match self {
            Lang::English => en::label(label).into(),
            Lang::Pseudo => pseudo::stretched(en::label(label)).into(),
        }
    }

    pub fn message(self, message: &Message) -> Cow<'static, str> {
        match self {
            Lang::English => en::message(message),
            Lang::Pseudo => pseudo::stretched(&en::message(message)).into(),
        }
    }

    /// One rule for a new password, as a line in a list.
    pub fn rule(self, rule: Rule) -> Cow<'static, str> {
        match self {
            Lang::English => en::rule(rule),
            Lang::Pseudo => pseudo::stretched(&en::rule(rule)).into(),
        }
    }

    /// What a user attribute is called, by its Cognito name; a custom one goes by its own.
    pub fn attribute(self, name: &str) -> Cow<'static, str> {
        let known = en::attribute(name).map_or_else(|| own_name(name).into(), Cow::Borrowed);
        match self {
            Lang::English => known,
            Lang::Pseudo => pseudo::stretched(&known).into(),
        }
    }
}

fn own_name(attribute: &str) -> String {
    let name = attribute.strip_prefix("custom:").unwrap_or(attribute).replace('_', " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Cuts a sentence at its `{}`, for a name that is set in an element of its own.
pub(crate) fn around(sentence: &str) -> (String, String) {
    let (before, after) = sentence.split_once("{}").unwrap_or((sentence, ""));
    (before.to_owned(), after.to_owned())
}
