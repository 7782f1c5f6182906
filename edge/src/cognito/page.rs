//! Sealed list tokens over keys.

use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, invalid};
use domain::seal::{Place, Purpose};
use serde_json::{Map, Value, json};

/// The key to go on after; empty at the start.
pub(super) fn open(edge: &Edge, list: &str, subject: &str, token: Option<&str>) -> Result<String, Error> {
    let Some(token) = token else { return Ok(String::new()) };
    URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|sealed| {
            edge.settings().keys.open(Place::new(Purpose::Cursor, subject, "", list), &sealed).ok()
        })
        .and_then(|plain| String::from_utf8(plain).ok())
        .ok_or_else(|| invalid("Invalid pagination token."))
}

/// Cuts a list that was asked for with one entry too many, and makes the next page's token if there is one.
pub(super) fn cut<T>(
    edge: &Edge,
    list: &str,
    subject: &str,
    mut found: Vec<T>,
    limit: u32,
    key: impl Fn(&T) -> &str,
) -> (Vec<T>, Option<String>) {
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| {
        let place = Place::new(Purpose::Cursor, subject, "", list);
        URL_SAFE_NO_PAD.encode(edge.settings().keys.seal(place, key(last).as_bytes(), edge.platform.random()))
    });
    (found, next)
}

/// A page in AWS's form: no token on the last.
pub(super) fn answer(name: &str, entries: Vec<Value>, next: Option<String>) -> Value {
    let mut out = Map::new();
    out.insert(name.to_owned(), Value::Array(entries));
    if let Some(next) = next {
        out.insert("NextToken".into(), json!(next));
    }
    Value::Object(out)
}
