use super::{ALL, Branding, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::pool::key::base64url;
use serde::{Deserialize, Serialize};

/// The look that counts for a client: its own, else everybody's, else none.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindBranding {
    pub client: String,
}

impl Command for FindBranding {
    type Answer = Option<Branding>;
    const NAME: &'static str = "branding.find";
    const OBJECT: Kind = Kind::Pool;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Option<Branding>, Error> {
        Ok(match store::find(cx.sql, &self.client)? {
            Some(own) => Some(own),
            None => store::find(cx.sql, ALL)?,
        })
    }
}

/// The bytes of the logo in exactly this row.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindLogo {
    pub client: String,
}

/// A file of bytes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes(#[serde(with = "base64url")] pub Vec<u8>);

impl Command for FindLogo {
    type Answer = Option<Bytes>;
    const NAME: &'static str = "branding.find_logo";
    const OBJECT: Kind = Kind::Pool;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Option<Bytes>, Error> {
        Ok(store::find_logo(cx.sql, &self.client)?.map(Bytes))
    }
}
