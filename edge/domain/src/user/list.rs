//! A page of one shard's users. The flow merges the shards' pages by the same key.

use super::{Status, User, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::sql::Value;
use serde::{Deserialize, Serialize};

/// Lists in order of (sort key, sub). The sort key is the filtered value for a prefix filter, else empty.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListUsers {
    pub filter: Option<Filter>,
    /// The last (sort key, sub) of the page before, or two empty strings.
    pub after: (String, String),
    /// At most 61: a page and one more, which tells whether another follows.
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
        let limit = Value::from(self.limit.min(61));
        let (key, sub) = (Value::from(&self.after.0), Value::from(&self.after.1));
        let Some(filter) = self.filter else {
            let select = "SELECT sub, '' FROM user WHERE sub > ? ORDER BY sub LIMIT ?";
            return Ok(store::page(cx.sql, select, &[sub, limit])?);
        };
        let value = Value::from(&filter.value);
        // The least text greater than every text with this prefix.
        let end = Value::from(format!("{}\u{10ffff}", filter.value));
        let page = match (filter.on, filter.prefix) {
            (FilterOn::Username, false) => store::page(
                cx.sql,
                "SELECT sub, '' FROM user WHERE username = ? AND sub > ? ORDER BY sub LIMIT ?",
                &[value, sub, limit],
            )?,
            (FilterOn::Username, true) => store::page(
                cx.sql,
                "SELECT sub, username FROM user
                 WHERE username >= ? AND username < ? AND (username, sub) > (?, ?)
                 ORDER BY username, sub LIMIT ?",
                &[value, end, key, sub, limit],
            )?,
            (FilterOn::Sub, false) => store::page(
                cx.sql,
                "SELECT sub, '' FROM user WHERE sub = ? AND sub > ? LIMIT ?",
                &[value, sub, limit],
            )?,
            (FilterOn::Sub, true) => store::page(
                cx.sql,
                "SELECT sub, '' FROM user WHERE sub >= ? AND sub < ? AND sub > ? ORDER BY sub LIMIT ?",
                &[value, end, sub, limit],
            )?,
            (FilterOn::Status, false) => store::page(
                cx.sql,
                "SELECT sub, '' FROM user WHERE status = ? AND sub > ? ORDER BY sub LIMIT ?",
                &[value, sub, limit],
            )?,
            (FilterOn::Status, true) => {
                let all = [
                    Status::Unconfirmed,
                    Status::Confirmed,
                    Status::ForceChangePassword,
                    Status::ResetRequired,
                ];
                let matching: Vec<_> = all
                    .into_iter()
                    .map(Status::label)
                    .filter(|label| label.starts_with(&filter.value))
                    .collect();
                let mut page = Page::new();
                for label in matching {
                    page.extend(store::page(
                        cx.sql,
                        "SELECT sub, '' FROM user WHERE status = ? AND sub > ? ORDER BY sub LIMIT ?",
                        &[label.into(), sub.clone(), limit.clone()],
                    )?);
                }
                page.sort_by(|a, b| a.1.sub.cmp(&b.1.sub));
                page.truncate(self.limit.min(61) as usize);
                page
            }
            (FilterOn::Enabled, prefix) => {
                let [enabled, disabled] = ["Enabled", "Disabled"]
                    .map(|word| if prefix { word.starts_with(&filter.value) } else { word == filter.value });
                let mut page = Page::new();
                for (on, wanted) in [(true, enabled), (false, disabled)] {
                    if wanted {
                        page.extend(store::page(
                            cx.sql,
                            "SELECT sub, '' FROM user WHERE enabled = ? AND sub > ? ORDER BY sub LIMIT ?",
                            &[on.into(), sub.clone(), limit.clone()],
                        )?);
                    }
                }
                page.sort_by(|a, b| a.1.sub.cmp(&b.1.sub));
                page.truncate(self.limit.min(61) as usize);
                page
            }
            (FilterOn::Attribute(name), false) => store::page(
                cx.sql,
                "SELECT sub, '' FROM attribute WHERE name = ? AND value = ? AND sub > ? ORDER BY sub LIMIT ?",
                &[name.into(), value, sub, limit],
            )?,
            (FilterOn::Attribute(name), true) => store::page(
                cx.sql,
                "SELECT sub, value FROM attribute
                 WHERE name = ? AND value >= ? AND value < ? AND (value, sub) > (?, ?)
                 ORDER BY value, sub LIMIT ?",
                &[name.into(), value, end, key, sub, limit],
            )?,
        };
        Ok(page)
    }
}
