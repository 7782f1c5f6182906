use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    shell::{self, Shell},
    text::{Label, Lang},
};

/// The page's one task. Checked on the server only (`novalidate`), so that every person gets the same words in the same
/// place.
#[component]
pub(crate) fn Form(at: Arc<Shell>, #[prop(into)] hint: Option<Label>, children: Children) -> impl IntoView {
    let shell::Form { action, .. } = at.form.clone();
    let hint =
        hint.map(|label| view! { <p class="hint textDescription-customizable">{at.lang.label(label)}</p> });
    view! {
        {hint}
        <form class="task" method="post" action=action novalidate=true>
            <Proof at />
            {children()}
        </form>
    }
}

/// What makes a submission ours, and one.
#[component]
pub(crate) fn Proof(at: Arc<Shell>) -> impl IntoView {
    let shell::Form { csrf, once, .. } = at.form.clone();
    let hidden = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> })
    };
    (hidden("_csrf", csrf), hidden("_once", once))
}

#[component]
pub(crate) fn SubmitRow(lang: Lang, label: Label) -> impl IntoView {
    view! {
        <button type="submit" class="submit submitButton-customizable" data-protected="">
            {lang.label(label)}
        </button>
    }
}
