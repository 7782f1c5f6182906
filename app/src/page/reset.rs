use std::sync::Arc;

use leptos::prelude::*;

use super::{Field, Need, Problem};
use crate::{
    part::{
        field::{Code, Secret, WhoseCode},
        form::{Form, SubmitRow},
        link::{Back, SendAgain},
    },
    shell::Shell,
    text::{Label, Message, Name},
};

/// The code that was sent, and the password from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reset {
    pub name: Name,
    /// Whose password it is; empty where that is not known.
    pub username: String,
    pub need: Need,
    pub problems: Vec<Problem>,
    pub notice: Option<Message>,
}

#[component]
pub(super) fn ResetPage(page: Reset, at: Arc<Shell>) -> impl IntoView {
    let Reset { name, username, need, problems, notice: _ } = page;
    let lang = at.lang;
    let known =
        !username.is_empty() && !problems.iter().any(|problem| problem.field == Some(Field::Username));
    let problems = Arc::new(problems);
    // Asking for the code again is asking as one who forgot.
    let again = at.links.forgot.clone();
    let send_again =
        again.map(|url| view! { <SendAgain at=at.clone() url username=username.clone() known /> });
    view! {
        <Form at=at.clone() hint=Label::ResetHint>
            <WhoseCode lang name username known problems=problems.clone() />
            <Code lang problems=problems.clone() />
            <Secret lang label=Label::NewPassword autocomplete="new-password" need problems />
            <SubmitRow lang label=Label::ResetAction />
        </Form>
        {send_again}
        <Back at />
    }
}
