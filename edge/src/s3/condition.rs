//! Conditional reads (RFC 9110 §13): `If-Match` before `If-Unmodified-Since`, `If-None-Match` before
//! `If-Modified-Since`.

use super::ask::Ask;
use super::failure::{Code, Failure};
use crate::platform::Stored;
use domain::calendar;

pub(super) const NAMES: [&str; 4] = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];

pub(super) fn check(ask: &Ask, stored: &Stored) -> Result<(), Failure> {
    let written = stored.uploaded.div_euclid(1000);
    match (ask.header("if-match"), ask.header("if-unmodified-since").and_then(calendar::read_http)) {
        (Some(list), _) if !lists(list, &stored.etag) => return Err(Code::PreconditionFailed.into()),
        (None, Some(since)) if written > since => return Err(Code::PreconditionFailed.into()),
        _ => {}
    }
    match (ask.header("if-none-match"), ask.header("if-modified-since").and_then(calendar::read_http)) {
        (Some(list), _) if lists(list, &stored.etag) => Err(Code::NotModified.into()),
        (None, Some(since)) if written <= since => Err(Code::NotModified.into()),
        _ => Ok(()),
    }
}

/// Whether a list of entity tags holds this one. S3 takes tags without quotes, too.
fn lists(list: &str, etag: &str) -> bool {
    list.split(',').map(str::trim).any(|tag| {
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        tag == "*" || tag.trim_matches('"') == etag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_tag_is_found_in_its_list() {
        for list in ["*", "\"a\"", "a", "\"b\", \"a\"", "W/\"a\""] {
            assert!(lists(list, "a"), "{list}");
        }
        for list in ["", "\"b\"", "\"aa\"", "\"a"] {
            assert_eq!(lists(list, "a"), list == "\"a", "{list}");
        }
    }
}
