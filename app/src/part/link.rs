use std::sync::Arc;

use leptos::prelude::*;

use super::form::Proof;
use crate::{
    page::Field,
    shell::Shell,
    text::{Label, Lang},
};

/// Another page, as a line of its own, with a few words before it.
#[component]
pub(crate) fn LinkLine(
    lang: Lang,
    #[prop(optional)] before: Option<Label>,
    label: Label,
    url: String,
) -> impl IntoView {
    let before = before.map(|before| view! { <span>{lang.label(before)}</span> " " });
    view! {
        <p class="elsewhere redirect-customizable">
            {before} <a class="redirect-customizable" href=url>{lang.label(label)}</a>
        </p>
    }
}

/// A link inside a form, by the field it is about.
#[component]
pub(crate) fn Aside(lang: Lang, label: Label, url: String) -> impl IntoView {
    view! { <p class="aside"><a class="redirect-customizable" href=url>{lang.label(label)}</a></p> }
}

/// The way back to the start.
#[component]
pub(crate) fn Back(at: Arc<Shell>) -> impl IntoView {
    let url = at.links.sign_in.clone()?;
    Some(view! { <LinkLine lang=at.lang label=Label::BackToSignIn url /> })
}

/// The one thing to do on a page without a form.
#[component]
pub(crate) fn ButtonLink(lang: Lang, label: Label, url: String) -> impl IntoView {
    view! { <a class="submit submitButton-customizable" href=url>{lang.label(label)}</a> }
}

/// Sends another code: at once where the name is known, else by the page that asks for one.
///
/// A button and not a link where it acts: a link may be followed by whatever looks ahead.
#[component]
pub(crate) fn SendAgain(at: Arc<Shell>, url: String, username: String, known: bool) -> impl IntoView {
    let lang = at.lang;
    if !known {
        return view! { <LinkLine lang before=Label::NoCode label=Label::SendAgain url /> }.into_any();
    }
    view! {
        <form class="elsewhere redirect-customizable" method="post" action=url>
            <Proof at />
            <input type="hidden" name=Field::Username.name() value=username />
            <span>{lang.label(Label::NoCode)}</span>
            " "
            <button type="submit" class="quiet redirect-customizable">{lang.label(Label::SendAgain)}</button>
        </form>
    }
    .into_any()
}
