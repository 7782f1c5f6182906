//! One file a page: what it is told, how it looks, and samples of it for tests and preview.

mod ask_code;
mod confirm;
mod failure;
mod field;
mod new_password;
mod reset;
mod sample;
mod sign_in;
mod sign_up;
mod signed_out;

use std::sync::Arc;

use leptos::prelude::*;

pub use ask_code::{AskCode, Purpose};
pub use confirm::Confirm;
pub use failure::Failure;
pub use field::{Attribute, Field, Need, Problem};
pub use new_password::NewPassword;
pub use reset::Reset;
pub use sample::{Sample, samples};
pub use sign_in::{Provider, ProviderKind, SignIn};
pub use sign_up::SignUp;
pub use signed_out::SignedOut;

use crate::{
    shell::Shell,
    text::{Label, Message},
};

/// A page and all it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    SignIn(SignIn),
    SignUp(SignUp),
    Confirm(Confirm),
    AskCode(AskCode),
    Reset(Reset),
    NewPassword(NewPassword),
    Failure(Failure),
    SignedOut(SignedOut),
}

impl Page {
    /// The heading, which is also the document's title.
    pub(crate) fn title(&self) -> Label {
        match self {
            Page::SignIn(_) => Label::SignIn,
            Page::SignUp(_) => Label::SignUp,
            Page::Confirm(_) => Label::Confirm,
            Page::AskCode(page) => page.purpose.title(),
            Page::Reset(_) => Label::Reset,
            Page::NewPassword(_) => Label::Required,
            Page::Failure(failure) => failure.title(),
            Page::SignedOut(_) => Label::SignedOut,
        }
    }

    pub(crate) fn problems(&self) -> &[Problem] {
        match self {
            Page::SignIn(page) => &page.problems,
            Page::SignUp(page) => &page.problems,
            Page::Confirm(page) => &page.problems,
            Page::AskCode(page) => &page.problems,
            Page::Reset(page) => &page.problems,
            Page::NewPassword(page) => &page.problems,
            Page::Failure(_) | Page::SignedOut(_) => &[],
        }
    }

    pub(crate) fn notice(&self) -> Option<&Message> {
        match self {
            Page::SignIn(page) => page.notice.as_ref(),
            Page::Confirm(page) => page.notice.as_ref(),
            Page::Reset(page) => page.notice.as_ref(),
            Page::SignUp(_)
            | Page::AskCode(_)
            | Page::NewPassword(_)
            | Page::Failure(_)
            | Page::SignedOut(_) => None,
        }
    }

    /// Whether the page's form may lead to the app at once.
    pub fn leads_on(&self) -> bool {
        matches!(self, Page::SignIn(_) | Page::NewPassword(_))
    }

    /// Whether the page is a step on the way to the app.
    pub(crate) fn goes_on(&self) -> bool {
        !matches!(self, Page::Failure(_) | Page::SignedOut(_))
    }

    /// Whether the title says that something went wrong.
    pub(crate) fn failed(&self) -> bool {
        matches!(self, Page::Failure(_)) || !self.problems().is_empty()
    }

    pub(crate) fn view(self, at: Arc<Shell>) -> AnyView {
        match self {
            Page::SignIn(page) => view! { <sign_in::SignInPage page at /> }.into_any(),
            Page::SignUp(page) => view! { <sign_up::SignUpPage page at /> }.into_any(),
            Page::Confirm(page) => view! { <confirm::ConfirmPage page at /> }.into_any(),
            Page::AskCode(page) => view! { <ask_code::AskCodePage page at /> }.into_any(),
            Page::Reset(page) => view! { <reset::ResetPage page at /> }.into_any(),
            Page::NewPassword(page) => view! { <new_password::NewPasswordPage page at /> }.into_any(),
            Page::Failure(page) => view! { <failure::FailurePage page at /> }.into_any(),
            Page::SignedOut(page) => view! { <signed_out::SignedOutPage page at /> }.into_any(),
        }
    }
}
