//! Listing users: a page from every shard, merged by key; the cursor is sealed and holds one key for all shards.

use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, Refusal, invalid};
use domain::id::Sub;
use domain::pool::UserPool;
use domain::seal::{Place, Purpose};
use domain::user::{CountUsers, Filter, FilterOn, ListUsers, Page, User, fitting, is_full};
use futures_util::StreamExt;
use std::rc::Rc;

/// Shards asked at once.
const AT_ONCE: usize = 6;

/// What a shard's page weighs at most, but for its last user.
const OF_A_SHARD: u32 = 128 * 1024;

/// What a page of all shards weighs at most, but for its last user.
const OF_ALL: u32 = 1024 * 1024;

/// The first users of the shards read so far.
struct Merged {
    users: Page,
    /// The last (sort key, sub) up to which nobody is left out, where anybody is.
    end: Option<(String, Sub)>,
    limit: usize,
}

fn position((key, user): &(String, User)) -> (String, Sub) {
    (key.clone(), user.sub.clone())
}

impl Merged {
    fn add(&mut self, page: Page) {
        if is_full(&page, OF_A_SHARD) {
            self.end_with(page.last().map(position));
        }
        self.users.extend(page);
        self.users.sort_by(|a, b| (&a.0, &a.1.sub).cmp(&(&b.0, &b.1.sub)));
        if let Some((key, sub)) = &self.end {
            self.users.retain(|(k, user)| (k, &user.sub) <= (key, sub));
        }
        let kept = fitting(&self.users, OF_ALL).min(self.limit);
        if kept < self.users.len() {
            self.users.truncate(kept);
            self.end_with(self.users.last().map(position));
        }
    }
    fn end_with(&mut self, end: Option<(String, Sub)>) {
        if self.end.is_none() || end < self.end {
            self.end = end;
        }
    }
}

/// A page of users, with the wanted attributes or all, and the token of the next.
pub(crate) async fn list(
    edge: &Edge,
    pool: &Rc<UserPool>,
    filter: Option<&str>,
    token: Option<&str>,
    limit: u32,
    attributes: Option<&[String]>,
) -> Result<(Vec<User>, Option<String>), Error> {
    let parsed = filter.map(parse).transpose()?;
    let subject = filter.unwrap_or_default();
    let place = Place::new(Purpose::Cursor, pool.id.as_str(), subject, "users");
    let after: (String, String) = match token {
        None => Default::default(),
        Some(token) => URL_SAFE_NO_PAD
            .decode(token)
            .ok()
            .and_then(|sealed| edge.settings().keys.open(place, &sealed).ok())
            .and_then(|plain| serde_json::from_slice(&plain).ok())
            .ok_or_else(|| invalid("Invalid pagination token."))?,
    };
    let limit = if limit == 0 { 60 } else { limit.min(60) };
    // A name that the pool does not have is nobody's attribute.
    let attributes = attributes.map(|names| {
        names.iter().filter(|name| pool.settings.attribute(name).is_some()).cloned().collect::<Vec<_>>()
    });
    let command = |_: &UserPool| ListUsers {
        filter: parsed.clone(),
        after: after.clone(),
        limit: limit + 1,
        bytes: OF_A_SHARD,
        attributes: attributes.clone(),
    };
    let mut pages = futures_util::stream::iter(0..pool.placement.shards)
        .map(|shard| async move {
            match edge.call_shard(pool, shard, command).await {
                // A shard nobody has written to has no users.
                Err(Error::Refused(Refusal::UserNotFound)) => Ok(Page::new()),
                other => other,
            }
        })
        .buffer_unordered(AT_ONCE);
    let mut merged = Merged { users: Page::new(), end: None, limit: limit as usize };
    while let Some(page) = pages.next().await {
        merged.add(page?);
    }
    let next = merged.end.map(|end| {
        let plain = serde_json::to_vec(&end).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(edge.settings().keys.seal(place, &plain, edge.platform.random()))
    });
    Ok((merged.users.into_iter().map(|(_, user)| user).collect(), next))
}

/// How many users the pool has.
pub(crate) async fn count(edge: &Edge, pool: &Rc<UserPool>) -> Result<i64, Error> {
    let counts: Vec<Result<i64, Error>> = futures_util::stream::iter(0..pool.placement.shards)
        .map(|shard| async move {
            match edge.call_shard(pool, shard, |_| CountUsers {}).await {
                Err(Error::Refused(Refusal::UserNotFound)) => Ok(0),
                other => other,
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    counts.into_iter().sum()
}

/// `name = "value"` or `name ^= "value"`; the value may hold `\"` and `\\`.
fn parse(text: &str) -> Result<Filter, Error> {
    let bad = || invalid("Error while parsing filter");
    let text = text.trim();
    let at = text.find(['=', '^']).ok_or_else(bad)?;
    let (name, rest) = text.split_at_checked(at).ok_or_else(bad)?;
    let (prefix, rest) = match rest.strip_prefix("^=") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix('=').ok_or_else(bad)?),
    };
    let quoted = rest.trim();
    let inner = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).filter(|_| quoted.len() > 1);
    let mut value = String::new();
    let mut chars = inner.ok_or_else(bad)?.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => value.push(chars.next().ok_or_else(bad)?),
            '"' => return Err(bad()),
            c => value.push(c),
        }
    }
    let name = name.trim();
    let on = match name {
        "username" | "cognito:username" => FilterOn::Username,
        "sub" => FilterOn::Sub,
        "cognito:user_status" => FilterOn::Status,
        "status" => FilterOn::Enabled,
        "email" | "phone_number" | "name" | "given_name" | "family_name" | "preferred_username" => {
            FilterOn::Attribute(name.to_owned())
        }
        other => return Err(invalid(format!("Invalid search attribute: {other}"))),
    };
    Ok(Filter { on, value, prefix })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_name_an_operator_and_a_quoted_value() {
        let filter = parse(r#" email ^= "a\"b\\" "#).unwrap();
        assert_eq!(
            (filter.on, filter.prefix, filter.value.as_str()),
            (FilterOn::Attribute("email".into()), true, "a\"b\\")
        );
        assert_eq!(parse(r#"status="Enabled""#).unwrap().on, FilterOn::Enabled);
    }

    #[test]
    fn a_filter_of_another_shape_is_refused() {
        for bad in [
            "",
            "email",
            "email =",
            "email = a",
            "email = \"",
            "email = \"a\" x",
            "email = \"a\"b\"",
            "custom:x = \"a\"",
            "email ^ \"a\"",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
