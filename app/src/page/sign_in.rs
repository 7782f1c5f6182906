use std::sync::Arc;

use leptos::prelude::*;

use super::{Field, Problem};
use crate::{
    part::{
        field::{Secret, Text, TextKind},
        form::{Form, SubmitRow},
        link::{Aside, LinkLine},
        provider::Providers,
    },
    shell::Shell,
    text::{Label, Message, Name},
};

/// Name and password, and the other ways in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignIn {
    /// What this pool's people sign in with.
    pub name: Name,
    /// What was typed before, or the `login_hint`.
    pub username: String,
    /// Identity providers, in the order shown.
    pub providers: Vec<Provider>,
    pub problems: Vec<Problem>,
    pub notice: Option<Message>,
}

/// Another place that can vouch for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub kind: ProviderKind,
    pub name: String,
    pub url: String,
}

/// Cognito lets an owner style the two kinds apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderKind {
    /// Where many people have an account (Google, Apple).
    Social,
    /// An organisation's own, by OIDC or SAML.
    Enterprise,
}

#[component]
pub(super) fn SignInPage(page: SignIn, at: Arc<Shell>) -> impl IntoView {
    let SignIn { name, username, providers, problems, notice: _ } = page;
    let lang = at.lang;
    let problems = Arc::new(problems);
    let (forgot, sign_up) = (at.links.forgot.clone(), at.links.sign_up.clone());
    // Said only where there is a choice.
    let hint = (!providers.is_empty()).then_some(Label::SignInHint);
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
            <Secret lang label=Label::Password autocomplete="current-password" problems />
            {forgot.map(|url| view! { <Aside lang label=Label::Forgotten url /> })}
            <SubmitRow lang label=Label::SignIn />
        </Form>
        <Providers lang providers />
        {sign_up.map(|url| view! { <LinkLine lang before=Label::NoAccount label=Label::SignUpInstead url /> })}
    }
}
