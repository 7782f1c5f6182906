use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    shell::{Brand, Shell},
    text::{Label, Lang, around},
};

/// The owner's logo, or our mark where there is none.
#[component]
pub(crate) fn Banner(brand: Brand) -> impl IntoView {
    let mark = match brand.logo {
        Some(logo) => {
            let (width, height) = logo.shown();
            // The name stands beside it in words, so to a screen reader the picture adds nothing.
            view! {
                <img
                    class="logo logo-customizable"
                    src=logo.url
                    alt=""
                    width=width.to_string()
                    height=height.to_string()
                />
            }
            .into_any()
        }
        None => view! { <Mark /> }.into_any(),
    };
    view! { <div class="banner banner-customizable">{mark}</div> }
}

/// Two arches of a gate with water going through.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
            <path class="mark-gate" d="M9 40V22a15 15 0 0 1 30 0v18" />
            <path class="mark-tide" d="M4 30c5-4 9-4 13.5 0s8.5 4 13 0 9-4 13.5 0" />
            <path class="mark-tide" d="M4 38c5-4 9-4 13.5 0s8.5 4 13 0 9-4 13.5 0" />
        </svg>
    }
}

/// The water behind the page.
#[component]
pub(crate) fn Tide() -> impl IntoView {
    view! {
        <svg class="tide" viewBox="0 0 1440 240" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path d="M0 96c180-64 360-64 540-16s420 80 900-16v176H0z" />
            <path d="M0 144c240-48 420-32 660 8s480 40 780-24v112H0z" />
            <path d="M0 196c300-40 480-8 720 8s480 8 720-32v68H0z" />
        </svg>
    }
}

/// Who is behind the page, and the reference to give them.
#[component]
pub(crate) fn Foot(at: Arc<Shell>) -> impl IntoView {
    let lang = at.lang;
    let Brand { terms_url, privacy_url, support_url, .. } = at.brand.clone();
    let links = [(Label::Terms, terms_url), (Label::Privacy, privacy_url), (Label::Support, support_url)];
    let links: Vec<_> = links
        .into_iter()
        .filter_map(|(label, url)| url.map(|url| view! { <li><a href=url>{lang.label(label)}</a></li> }))
        .collect();
    let links = (!links.is_empty()).then(|| view! { <ul role="list">{links}</ul> });
    let reference = at.reference.clone();
    view! {
        <footer class="foot legalText-customizable">
            {links} {(!reference.is_empty()).then(|| view! { <Reference lang reference /> })}
        </footer>
    }
}

#[component]
fn Reference(lang: Lang, reference: String) -> impl IntoView {
    let (before, after) = around(&lang.label(Label::Reference));
    view! { <p class="reference">{before}<code>{reference}</code>{after}</p> }
}
