//! The pool's public keys (RFC 7517 §5): those that sign, and those whose last tokens may still be about.

use crate::message::Response;
use domain::pool::{SigningKey, UserPool};
use http::StatusCode;
use serde_json::{Map, Value, json};

/// Seconds a token of any client can live, a day, and a little for caches.
const LONGEST_TOKEN: i64 = 86_400 + 600;

pub(super) fn jwks(pool: &UserPool, now: i64) -> Response {
    let keys: Vec<Value> = pool.keys.iter().filter(|key| counts(key, now)).filter_map(published).collect();
    Response::json(StatusCode::OK, &json!({ "keys": keys })).with("cache-control", "public, max-age=300")
}

fn counts(key: &SigningKey, now: i64) -> bool {
    key.retired.is_none_or(|at| now <= at + LONGEST_TOKEN)
}

/// The key as verifiers expect it. Members are taken by name, so that nothing else that may be stored gets out.
fn published(key: &SigningKey) -> Option<Value> {
    let stored: Map<String, Value> = serde_json::from_str(&key.public).ok()?;
    let mut jwk = Map::new();
    for name in ["kty", "n", "e", "crv", "x", "y"] {
        if let Some(value) = stored.get(name) {
            jwk.insert(name.into(), value.clone());
        }
    }
    jwk.insert("kid".into(), json!(key.kid));
    jwk.insert("alg".into(), json!(key.algorithm));
    jwk.insert("use".into(), json!("sig"));
    Some(Value::Object(jwk))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::pool::Signs;

    fn key(retired: Option<i64>) -> SigningKey {
        SigningKey {
            kid: "k1".into(),
            signs: Signs::Id,
            algorithm: "RS256".into(),
            public: r#"{"kty":"RSA","n":"AQ","e":"AQAB","d":"secret","x5c":["y"]}"#.into(),
            private: vec![1, 2, 3],
            created: 0,
            retired,
        }
    }

    #[test]
    fn a_key_is_published_with_its_public_members_only() {
        let jwk = published(&key(None)).unwrap();
        assert_eq!(
            jwk,
            json!({ "kty": "RSA", "n": "AQ", "e": "AQAB", "kid": "k1", "alg": "RS256", "use": "sig" })
        );
    }

    #[test]
    fn a_retired_key_stays_until_its_last_token_has_expired() {
        assert!(counts(&key(None), i64::MAX));
        assert!(counts(&key(Some(1_000)), 1_000 + 86_400));
        assert!(!counts(&key(Some(1_000)), 1_000 + 2 * 86_400));
    }
}
