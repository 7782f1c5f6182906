use std::sync::Arc;

use leptos::prelude::*;

use super::{
    brand::{Banner, Foot, Tide},
    notice::{Notice, Summary},
};
use crate::{
    page::Page,
    shell::{Sheet, Shell},
    style::CSS,
    text::{Label, around},
};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A whole document around one page.
pub(crate) fn document(page: Page, shell: Shell) -> impl IntoView {
    let at = Arc::new(shell);
    let lang = at.lang;
    let heading = lang.label(page.title());
    let prefix = if page.failed() { format!("{} ", lang.label(Label::ErrorPrefix)) } else { String::new() };
    let suffix = at.brand.client_name.as_deref().map(|name| format!(" · {name}")).unwrap_or_default();
    // As markup: what Leptos puts beside a text, to find it again, would be read aloud as part of a title.
    let title = escaped(&format!("{prefix}{heading}{suffix}"));

    let sheet = match &at.assets.sheet {
        Sheet::Inline => view! { <style inner_html=CSS></style> }.into_any(),
        Sheet::Linked(url) => view! { <link rel="stylesheet" href=url.clone() /> }.into_any(),
    };
    // Last of the sheets, so that an owner's rule wins over an equal one of ours whichever layer it is in.
    let owner_sheet = at.brand.css_url.clone().map(|url| view! { <link rel="stylesheet" href=url /> });
    let scheme = if at.brand.css_url.is_some() { "light" } else { "light dark" };
    let icon = at.assets.icon_url.clone().map(|url| view! { <link rel="icon" href=url /> });
    let boot = at.assets.boot_url.clone().map(|url| view! { <script type="module" src=url></script> });

    let goes_on = page.goes_on();
    let problems = page.problems().to_vec();
    // One thing at a time: what went wrong comes before what went well.
    let notice = page.notice().filter(|_| problems.is_empty()).cloned();

    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() dir=lang.direction() data-scheme=scheme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=scheme />
                <meta name="referrer" content="no-referrer" />
                <meta name="robots" content="noindex" />
                <title inner_html=title></title>
                {icon}
                {sheet}
                {owner_sheet}
                {boot}
            </head>
            <body class="brand">
                <Tide />
                <main class="card background-customizable">
                    <Banner brand=at.brand.clone() />
                    <div class="inside">
                        <header class="heading">
                            <h1>{heading}</h1>
                            <ClientName at=at.clone() goes_on />
                        </header>
                        <Summary lang problems />
                        {notice.map(|message| view! { <Notice lang message /> })}
                        {page.view(at.clone())}
                        {goes_on.then(|| view! { <ReturnHost at=at.clone() /> })}
                    </div>
                </main>
                <Foot at />
            </body>
        </html>
    }
}

/// Whom the person is signing in to. Protected: an owner's sheet cannot hide it.
#[component]
fn ClientName(at: Arc<Shell>, goes_on: bool) -> impl IntoView {
    let name = at.brand.client_name.clone()?;
    let (before, after) =
        if goes_on { around(&at.lang.label(Label::To)) } else { (String::new(), String::new()) };
    Some(view! { <p class="client" data-protected="">{before}<strong><bdi>{name}</bdi></strong>{after}</p> })
}

/// Where the browser goes next. Protected like the name above it.
#[component]
fn ReturnHost(at: Arc<Shell>) -> impl IntoView {
    let host = at.return_host.clone()?;
    let (before, after) = around(&at.lang.label(Label::ReturnTo));
    Some(view! { <p class="origin" data-protected="">{before}<bdi dir="ltr">{host}</bdi>{after}</p> })
}
