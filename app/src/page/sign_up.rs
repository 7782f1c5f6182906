use std::sync::Arc;

use leptos::prelude::*;

use super::{Attribute, Field, Need, Problem};
use crate::{
    part::{
        field::{Attributes, Secret, Text, TextKind},
        form::{Form, SubmitRow},
        link::LinkLine,
    },
    shell::Shell,
    text::{Label, Name},
};

/// A name, a new password, and the attributes the pool requires.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignUp {
    /// What the person will sign in with: one kind, or a choice between e-mail and phone.
    pub name: Name,
    pub username: String,
    pub attributes: Vec<Attribute>,
    pub need: Need,
    pub problems: Vec<Problem>,
}

#[component]
pub(super) fn SignUpPage(page: SignUp, at: Arc<Shell>) -> impl IntoView {
    let SignUp { name, username, attributes, need, problems } = page;
    let lang = at.lang;
    let problems = Arc::new(problems);
    let sign_in = at.links.sign_in.clone();
    // Said only where something may be left empty.
    let hint = attributes.iter().any(|attribute| !attribute.required).then_some(Label::SignUpHint);
    view! {
        <Form at=at.clone() hint>
            <Text
                lang
                field=Field::Username
                kind=TextKind::of_name(name)
                label=lang.label(Label::NameToSignIn(name))
                value=username
                problems=problems.clone()
            />
            <Attributes lang attributes problems=problems.clone() />
            <Secret lang label=Label::Password autocomplete="new-password" need problems />
            <SubmitRow lang label=Label::SignUp />
        </Form>
        {sign_in.map(|url| view! { <LinkLine lang before=Label::HaveAccount label=Label::SignInInstead url /> })}
    }
}
