use leptos::prelude::*;

use crate::{
    page::{Field, Problem},
    text::{Label, Lang, Message},
};

/// All that went wrong, before the form: read out at once, and given the focus without any script.
#[component]
pub(crate) fn Summary(lang: Lang, problems: Vec<Problem>) -> impl IntoView {
    if problems.is_empty() {
        return None;
    }
    let lines: Vec<_> = problems.iter().map(|problem| line(lang, problem)).collect();
    Some(view! {
        <div
            class="summary errorMessage-customizable"
            id="problems"
            role="alert"
            tabindex="-1"
            autofocus=true
            aria-labelledby="problems-title"
            data-protected=""
        >
            <h2 id="problems-title">{lang.label(Label::ProblemHeading)}</h2>
            <ul role="list">{lines}</ul>
        </div>
    })
}

fn line(lang: Lang, problem: &Problem) -> AnyView {
    let words = lang.message(&problem.message);
    match &problem.field {
        Some(field) => view! { <li><a href=format!("#{}", field.id())>{words}</a></li> }.into_any(),
        None => view! { <li>{words}</li> }.into_any(),
    }
}

/// Something that went well.
#[component]
pub(crate) fn Notice(lang: Lang, message: Message) -> impl IntoView {
    view! { <p class="notice" role="status">{lang.message(&message)}</p> }
}

/// What is wrong with one field; its id is [`complaint_id`].
#[component]
pub(crate) fn Complaint(lang: Lang, field: Field, message: Message) -> impl IntoView {
    view! {
        <p class="complaint" id=complaint_id(&field)>
            <span class="unseen">{lang.label(Label::ErrorPrefix)} " "</span>
            {lang.message(&message)}
        </p>
    }
}

pub(crate) fn complaint_id(field: &Field) -> String {
    format!("{}-problem", field.id())
}
