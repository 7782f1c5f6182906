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

impl Command for ListUsers {
    type Answer = Page;
    const NAME: &'static str = "user.list";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Page, Error> {
        let limit = self.limit.min(MOST);
        let page = Window { sql: cx.sql, after: &self.after, limit };
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
                merged(pages, limit)
            }
            (FilterOn::Enabled, _) => {
                let words = [(true, "Enabled"), (false, "Disabled")];
                let wanted = words.into_iter().filter(|(_, word)| matches(word));
                let pages = wanted.map(|(on, _)| page.by_enabled(on)).collect::<Result<Vec<_>, _>>()?;
                merged(pages, limit)
            }
        };
        Ok(listed)
    }
}

/// The first of several pages in order of sub.
fn merged(pages: Vec<Page>, limit: u32) -> Page {
    let mut page: Page = pages.into_iter().flatten().collect();
    page.sort_by(|a, b| a.1.sub.cmp(&b.1.sub));
    page.truncate(limit as usize);
    page
}
