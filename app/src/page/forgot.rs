use std::sync::Arc;

use leptos::prelude::*;

use super::{Field, Problem};
use crate::{
    part::{
        field::{Text, TextKind},
        form::{Form, SubmitRow},
        link::Back,
    },
    shell::Shell,
    text::{Label, Name},
};

/// Who has forgotten their password.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgot {
    pub name: Name,
    pub username: String,
    pub problems: Vec<Problem>,
}

#[component]
pub(super) fn ForgotPage(page: Forgot, at: Arc<Shell>) -> impl IntoView {
    let Forgot { name, username, problems } = page;
    let lang = at.lang;
    view! {
        <Form at=at.clone() hint=Label::ForgotHint>
            <Text
                lang
                field=Field::Username
                kind=TextKind::of_name(name)
                label=lang.label(Label::NameToSignIn(name))
                value=username
                problems=Arc::new(problems)
            />
            <SubmitRow lang label=Label::ForgotAction />
        </Form>
        <Back at />
    }
}
