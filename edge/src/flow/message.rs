//! Messages to people. Local runs have an outbox; a deployment without any way to send says so, and sends nothing.

use crate::edge::Edge;
use domain::address::Address;
use domain::error::{Error, Refusal};
use domain::outbox::{Message, Post};
use domain::pool::{Contact, UserPool};
use domain::random;
use domain::seal::{self, Purpose};
use domain::user::CodePurpose;
use futures_util::FutureExt;

/// Where a code went, as it may be told: the address is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) destination: String,
    pub(crate) contact: Contact,
}

impl Delivery {
    pub(crate) fn to(contact: Contact, address: &str) -> Self {
        Self { destination: mask(contact, address), contact }
    }
}

/// Refuses where nothing can be sent.
pub(crate) fn ready(edge: &Edge) -> Result<(), Error> {
    if edge.platform.has_outbox() {
        return Ok(());
    }
    let message = "this deployment has no way to send messages".into();
    Err(Refusal::DeliveryFailed { message }.into())
}

/// Hands a message over.
pub(crate) async fn send(edge: &Edge, message: Message) -> Result<(), Error> {
    ready(edge)?;
    edge.call(&Address::OUTBOX, &Post { message }).await
}

/// Hands a message over behind the answer, which so takes no longer than one to a name nobody has. Whoever is left
/// without their code asks again.
pub(crate) fn send_behind(edge: &Edge, message: Message) {
    let flow = edge.clone();
    let work = async move {
        if let Err(error) = send(&flow, message).await {
            flow.log_fault(&format!("sending a message: {error:?}"));
        }
    };
    edge.platform.detach(work.boxed_local());
}

/// Six digits.
pub(crate) fn draw_code(edge: &Edge) -> String {
    random::text(edge.platform.random(), "0123456789", 6)
}

/// A code, and what is stored of it.
pub(crate) struct Drawn {
    pub(crate) code: String,
    pub(crate) mac: String,
    /// The attribute that it proves.
    pub(crate) detail: String,
}

/// A code for a contact. Where there is none nothing can be sent, and what is stored matches nothing.
pub(crate) fn draw(
    edge: &Edge,
    pool: &UserPool,
    subject: &str,
    purpose: CodePurpose,
    to: Option<Contact>,
) -> Drawn {
    let code = draw_code(edge);
    let mac = code_mac(edge, pool, subject, purpose, &code);
    match to {
        Some(contact) => Drawn { code, mac, detail: contact.attribute().into() },
        None => Drawn { code, mac: String::new(), detail: String::new() },
    }
}

/// The MAC under which a code is stored: bound to the pool, the subject and what it proves.
pub(crate) fn code_mac(
    edge: &Edge,
    pool: &UserPool,
    subject: &str,
    purpose: CodePurpose,
    code: &str,
) -> String {
    let key = edge.settings().keys.derive(Purpose::Code, &[pool.id.as_str()]);
    mac_with(&key, subject, purpose, code)
}

/// The MACs of a code that a person typed, one for each of the deployment's secrets. Spaces and dashes do not count.
pub(crate) fn code_macs(
    edge: &Edge,
    pool: &UserPool,
    subject: &str,
    purpose: CodePurpose,
    code: &str,
) -> Vec<String> {
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).collect();
    let keys = edge.settings().keys.derive_each(Purpose::Code, &[pool.id.as_str()]);
    keys.iter().map(|key| mac_with(key, subject, purpose, &code)).collect()
}

fn mac_with(key: &[u8; 32], subject: &str, purpose: CodePurpose, code: &str) -> String {
    let label = format!("{purpose:?}");
    domain::id::hex(&seal::mac(key, &[label.as_bytes(), subject.as_bytes(), code.as_bytes()]))
}

/// `a***@e***` or `+*******1234`.
pub(crate) fn mask(contact: Contact, address: &str) -> String {
    match contact {
        Contact::Email => {
            let (name, host) = address.split_once('@').unwrap_or((address, ""));
            let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
            format!("{}***@{}***", first(name), first(host))
        }
        Contact::PhoneNumber => {
            let tail: String = address.chars().skip(address.chars().count().saturating_sub(4)).collect();
            format!("+*******{tail}")
        }
    }
}

/// The text of a message with a code, from the pool's templates or ours.
pub(crate) fn with_code(
    pool: &UserPool,
    contact: Contact,
    purpose: CodePurpose,
    address: &str,
    code: &str,
) -> Message {
    let texts = &pool.settings.messages;
    let (about, subject, body) = match purpose {
        CodePurpose::SignUp => ("sign-up", "Your verification code", "Your confirmation code is {####}"),
        CodePurpose::Reset => ("reset", "Reset your password", "Your password reset code is {####}"),
        CodePurpose::Email | CodePurpose::PhoneNumber => {
            ("attribute", "Your verification code", "Your verification code is {####}")
        }
    };
    let (subject, body) = match contact {
        Contact::Email => (
            texts.email_subject.clone().unwrap_or_else(|| subject.into()),
            texts.email_body.clone().unwrap_or_else(|| body.into()),
        ),
        Contact::PhoneNumber => (String::new(), texts.sms.clone().unwrap_or_else(|| body.into())),
    };
    Message {
        medium: contact.medium().into(),
        to: address.into(),
        subject,
        body: body.replace("{####}", code),
        about: about.into(),
    }
}

/// The invitation of a user whom an administrator made.
pub(crate) fn invitation(
    pool: &UserPool,
    contact: Contact,
    address: &str,
    username: &str,
    password: &str,
) -> Message {
    let texts = &pool.settings.messages;
    let body = "Your username is {username} and temporary password is {####}.";
    let (subject, body) = match contact {
        Contact::Email => (
            texts.invite_subject.clone().unwrap_or_else(|| "Your temporary password".into()),
            texts.invite_body.clone().unwrap_or_else(|| body.into()),
        ),
        Contact::PhoneNumber => (String::new(), texts.invite_sms.clone().unwrap_or_else(|| body.into())),
    };
    Message {
        medium: contact.medium().into(),
        to: address.into(),
        subject,
        body: body.replace("{username}", username).replace("{####}", password),
        about: "invite".into(),
    }
}
