use std::sync::Arc;

use leptos::prelude::*;

use super::{Field, Problem};
use crate::{
    part::{
        field::{Code, WhoseCode},
        form::{Form, SubmitRow},
        link::{Back, SendAgain},
    },
    shell::Shell,
    text::{Label, Message, Name},
};

/// The code that proves a new account's address. Bookmarked, with no name known, it asks for that too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirm {
    pub name: Name,
    /// Whose code it is; empty where that is not known.
    pub username: String,
    pub problems: Vec<Problem>,
    pub notice: Option<Message>,
}

#[component]
pub(super) fn ConfirmPage(page: Confirm, at: Arc<Shell>) -> impl IntoView {
    let Confirm { name, username, problems, notice } = page;
    let lang = at.lang;
    // A name that is the problem has to be open to change.
    let known =
        !username.is_empty() && !problems.iter().any(|problem| problem.field == Some(Field::Username));
    let problems = Arc::new(problems);
    let resend = at.links.resend.clone();
    // The notice says where the code went; without one, the page says what the code is for.
    let hint = if notice.is_some() { None } else { Some(Label::ConfirmHint) };
    let send_again =
        resend.map(|url| view! { <SendAgain at=at.clone() url username=username.clone() known /> });
    view! {
        <Form at=at.clone() hint>
            <WhoseCode lang name username known problems=problems.clone() />
            <Code lang problems />
            <SubmitRow lang label=Label::ConfirmAction />
        </Form>
        {send_again}
        <Back at />
    }
}
