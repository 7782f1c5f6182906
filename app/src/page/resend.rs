use std::sync::Arc;

use leptos::prelude::*;

use super::{Field, Problem};
use crate::{
    part::{
        field::{Text, TextKind},
        form::{Form, SubmitRow},
        link::LinkLine,
    },
    shell::Shell,
    text::{Label, Name},
};

/// A new code to confirm an account, for whoever lost the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resend {
    pub name: Name,
    pub username: String,
    pub problems: Vec<Problem>,
}

#[component]
pub(super) fn ResendPage(page: Resend, at: Arc<Shell>) -> impl IntoView {
    let Resend { name, username, problems } = page;
    let lang = at.lang;
    let confirm = at.links.confirm.clone();
    view! {
        <Form at=at.clone() hint=Label::ResendHint>
            <Text
                lang
                field=Field::Username
                kind=TextKind::of_name(name)
                label=lang.label(Label::NameToSignIn(name))
                value=username
                problems=Arc::new(problems)
            />
            <SubmitRow lang label=Label::ResendAction />
        </Form>
        {confirm.map(|url| view! { <LinkLine lang label=Label::HaveCode url /> })}
    }
}
