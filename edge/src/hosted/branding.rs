//! `/branding/<client or ALL>.<version>/…`: the owner's sheet and logo, rebuilt by us, kept by browsers for good.

use crate::flow::branding::{logo, worn};
use crate::message::Response;
use crate::web::page::guarded;
use crate::web::visit::Visit;
use app::text::Message;
use domain::branding::{ALL, Branding};
use domain::error::Error;
use domain::id::ClientId;
use http::{Method, StatusCode};

pub(super) async fn serve(visit: &Visit, file: &str) -> Response {
    if !matches!(visit.request.method, Method::GET | Method::HEAD) {
        let response = visit.fail(StatusCode::METHOD_NOT_ALLOWED, Message::BadRequest).await;
        return response.with("allow", "GET, HEAD");
    }
    match find(visit, file).await {
        Ok(Some(response)) => response,
        Ok(None) => visit.fail(StatusCode::NOT_FOUND, Message::NotFound).await,
        Err(error) => visit.broken(&error).await,
    }
}

async fn find(visit: &Visit, file: &str) -> Result<Option<Response>, Error> {
    let Some(((client, version), name)) =
        file.split_once('/').and_then(|(folder, name)| Some((folder.split_once('.')?, name)))
    else {
        return Ok(None);
    };
    if client != ALL && ClientId::parse(&visit.edge.id_key(), client).is_none() {
        return Ok(None);
    }
    let look = worn(&visit.edge, &visit.pool, client).await?;
    let Some(look) = look.filter(|look| look.client == client) else { return Ok(None) };
    let Some((media_type, body)) = content(visit, &look, name).await? else { return Ok(None) };
    let response = guarded(Response::text(StatusCode::OK, media_type, body))
        .with("content-security-policy", "default-src 'none'; sandbox")
        .with("cross-origin-resource-policy", "same-origin");
    // A page that is a few seconds old gets the newer look, and nobody keeps it under the older name.
    let is_current = look.version == version;
    Ok(Some(if is_current {
        response.with("cache-control", "public, max-age=31536000, immutable")
    } else {
        response
    }))
}

async fn content(
    visit: &Visit,
    look: &Branding,
    name: &str,
) -> Result<Option<(&'static str, Vec<u8>)>, Error> {
    if name == "style.css" {
        return Ok(look.sheet.clone().map(|sheet| ("text/css; charset=utf-8", sheet.into_bytes())));
    }
    let Some(kind) = look.logo.as_ref().map(|logo| logo.kind) else { return Ok(None) };
    if name.strip_prefix("logo.") != Some(kind.extension()) {
        return Ok(None);
    }
    let bytes = logo(&visit.edge, &visit.pool, &look.client).await?;
    Ok(bytes.map(|bytes| (kind.media_type(), bytes)))
}
