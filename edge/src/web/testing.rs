//! A small world for the tests of the doors that browsers come to.

use crate::message::{Body, Request};
use crate::platform::{Argon2Cost, Settings};
use domain::caller::Caller;
use domain::id::{ClientId, PoolId};
use domain::pool::{Client, ValidityAsGiven};
use domain::random::Random;
use domain::seal::KeyRing;
use http::{HeaderMap, Method};
use std::cell::Cell;

/// Bytes that never repeat and are always the same.
#[derive(Debug, Default)]
pub(crate) struct Counting(Cell<u64>);

impl Random for Counting {
    fn fill(&self, out: &mut [u8]) {
        for byte in out {
            let next = self.0.get().wrapping_add(1);
            self.0.set(next);
            *byte = u8::try_from((next.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) & 0xff).unwrap_or(0);
        }
    }
}

pub(crate) fn settings(origin: &str) -> Settings {
    Settings {
        origin: origin.into(),
        tls_origin: None,
        region: "us-east-1".into(),
        account: "123456789012".into(),
        local: true,
        shards: 3,
        argon2: Argon2Cost { memory_kib: 8, passes: 1, lanes: 1 },
        keys: KeyRing::new(&[7; 32], &[]).unwrap(),
        operators: vec![],
        aws_issuer: false,
    }
}

pub(crate) fn site() -> crate::hosts::Site {
    crate::hosts::Site {
        prefix: "demo".into(),
        origin: "https://id.example.com".into(),
        path: "/_hosted/demo".into(),
    }
}

pub(crate) fn request(origin: &str, host: &str, target: &str) -> Request {
    Request {
        method: Method::GET,
        origin: origin.into(),
        host: host.into(),
        target: target.into(),
        headers: HeaderMap::new(),
        body: Body::Empty,
        caller: Caller::default(),
        sent_accept_encoding: None,
    }
}

/// A public client that may ask for `openid email profile`.
pub(crate) fn client() -> Client {
    let keys = KeyRing::new(&[7; 32], &[]).unwrap();
    let random = Counting::default();
    let pool = PoolId::draw(&keys.id_key(), "us-east-1", &random);
    Client {
        id: ClientId::draw(&keys.id_key(), pool.tag(), &random),
        name: "Photos".into(),
        secret: None,
        refresh_validity: 2_592_000,
        access_validity: 3600,
        id_validity: 3600,
        validity_as_given: ValidityAsGiven::default(),
        auth_flows: vec![],
        read_attributes: None,
        write_attributes: None,
        identity_providers: vec!["COGNITO".into()],
        callback_urls: vec!["https://app.example/cb?x=1".into()],
        logout_urls: vec!["https://app.example/bye".into()],
        default_redirect: None,
        oauth_flows: vec!["code".into()],
        oauth_scopes: ["openid", "email", "profile"].map(String::from).to_vec(),
        oauth_enabled: true,
        hides_missing_users: false,
        hides_missing_users_given: false,
        revocation: true,
        propagates_context: false,
        session_minutes: 3,
        rotation: None,
        created: 0,
        modified: 0,
    }
}
