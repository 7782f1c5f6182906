//! What one page leaves for the next: whose form it is and what went well. Sealed in a cookie, so that no name of a
//! person stands in an address, and nobody can put words into our pages.

use crate::edge::Edge;
use app::text::{Medium, Message};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::pool::{Contact, UserPool};
use domain::random::Random;
use domain::seal::{KeyRing, Place, Purpose};
use serde::{Deserialize, Serialize};

/// Seconds it is kept: time to look for a code.
pub(crate) const LIVES: i64 = 900;
/// More than any takes, in characters.
const LONGEST: usize = 3_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flash {
    /// The page it is for: `/login`, `/confirmUser`, `/confirmForgotPassword`.
    pub(crate) page: String,
    pub(crate) username: String,
    pub(crate) notice: Option<Notice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Notice {
    /// To a masked address.
    Sent(Contact, String),
    SentIfKnown,
    NotConfirmed,
    Confirmed,
    PasswordChanged,
}

impl Notice {
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::Sent(contact, to) => Message::CodeSent {
                medium: match contact {
                    Contact::Email => Medium::Email,
                    Contact::PhoneNumber => Medium::Sms,
                },
                to: to.clone(),
            },
            Self::SentIfKnown => Message::CodeSentIfKnown,
            Self::NotConfirmed => Message::NotConfirmed,
            Self::Confirmed => Message::Confirmed,
            Self::PasswordChanged => Message::PasswordChanged,
        }
    }
}

impl Flash {
    pub(crate) fn seal(&self, edge: &Edge, pool: &UserPool) -> String {
        self.seal_with(&edge.settings().keys, pool.id.as_str(), edge.platform.random())
    }

    fn seal_with(&self, keys: &KeyRing, pool: &str, random: &dyn Random) -> String {
        let plain = serde_json::to_vec(self).unwrap_or_default();
        let text = URL_SAFE_NO_PAD.encode(keys.seal(place(pool), &plain, random));
        // A cookie has room for 4 KiB; an endless name is not worth carrying.
        if text.len() <= LONGEST { text } else { String::new() }
    }

    /// What was left for this page.
    pub(crate) fn open(edge: &Edge, pool: &UserPool, page: &str, text: &str) -> Option<Self> {
        Self::open_with(&edge.settings().keys, pool.id.as_str(), page, text)
    }

    fn open_with(keys: &KeyRing, pool: &str, page: &str, text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let plain = keys.open(place(pool), &URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        serde_json::from_slice(&plain).ok().filter(|flash: &Self| flash.page == page)
    }
}

const fn place(pool: &str) -> Place<'_> {
    Place::new(Purpose::Cookie, pool, "", "flash")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing::Counting;

    #[test]
    fn a_flash_is_read_by_its_own_page_of_its_own_pool() {
        let keys = KeyRing::new(&[1; 32], &[]).unwrap();
        let flash = Flash {
            page: "/confirmUser".into(),
            username: "ada@example.com".into(),
            notice: Some(Notice::Sent(Contact::Email, "a***@e***".into())),
        };
        let text = flash.seal_with(&keys, "pool", &Counting::default());
        assert!(!text.contains("ada"));
        assert_eq!(Flash::open_with(&keys, "pool", "/confirmUser", &text), Some(flash));
        assert_eq!(Flash::open_with(&keys, "pool", "/login", &text), None);
        assert_eq!(Flash::open_with(&keys, "other", "/confirmUser", &text), None);
        assert_eq!(Flash::open_with(&keys, "pool", "/confirmUser", "x"), None);
    }

    #[test]
    fn a_name_too_long_for_a_cookie_is_not_carried() {
        let keys = KeyRing::new(&[1; 32], &[]).unwrap();
        let flash = Flash { page: "/login".into(), username: "a".repeat(5_000), notice: None };
        assert_eq!(flash.seal_with(&keys, "pool", &Counting::default()), "");
    }
}
