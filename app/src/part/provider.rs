use leptos::prelude::*;

use crate::{
    page::{Provider, ProviderKind},
    text::{Label, Lang, around},
};

/// The other ways in, each a link: they only lead away.
#[component]
pub(crate) fn Providers(lang: Lang, providers: Vec<Provider>) -> impl IntoView {
    if providers.is_empty() {
        return None;
    }
    let items: Vec<_> =
        providers.into_iter().map(|provider| view! { <li>{item(lang, provider)}</li> }).collect();
    Some(view! {
        <section class="providers" aria-labelledby="other-ways">
            <h2 id="other-ways" class="idpDescription-customizable">{lang.label(Label::OtherWays)}</h2>
            <ul role="list">{items}</ul>
            <p class="legalText-customizable">{lang.label(Label::ProviderNote)}</p>
        </section>
    })
}

fn item(lang: Lang, provider: Provider) -> impl IntoView {
    let class = match provider.kind {
        ProviderKind::Social => "provider socialButton-customizable",
        ProviderKind::Enterprise => "provider idpButton-customizable",
    };
    let (before, after) = around(&lang.label(Label::ContinueWith));
    view! { <a class=class href=provider.url>{before}<bdi>{provider.name}</bdi>{after}</a> }
}
