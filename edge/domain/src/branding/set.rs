use super::{Branding, Logo, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::pool::key::base64url;
use serde::{Deserialize, Serialize};

/// Replaces a client's look as a whole: a part that is absent is taken away, and with both absent the row goes.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetBranding {
    /// A client id, or [`super::ALL`].
    pub client: String,
    pub source: Option<String>,
    pub sheet: Option<String>,
    pub logo: Option<NewLogo>,
    pub version: String,
}

/// A logo with its bytes, rebuilt.
#[derive(Debug, Serialize, Deserialize)]
pub struct NewLogo {
    #[serde(flatten)]
    pub logo: Logo,
    #[serde(with = "base64url")]
    pub bytes: Vec<u8>,
}

impl From<super::image::Image> for NewLogo {
    fn from(image: super::image::Image) -> Self {
        let super::image::Image { kind, width, height, bytes } = image;
        Self { logo: Logo { kind, width, height }, bytes }
    }
}

impl Command for SetBranding {
    /// The look as stored; nothing when it was taken away.
    type Answer = Option<Branding>;
    const NAME: &'static str = "branding.set";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<Option<Branding>, Error> {
        cx.event("branding.set", self.client.as_str(), &self.version);
        if self.source.is_none() && self.logo.is_none() {
            store::delete(cx.sql, &self.client)?;
            return Ok(None);
        }
        let created = store::find(cx.sql, &self.client)?.map_or(cx.now, |old| old.created);
        let (logo, bytes) = self.logo.map(|new| (new.logo, new.bytes)).unzip();
        let branding = Branding {
            client: self.client,
            source: self.source,
            sheet: self.sheet,
            logo,
            version: self.version,
            created,
            modified: cx.now,
        };
        store::upsert(cx.sql, &branding, bytes)?;
        Ok(Some(branding))
    }
}
