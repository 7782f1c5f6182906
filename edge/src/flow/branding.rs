//! The classic look of the hosted pages: set as a whole, read for the API, and read for every page.

use crate::cache::{Forgotten, MAX_AGE, Reading};
use crate::edge::Edge;
use domain::address::Address;
use domain::branding::image::Image;
use domain::branding::sheet::{Scope, Sheet};
use domain::branding::{ALL, Branding, FindBranding, FindLogo, SetBranding};
use domain::error::{Error, Refusal, invalid};
use domain::id::hex;
use domain::pool::UserPool;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Replaces the look of one client, or of [`ALL`]; what is not given is taken away. Nothing is left when both are not.
pub(crate) async fn set(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &str,
    css: Option<&str>,
    image: Option<&[u8]>,
) -> Result<Option<Branding>, Error> {
    check_client(edge, pool, client).await?;
    if pool.domain.is_none() {
        return Err(invalid("There has to be an existing domain associated with this user pool"));
    }
    let css = css.filter(|css| !css.trim().is_empty());
    let sheet = css.map(Sheet::parse).transpose().map_err(|e| invalid(format!("Invalid CSS: {e}")))?;
    let sheet = sheet.map(|sheet| sheet.to_css(Scope::HOSTED));
    let image = image.filter(|file| !file.is_empty());
    let image =
        image.map(Image::parse).transpose().map_err(|e| invalid(format!("Invalid image file: {e}")))?;
    let command = SetBranding {
        client: client.to_owned(),
        version: version(sheet.as_deref(), image.as_ref().map(|image| image.bytes.as_slice())),
        source: css.map(str::to_owned),
        sheet,
        logo: image.map(Into::into),
    };
    let stored = edge.call(&Address::pool(pool.id.tag()), &command).await?;
    edge.cache.looks.forget(pool);
    Ok(stored)
}

/// The look that counts for a client, or for [`ALL`], as it is now.
pub(crate) async fn get(edge: &Edge, pool: &Rc<UserPool>, client: &str) -> Result<Option<Branding>, Error> {
    check_client(edge, pool, client).await?;
    edge.call(&Address::pool(pool.id.tag()), &FindBranding { client: client.to_owned() }).await
}

/// The same without the owner's own text, for pages: at most [`MAX_AGE`] seconds old.
pub(crate) async fn worn(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &str,
) -> Result<Option<Rc<Branding>>, Error> {
    let now = edge.platform.now();
    if let Some(kept) = edge.cache.looks.find(pool, client, now) {
        return Ok(kept);
    }
    let reading = edge.cache.looks.forgotten.reading(now);
    let command = FindBranding { client: client.to_owned() };
    let found = edge.call(&Address::pool(pool.id.tag()), &command).await?;
    let found = found.map(|look| Rc::new(Branding { source: None, ..look }));
    edge.cache.looks.keep(pool, client, found.clone(), reading);
    Ok(found)
}

/// The bytes of the logo that belongs to exactly this client, or to [`ALL`].
pub(crate) async fn logo(edge: &Edge, pool: &Rc<UserPool>, client: &str) -> Result<Option<Vec<u8>>, Error> {
    let command = FindLogo { client: client.to_owned() };
    Ok(edge.call(&Address::pool(pool.id.tag()), &command).await?.map(|bytes| bytes.0))
}

/// Where the pages' sheet and logo are served, below a site's base: the name says whose they are and what is in them, so
/// a browser may keep them for good.
pub(crate) fn folder(look: &Branding) -> String {
    format!("/branding/{}.{}", look.client, look.version)
}

/// The address of the logo below a hosted base.
pub(crate) fn logo_path(look: &Branding) -> Option<String> {
    look.logo.as_ref().map(|logo| format!("{}/logo.{}", folder(look), logo.kind.extension()))
}

async fn check_client(edge: &Edge, pool: &Rc<UserPool>, client: &str) -> Result<(), Error> {
    if client == ALL {
        return Ok(());
    }
    let (owner, _) = edge.client_named(client).await?;
    if owner.id == pool.id {
        Ok(())
    } else {
        Err(Refusal::ClientNotFound { client: client.to_owned() }.into())
    }
}

fn version(sheet: Option<&str>, image: Option<&[u8]>) -> String {
    let mut hash = Sha256::new();
    for part in [sheet.unwrap_or_default().as_bytes(), image.unwrap_or_default()] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hex(hash.finalize().get(..8).unwrap_or_default())
}

/// Looks an isolate remembers; it starts over when full.
const KEPT: usize = 256;

/// The looks an isolate remembers, for [`MAX_AGE`] seconds; also that there is none.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    kept: RefCell<HashMap<(String, String), Kept>>,
    forgotten: Forgotten,
}

#[derive(Debug)]
struct Kept {
    look: Option<Rc<Branding>>,
    read: i64,
}

impl Looks {
    #[expect(clippy::option_option, reason = "that there is no look is known as well")]
    fn find(&self, pool: &UserPool, client: &str, now: i64) -> Option<Option<Rc<Branding>>> {
        let kept = self.kept.borrow();
        let found = kept.get(&(pool.id.to_string(), client.to_owned()))?;
        (found.read + MAX_AGE > now).then(|| found.look.clone())
    }
    fn keep(&self, pool: &UserPool, client: &str, look: Option<Rc<Branding>>, reading: Reading) {
        if !self.forgotten.lets_keep(reading) {
            return;
        }
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert((pool.id.to_string(), client.to_owned()), Kept { look, read: reading.at });
    }
    fn forget(&self, pool: &UserPool) {
        self.forgotten.again();
        self.kept.borrow_mut().retain(|(owner, _), _| owner != pool.id.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_changes_with_what_is_served() {
        let one = version(Some("a"), Some(b"b"));
        assert_eq!(one.len(), 16);
        assert_eq!(one, version(Some("a"), Some(b"b")));
        for other in [version(Some("ab"), None), version(None, Some(b"ab")), version(Some(""), Some(b"b"))] {
            assert_ne!(one, other);
        }
    }
}
