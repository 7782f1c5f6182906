use super::{
    AskCode, Attribute, Confirm, Failure, Field, Need, NewPassword, Page, Problem, Provider, ProviderKind,
    Purpose, Reset, SignIn, SignUp, SignedOut,
};
use crate::text::{Medium, Message, Name, Rule};

/// One page in one state, by a name fit for a file.
pub type Sample = (&'static str, Page);

/// Every page in every state that looks different: what the tests hold to account and the preview shows.
pub fn samples() -> Vec<Sample> {
    [sign_in(), sign_up(), codes(), passwords(), ends()].into_iter().flatten().collect()
}

const PERSON: &str = "ada@example.com";

fn need() -> Need {
    Need::new([Rule::Length(8), Rule::Upper, Rule::Lower, Rule::Number, Rule::Symbol])
}

fn attribute(name: &str, value: &str, required: bool) -> Attribute {
    Attribute { name: name.to_owned(), value: value.to_owned(), required }
}

fn sent() -> Message {
    Message::CodeSent { medium: Medium::Email, to: "a***@e***".to_owned() }
}

fn sign_in() -> Vec<Sample> {
    let plain = SignIn { name: Name::EMAIL, ..SignIn::default() };
    let provider = |kind, name: &str| Provider {
        kind,
        name: name.to_owned(),
        url: format!("/oauth2/authorize?identity_provider={name}"),
    };
    vec![
        ("sign-in", Page::SignIn(plain.clone())),
        (
            "sign-in-refused",
            Page::SignIn(SignIn {
                username: PERSON.to_owned(),
                problems: vec![Problem::with_form(Message::WrongNameOrPassword)],
                ..plain.clone()
            }),
        ),
        (
            "sign-in-empty",
            Page::SignIn(SignIn {
                problems: vec![
                    Problem::at(Field::Username, Message::MissingName(Name::EMAIL)),
                    Problem::at(Field::Password, Message::MissingPassword),
                ],
                ..plain.clone()
            }),
        ),
        (
            "sign-in-confirmed",
            Page::SignIn(SignIn {
                username: PERSON.to_owned(),
                notice: Some(Message::Confirmed),
                ..plain.clone()
            }),
        ),
        (
            "sign-in-providers",
            Page::SignIn(SignIn {
                name: Name { plain: true, email: true, phone: true },
                providers: vec![
                    provider(ProviderKind::Social, "Google"),
                    provider(ProviderKind::Enterprise, "Example-University"),
                ],
                ..plain
            }),
        ),
    ]
}

fn sign_up() -> Vec<Sample> {
    let plain = SignUp { name: Name::EMAIL, need: need(), ..SignUp::default() };
    let attributes = vec![
        attribute("given_name", "Ada", true),
        attribute("phone_number", "", false),
        attribute("custom:team_name", "", true),
    ];
    vec![
        ("sign-up", Page::SignUp(plain.clone())),
        (
            "sign-up-refused",
            Page::SignUp(SignUp {
                name: Name::PLAIN,
                username: "ada".to_owned(),
                attributes,
                problems: vec![
                    Problem::at(Field::Username, Message::NameTaken),
                    Problem::at(
                        Field::Attribute("custom:team_name".to_owned()),
                        Message::MissingAttribute("custom:team_name".to_owned()),
                    ),
                    Problem::at(Field::Password, Message::PasswordLacks(Rule::Length(8))),
                    Problem::at(Field::Password, Message::PasswordLacks(Rule::Symbol)),
                ],
                ..plain
            }),
        ),
    ]
}

fn ask_code(purpose: Purpose, name: Name, username: &str, wrong: Option<Message>) -> Page {
    let problems = wrong.into_iter().map(|message| Problem::at(Field::Username, message)).collect();
    Page::AskCode(AskCode { purpose, name, username: username.to_owned(), problems })
}

fn codes() -> Vec<Sample> {
    let confirm = Confirm { name: Name::EMAIL, username: PERSON.to_owned(), ..Confirm::default() };
    vec![
        ("confirm", Page::Confirm(Confirm { notice: Some(sent()), ..confirm.clone() })),
        (
            "confirm-refused",
            Page::Confirm(Confirm {
                problems: vec![Problem::at(Field::Code, Message::CodeMismatch)],
                ..confirm.clone()
            }),
        ),
        ("confirm-bookmarked", Page::Confirm(Confirm { username: String::new(), ..confirm })),
        ("resend", ask_code(Purpose::Confirm, Name::EMAIL, "", None)),
        ("resend-refused", ask_code(Purpose::Confirm, Name::PHONE, "0123", Some(Message::BadPhone))),
    ]
}

fn passwords() -> Vec<Sample> {
    let reset = Reset { name: Name::EMAIL, username: PERSON.to_owned(), need: need(), ..Reset::default() };
    let required = NewPassword {
        username: PERSON.to_owned(),
        session: Some("sealed-session".to_owned()),
        attributes: vec![attribute("name", "", true), attribute("birthdate", "1990-01-01", false)],
        need: need(),
        problems: Vec::new(),
    };
    vec![
        ("forgot", ask_code(Purpose::Reset, Name::EMAIL, PERSON, None)),
        (
            "forgot-refused",
            ask_code(Purpose::Reset, Name::PLAIN, "", Some(Message::MissingName(Name::PLAIN))),
        ),
        ("reset", Page::Reset(Reset { notice: Some(Message::CodeSentIfKnown), ..reset.clone() })),
        (
            "reset-refused",
            Page::Reset(Reset {
                problems: vec![
                    Problem::at(Field::Code, Message::CodeMismatch),
                    Problem::at(Field::Password, Message::PasswordLacks(Rule::Upper)),
                ],
                ..reset.clone()
            }),
        ),
        ("reset-bookmarked", Page::Reset(Reset { username: String::new(), need: Need::default(), ..reset })),
        ("new-password", Page::NewPassword(required.clone())),
        (
            "new-password-refused",
            Page::NewPassword(NewPassword {
                problems: vec![Problem::at(Field::Password, Message::PasswordLacks(Rule::Symbol))],
                ..required
            }),
        ),
    ]
}

fn ends() -> Vec<Sample> {
    let failure = |message, retry_url: Option<&str>| {
        Page::Failure(Failure { message, retry_url: retry_url.map(ToOwned::to_owned) })
    };
    vec![
        ("error", failure(Message::Fault, Some("/login?client_id=1"))),
        ("error-redirect", failure(Message::UnregisteredRedirect, None)),
        ("not-found", failure(Message::NotFound, None)),
        ("signed-out", Page::SignedOut(SignedOut)),
    ]
}
