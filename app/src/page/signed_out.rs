use std::sync::Arc;

use leptos::prelude::*;

use crate::{part::link::ButtonLink, shell::Shell, text::Label};

/// The end of a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SignedOut;

#[component]
pub(super) fn SignedOutPage(page: SignedOut, at: Arc<Shell>) -> impl IntoView {
    let SignedOut = page;
    let lang = at.lang;
    let sign_in = at.links.sign_in.clone();
    view! {
        <p class="hint textDescription-customizable">{lang.label(Label::SignedOutHint)}</p>
        {sign_in.map(|url| view! { <ButtonLink lang label=Label::SignInAgain url /> })}
    }
}
