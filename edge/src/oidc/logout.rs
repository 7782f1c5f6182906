//! Ending the browser's session, then on to a registered address, to the sign-in page, or nowhere.

use crate::flow::browser;
use crate::message::Response;
use crate::web::ask::{self, Ask, Wrong};
use crate::web::cookie::Cookie;
use crate::web::visit::Visit;
use crate::web::{page, uri};
use http::StatusCode;

pub(super) async fn logout(visit: Visit) -> Response {
    let response = match onward(&visit).await {
        Ok(Onward::To(to)) => page::redirect(StatusCode::FOUND, &to),
        Ok(Onward::Nowhere) => visit.signed_out().await,
        // A request we cannot follow ends no session: another site may have made it up.
        Err(wrong) => return visit.refuse(wrong).await,
    };
    if let Some(cookie) = Cookie::Session.read(&visit.site, &visit.request)
        && let Err(error) = browser::end(&visit.edge, &visit.pool, &cookie).await
    {
        return visit.broken(&error).await;
    }
    Cookie::clear_all(&visit.site, response)
}

enum Onward {
    To(String),
    Nowhere,
}

async fn onward(visit: &Visit) -> Result<Onward, Wrong> {
    let pairs = &visit.query;
    let client_id = ask::one(pairs, "client_id")?.ok_or(Wrong::Client)?;
    let client = ask::client_of(&visit.edge, &visit.pool, client_id).await?;
    // AWS's name first, then that of `OpenID` Connect RP-Initiated Logout §2.
    for name in ["logout_uri", "post_logout_redirect_uri"] {
        let Some(to) = ask::one(pairs, name)? else { continue };
        if !client.logout_urls.iter().any(|known| known == to) {
            return Err(Wrong::Redirect);
        }
        let state = ask::one(pairs, "state")?.map(|state| ("state", state));
        return Ok(Onward::To(uri::with(to, state)));
    }
    if ask::one(pairs, "redirect_uri")?.is_some() {
        // To sign in again, as somebody else perhaps: the whole request has to hold.
        Ask::read(&visit.edge, &visit.pool, pairs).await?;
        return Ok(Onward::To(visit.url("/login")));
    }
    Ok(Onward::Nowhere)
}
