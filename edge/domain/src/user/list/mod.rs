//! A page of one shard's users. The flow merges the shards' pages by the same key.

mod store;

use super::{Status, User};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use store::Window;

/// A page of 60 and one more, which tells whether another follows.
const MOST: u32 = 61;

/// Lists in order of (sort key, sub). The sort key is the filtered value for a prefix filter, else empty.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListUsers {
    pub filter: Option<Filter>,
    /// The last (sort key, sub) of the page before, or two empty strings.
    pub after: (String, String),
    /// At most 61.
    pub limit: u32,
    /// The page ends with the user with whom it weighs this much, if more users follow or not. A release that
    /// does not say it knows of no such end.
    #[serde(default = "unbounded")]
    pub bytes: u32,
    /// The attributes to read; `None`: all.
    #[serde(default)]
    pub attributes: Option<Vec<String>>,
}

const fn unbounded() -> u32 {
    u32::MAX
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    pub on: FilterOn,
    pub value: String,
    /// `^=`: starts with; else equals.
    pub prefix: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilterOn {
    Username,
    Sub,
    /// `cognito:user_status`; the value is AWS's spelling.
    Status,
    /// `status`: the value is `Enabled` or `Disabled`.
    Enabled,
    Attribute(String),
}

/// Users with their sort keys.
pub type Page = Vec<(String, User)>;

/// About what a user on a page takes as JSON, in bytes.
fn weight((key, user): &(String, User)) -> usize {
    const REST: usize = 200;
    let text = |text: &str| text.bytes().map(escaped).sum::<usize>();
    let attributes = user.attributes.iter().map(|(name, value)| text(name) + text(value) + 6);
    REST + text(key) + text(&user.username) + attributes.sum::<usize>()
}

const fn escaped(byte: u8) -> usize {
    match byte {
        0..=0x1f => 6,
        b'"' | b'\\' => 2,
        _ => 1,
    }
}

/// Whether a page may have ended because it weighed so much.
pub fn is_full(page: &[(String, User)], bytes: u32) -> bool {
    page.iter().map(weight).sum::<usize>() >= bytes as usize
}

/// How many users a page begins with before it is full.
pub fn fitting(page: &[(String, User)], bytes: u32) -> usize {
    let mut before = 0;
    let fits = |entry| {
        let fits = before < bytes as usize;
        before += weight(entry);
        fits
    };
    page.iter().map(fits).take_while(|fits| *fits).count()
}

impl Command for ListUsers {
    type Answer = Page;
    const NAME: &'static str = "user.list";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Page, Error> {
        let limit = self.limit.min(MOST);
        let bytes = self.bytes.max(1);
        let wanted = self.attributes.as_ref().map(serde_json::to_string).transpose()?;
        let page = Window { sql: cx.sql, after: &self.after, limit, bytes, wanted: wanted.as_deref() };
        let Some(Filter { on, value, prefix }) = self.filter else { return Ok(page.all()?) };
        let matches = |word: &str| if prefix { word.starts_with(&value) } else { word == value };
        let listed = match (on, prefix) {
            (FilterOn::Username, false) => page.by_username(&value)?,
            (FilterOn::Username, true) => page.by_start_of_username(&value)?,
            (FilterOn::Sub, false) => page.by_sub(&value)?,
            (FilterOn::Sub, true) => page.by_start_of_sub(&value)?,
            (FilterOn::Attribute(name), false) => page.by_attribute(&name, &value)?,
            (FilterOn::Attribute(name), true) => page.by_start_of_attribute(&name, &value)?,
            // Of few values, each is listed, and the pages are merged.
            (FilterOn::Status, _) => {
                let wanted = Status::ALL.into_iter().filter(|status| matches(status.label()));
                let pages = wanted.map(|status| page.by_status(status)).collect::<Result<Vec<_>, _>>()?;
                merged(pages, limit, bytes)
            }
            (FilterOn::Enabled, _) => {
                let words = [(true, "Enabled"), (false, "Disabled")];
                let wanted = words.into_iter().filter(|(_, word)| matches(word));
                let pages = wanted.map(|(on, _)| page.by_enabled(on)).collect::<Result<Vec<_>, _>>()?;
                merged(pages, limit, bytes)
            }
        };
        Ok(listed)
    }
}

/// The first of several pages in order of sub, as far as the first end of one that is full.
fn merged(pages: Vec<Page>, limit: u32, bytes: u32) -> Page {
    let ends = pages.iter().filter(|page| is_full(page, bytes)).filter_map(|page| page.last());
    let end = ends.map(|(_, user)| user.sub.clone()).min();
    let mut page: Page = pages.into_iter().flatten().collect();
    page.sort_by(|a, b| a.1.sub.cmp(&b.1.sub));
    if let Some(end) = end {
        page.retain(|(_, user)| user.sub <= end);
    }
    page.truncate(limit as usize);
    page.truncate(fitting(&page, bytes));
    page
}
