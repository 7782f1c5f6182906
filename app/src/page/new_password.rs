use std::sync::Arc;

use leptos::prelude::*;

use super::{Attribute, Need, Problem};
use crate::{
    part::{
        field::{Attributes, KnownName, Secret},
        form::{Form, SubmitRow},
        link::Back,
    },
    shell::Shell,
    text::Label,
};

/// `NEW_PASSWORD_REQUIRED`: a password to take the temporary one's place, and the attributes still missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPassword {
    pub username: String,
    /// The challenge's session, if the form has to carry it; goes back as `session`.
    pub session: Option<String>,
    pub attributes: Vec<Attribute>,
    pub need: Need,
    pub problems: Vec<Problem>,
}

#[component]
pub(super) fn NewPasswordPage(page: NewPassword, at: Arc<Shell>) -> impl IntoView {
    let NewPassword { username, session, attributes, need, problems } = page;
    let lang = at.lang;
    let problems = Arc::new(problems);
    view! {
        <Form at=at.clone() hint=Label::RequiredHint>
            {session.map(|session| view! { <input type="hidden" name="session" value=session /> })}
            <KnownName lang username />
            <Attributes lang attributes problems=problems.clone() />
            <Secret lang label=Label::NewPassword autocomplete="new-password" need problems />
            <SubmitRow lang label=Label::RequiredAction />
        </Form>
        <Back at />
    }
}
