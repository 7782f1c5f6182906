//! `/signup`: an account of one's own.

use super::typed::Typed;
use super::{Leaf, Step, confirm_user, login};
use crate::flow::attribute::{is_email, is_phone};
use crate::flow::sign_in;
use crate::flow::sign_up::{self, SignUp};
use crate::message::Response;
use crate::web::dress;
use crate::web::flash::{Flash, Notice};
use app::page::{Attribute, Field, Page, Problem};
use app::text::{Message, Name};
use domain::error::{Error, Refusal};
use domain::pool::{Client, PasswordPolicy, UserPool};
use domain::user::Status;

pub(super) const PATH: &str = "/signup";

/// The longest username, in characters.
const LONGEST_NAME: usize = 128;

pub(super) fn page(pool: &UserPool, client: &Client, typed: Typed, problems: Vec<Problem>) -> Page {
    let attributes = asked(pool, client)
        .into_iter()
        .map(|(name, required)| {
            let value = typed.attributes.get(&name).cloned().unwrap_or_default();
            Attribute { name, value, required }
        })
        .collect();
    Page::SignUp(app::page::SignUp {
        name: dress::sign_up_name(pool),
        username: typed.username,
        attributes,
        need: dress::need(&pool.settings.password),
        problems,
    })
}

pub(super) async fn post(step: &Step<'_>, mut typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    let asked = asked(&visit.pool, client);
    // What the page did not ask for, nobody may bring.
    typed.attributes.retain(|name, _| asked.iter().any(|(asked, _)| asked == name));
    let problems = look(dress::sign_up_name(&visit.pool), &asked, &visit.pool.settings.password, &typed);
    if !problems.is_empty() {
        return super::again(visit, step.ask, Leaf::SignUp, typed, problems).await;
    }
    let ask = SignUp {
        username: typed.username.clone(),
        password: typed.password.clone(),
        attributes: typed.attributes.clone(),
    };
    let signed_up = match sign_up::sign_up(edge, &visit.pool, client, ask).await {
        Ok(signed_up) => signed_up,
        Err(Error::Refused(Refusal::UsernameTaken)) if is_own(step, &typed).await => {
            return visit.onward(&Flash {
                page: confirm_user::PATH.into(),
                username: typed.username,
                notice: Some(Notice::NotConfirmed),
            });
        }
        Err(error) => return step.again(Leaf::SignUp, typed, &error).await,
    };
    let (page, notice) = match (signed_up.user.status, signed_up.delivery) {
        (Status::Confirmed, _) => (login::PATH, Notice::Confirmed),
        (_, Some(delivery)) => (confirm_user::PATH, Notice::Sent(delivery.contact, delivery.destination)),
        (_, None) => (confirm_user::PATH, Notice::NotConfirmed),
    };
    visit.onward(&Flash { page: page.into(), username: typed.username, notice: Some(notice) })
}

/// Whether the account that has this name already is the person's own, not confirmed yet: made by this very form, which
/// was sent twice, or once before and forgotten. Whoever knows its password is told, as on the sign-in page.
async fn is_own(step: &Step<'_>, typed: &Typed) -> bool {
    let Step { visit, edge, client, .. } = step;
    let proven = sign_in::prove(edge, &visit.pool, client, &typed.username, &typed.password).await;
    matches!(proven, Err(Error::Refused(Refusal::UserNotConfirmed)))
}

/// The attributes a new person is asked for, and whether each has to be there: those the pool requires, and those it
/// sends codes to. Where a contact is the username, it is not asked for twice.
fn asked(pool: &UserPool, client: &Client) -> Vec<(String, bool)> {
    let settings = &pool.settings;
    let contacts = &settings.username_attributes;
    let is_username = |name: &str| contacts.iter().any(|contact| contact.attribute() == name);
    let mut asked: Vec<(String, bool)> = Vec::new();
    for name in settings.required() {
        let open = settings.attribute(name).is_some_and(|attribute| !attribute.developer_only);
        if name == "sub" || !open || (is_username(name) && contacts.len() == 1) {
            continue;
        }
        // With a choice of contacts, the one that is typed as the name counts.
        asked.push((name.to_owned(), !is_username(name)));
    }
    for contact in &settings.auto_verified {
        let name = contact.attribute();
        if !is_username(name) && client.writes(name) && !asked.iter().any(|(asked, _)| asked == name) {
            // Without any contact to send a code to, nobody could confirm the account.
            asked.push((name.to_owned(), contacts.is_empty() && settings.auto_verified.len() == 1));
        }
    }
    asked
}

/// What can be seen to be wrong without asking anybody: all of it at once.
fn look(name: Name, asked: &[(String, bool)], policy: &PasswordPolicy, typed: &Typed) -> Vec<Problem> {
    let mut problems = Vec::new();
    let username = typed.username.as_str();
    let fits = (name.plain && is_plain(username))
        || (name.email && is_email(username))
        || (name.phone && is_phone(username));
    if !fits {
        let message = match (name.plain, name.email, name.phone) {
            _ if username.is_empty() => Message::MissingName(name),
            (false, false, true) => Message::BadPhone,
            (false, true, true) if username.starts_with('+') => Message::BadPhone,
            (false, true, _) => Message::BadEmail,
            _ => Message::BadUsername,
        };
        problems.push(Problem::at(Field::Username, message));
    }
    problems.extend(typed.wrong_attributes(asked.iter().map(|(name, required)| (name.as_str(), *required))));
    problems.extend(typed.wrong_password(policy));
    problems
}

/// AWS's pattern of a username: letters, marks, symbols, numbers and punctuation.
fn is_plain(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.chars().count())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(username: &str, attributes: &[(&str, &str)]) -> Typed {
        Typed {
            username: username.into(),
            password: "Correct-horse-7".into(),
            attributes: attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            ..Typed::default()
        }
    }

    #[test]
    fn a_name_of_the_wrong_kind_is_told_what_kind_is_wanted() {
        let policy = PasswordPolicy::default();
        let said = |name, text: &str| look(name, &[], &policy, &typed(text, &[])).pop().map(|p| p.message);
        assert_eq!(said(Name::PLAIN, "ada"), None);
        assert_eq!(said(Name::PLAIN, "ada lovelace"), Some(Message::BadUsername));
        assert_eq!(said(Name::PLAIN, &"a".repeat(129)), Some(Message::BadUsername));
        assert_eq!(said(Name::EMAIL, "ada"), Some(Message::BadEmail));
        assert_eq!(said(Name::PHONE, "ada@example.com"), Some(Message::BadPhone));
        let either = Name { plain: false, email: true, phone: true };
        assert_eq!(said(either, "+1"), Some(Message::BadPhone));
        assert_eq!(said(either, "+15551234567"), None);
    }

    #[test]
    fn everything_that_can_be_seen_is_said_at_once() {
        let asked =
            [("email".to_owned(), true), ("name".to_owned(), true), ("phone_number".to_owned(), false)];
        let policy = PasswordPolicy::default();
        let wrong = typed("a b", &[("email", "x"), ("phone_number", "1")]);
        let wrong = Typed { password: "correct-horse-7".into(), ..wrong };
        let problems = look(Name::PLAIN, &asked, &policy, &wrong);
        let fields: Vec<_> = problems.into_iter().filter_map(|problem| problem.field).collect();
        let attribute = |name: &str| Field::Attribute(name.into());
        let all = ["email", "name", "phone_number"].map(attribute);
        assert_eq!(fields, [&[Field::Username], &all[..], &[Field::Password]].concat());
        let nothing = look(Name::PLAIN, &asked, &policy, &Typed::default());
        let messages: Vec<_> = nothing.into_iter().map(|problem| problem.message).collect();
        let missing = |name: &str| Message::MissingAttribute(name.into());
        let first = Message::MissingName(Name::PLAIN);
        assert_eq!(messages, [first, missing("email"), missing("name"), Message::MissingPassword]);
        let fine = typed("ada", &[("email", "a@b"), ("name", "Ada"), ("phone_number", "")]);
        assert!(look(Name::PLAIN, &asked, &policy, &fine).is_empty());
    }
}
