use crate::{
    page::{Page, samples},
    render,
    shell::{Assets, Brand, Form, Links, Logo, Shell},
};

mod html;
mod pages;
mod sheet;

fn shell() -> Shell {
    Shell {
        brand: Brand {
            client_name: Some("Acme Photos".to_owned()),
            logo: Some(Logo { url: "/assets/logo.png".to_owned(), size: Some((700, 100)) }),
            css_url: Some("/assets/owner.css".to_owned()),
            terms_url: Some("https://acme.example/terms".to_owned()),
            privacy_url: Some("https://acme.example/privacy".to_owned()),
            support_url: Some("https://acme.example/help".to_owned()),
        },
        links: Links {
            sign_in: Some("/login?client_id=1&state=a%26b".to_owned()),
            sign_up: Some("/signup?client_id=1&state=a%26b".to_owned()),
            forgot: Some("/forgotPassword?client_id=1&state=a%26b".to_owned()),
            confirm: Some("/confirmUser?client_id=1&state=a%26b".to_owned()),
            resend: Some("/resendcode?client_id=1&state=a%26b".to_owned()),
        },
        form: Form {
            action: "/here?client_id=1&state=a%26b".to_owned(),
            csrf: "csrf-token".to_owned(),
            once: "submission-1".to_owned(),
        },
        assets: Assets {
            boot_url: Some("/assets/boot.js".to_owned()),
            icon_url: Some("/favicon.svg".to_owned()),
            ..Assets::default()
        },
        return_host: Some("photos.acme.example".to_owned()),
        reference: "7f3a-91c2".to_owned(),
        ..Shell::default()
    }
}

/// Every sample, rendered and read back.
fn documents() -> impl Iterator<Item = (&'static str, Page, html::Document)> {
    samples().into_iter().map(|(name, page)| {
        let document = html::Document::read(&render(page.clone(), shell()));
        (name, page, document)
    })
}
