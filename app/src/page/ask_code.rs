use std::sync::Arc;

use leptos::prelude::*;

use super::{Field, Problem};
use crate::{
    part::{
        field::{Text, TextKind},
        form::{Form, SubmitRow},
        link::{Back, LinkLine},
    },
    shell::Shell,
    text::{Label, Name},
};

/// Who wants a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskCode {
    pub purpose: Purpose,
    pub name: Name,
    pub username: String,
    pub problems: Vec<Problem>,
}

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Confirming an account, for whoever lost the first code.
    Confirm,
    /// Choosing a new password.
    Reset,
}

impl Purpose {
    pub(super) const fn title(self) -> Label {
        match self {
            Self::Confirm => Label::Resend,
            Self::Reset => Label::Forgot,
        }
    }
}

#[component]
pub(super) fn AskCodePage(page: AskCode, at: Arc<Shell>) -> impl IntoView {
    let AskCode { purpose, name, username, problems } = page;
    let lang = at.lang;
    let (hint, action) = match purpose {
        Purpose::Confirm => (Label::ResendHint, Label::ResendAction),
        Purpose::Reset => (Label::ForgotHint, Label::ForgotAction),
    };
    let elsewhere = match purpose {
        Purpose::Confirm => at
            .links
            .confirm
            .clone()
            .map(|url| view! { <LinkLine lang label=Label::HaveCode url /> }.into_any()),
        Purpose::Reset => Some(view! { <Back at=at.clone() /> }.into_any()),
    };
    view! {
        <Form at hint>
            <Text
                lang
                field=Field::Username
                kind=TextKind::of_name(name)
                label=lang.label(Label::NameToSignIn(name))
                value=username
                problems=Arc::new(problems)
            />
            <SubmitRow lang label=action />
        </Form>
        {elsewhere}
    }
}
