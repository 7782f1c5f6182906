//! A pool's public keys (RFC 7517 §5): those that sign, and those whose last tokens may still be about.

use crate::edge::Edge;
use crate::message::Response;
use domain::pool::SigningKey;
use http::StatusCode;
use serde_json::json;

/// Seconds a token of any client can live, a day, and a little for caches.
const LONGEST_TOKEN: i64 = 86_400 + 600;

pub(crate) fn jwks(edge: &Edge, keys: &[SigningKey]) -> Response {
    let mut published = Vec::new();
    for key in keys.iter().filter(|key| counts(key, edge.now())) {
        match key.published() {
            Some(jwk) => published.push(jwk),
            None => edge.log_fault(&format!("the signing key {} cannot be published", key.kid)),
        }
    }
    Response::json(StatusCode::OK, &json!({ "keys": published })).with("cache-control", "public, max-age=300")
}

fn counts(key: &SigningKey, now: i64) -> bool {
    key.retired.is_none_or(|at| now <= at + LONGEST_TOKEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::pool::Signs;

    #[test]
    fn a_retired_key_stays_until_its_last_token_has_expired() {
        let key = |retired| SigningKey {
            kid: "k1".into(),
            signs: Signs::Id,
            algorithm: "RS256".into(),
            public: "{}".into(),
            private: Vec::new(),
            created: 0,
            retired,
        };
        assert!(counts(&key(None), i64::MAX));
        assert!(counts(&key(Some(1_000)), 1_000 + 86_400));
        assert!(!counts(&key(Some(1_000)), 1_000 + 2 * 86_400));
    }
}
