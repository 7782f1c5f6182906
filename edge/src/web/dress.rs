//! What surrounds every page of a site: whose it is, its links, its look, and what its forms carry.

use super::ask::Asker;
use super::visit::Visit;
use super::{page, uri};
use crate::flow::branding::{folder, logo_path};
use app::Shell;
use app::page::Need;
use app::shell::{Brand, Form, Links, Logo};
use app::text::{Name, Rule};
use domain::branding::Branding;
use domain::pool::{Alias, Contact, PasswordPolicy, UserPool};

pub(crate) fn shell(
    visit: &Visit,
    asker: Option<&Asker>,
    look: Option<&Branding>,
    action: &str,
    csrf: String,
) -> Shell {
    let below = |path: String| format!("{}{path}", visit.site.path);
    let sheet = look.filter(|look| look.sheet.as_deref().is_some_and(|sheet| !sheet.is_empty()));
    Shell {
        lang: visit.lang,
        brand: Brand {
            client_name: asker.map(|asker| asker.client.name.clone()),
            logo: look.and_then(|look| {
                let size = look.logo.as_ref().map(|logo| (logo.width, logo.height));
                logo_path(look).map(|path| Logo { url: below(path), size })
            }),
            css_url: sheet.map(|look| below(format!("{}/style.css", folder(look)))),
            ..Brand::default()
        },
        // Without a request that holds, every link would lead to the same failure.
        links: asker.map(|_| links(visit)).unwrap_or_default(),
        form: Form { action: visit.link(action), csrf, once: visit.edge.draw_id() },
        assets: page::assets(),
        return_host: asker.and_then(|asker| uri::host(&asker.redirect_uri)),
        reference: visit.edge.caller.id.clone(),
    }
}

fn links(visit: &Visit) -> Links {
    let link = |page| Some(visit.link(page));
    let may_sign_up = !visit.pool.settings.admin_only;
    Links {
        sign_in: link("/login"),
        sign_up: link("/signup").filter(|_| may_sign_up),
        forgot: link("/forgotPassword"),
        confirm: link("/confirmUser"),
        resend: link("/resendcode"),
    }
}

/// What a pool's people sign in with.
pub(crate) fn sign_in_name(pool: &UserPool) -> Name {
    let (contacts, aliases) = (&pool.settings.username_attributes, &pool.settings.aliases);
    if contacts.is_empty() {
        let has = |alias| aliases.contains(&alias);
        return Name { plain: true, email: has(Alias::Email), phone: has(Alias::PhoneNumber) };
    }
    let has = |contact| contacts.contains(&contact);
    Name { plain: false, email: has(Contact::Email), phone: has(Contact::PhoneNumber) }
}

/// What a new person calls themselves: aliases come later, when they are proven.
pub(crate) fn sign_up_name(pool: &UserPool) -> Name {
    if pool.settings.username_attributes.is_empty() { Name::PLAIN } else { sign_in_name(pool) }
}

/// What a pool asks of a new password.
pub(crate) fn need(policy: &PasswordPolicy) -> Need {
    let length = Rule::Length(u16::try_from(policy.minimum_length).unwrap_or(u16::MAX));
    let rules = [
        (policy.upper, Rule::Upper),
        (policy.lower, Rule::Lower),
        (policy.number, Rule::Number),
        (policy.symbol, Rule::Symbol),
    ];
    Need::new(std::iter::once(length).chain(rules.into_iter().filter_map(|(on, rule)| on.then_some(rule))))
}
