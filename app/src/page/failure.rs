use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    part::link::ButtonLink,
    shell::Shell,
    text::{Label, Message},
};

/// The page that is shown where there is no other: what happened, in plain words, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub message: Message,
    /// Where the same thing can be tried again.
    pub retry_url: Option<String>,
}

impl Failure {
    pub(super) fn title(&self) -> Label {
        if self.message == Message::NotFound { Label::NoSuchPage } else { Label::Failed }
    }
}

#[component]
pub(super) fn FailurePage(page: Failure, at: Arc<Shell>) -> impl IntoView {
    let lang = at.lang;
    let Failure { message, retry_url } = page;
    view! {
        <p class="hint textDescription-customizable">{lang.message(&message)}</p>
        {retry_url.map(|url| view! { <ButtonLink lang label=Label::Retry url /> })}
    }
}
