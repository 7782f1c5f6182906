//! Signing out on a gated host ends the hosted page's session too, where the client lets it lead back.

use http::{HeaderName, Method};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, encode, sign};
use tests::person::{PASSWORD, Pool};
use tests::world::{ORIGIN, START};

const APP: &str = "/site/notes";

/// A browser that follows nothing by itself and keeps every cookie, whatever its path.
struct Browser(Rc<World>, RefCell<BTreeMap<String, String>>);

impl Browser {
    fn send(&self, method: Method, target: &str, form: &[(&str, &str)]) -> Answer {
        let mut request = World::request(method, target.trim_start_matches(ORIGIN));
        let jar: Vec<String> = self.1.borrow().iter().map(|(n, v)| format!("{n}={v}")).collect();
        for (name, value) in [
            ("accept", "text/html"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", &jar.join("; ")),
            ("content-type", "application/x-www-form-urlencoded"),
        ] {
            request.headers.insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        request.body = edge::message::Body::Bytes(encode(form).into_bytes());
        let answer = self.0.ask(request);
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.1.borrow_mut().remove(name);
            } else {
                self.1.borrow_mut().insert(name.into(), value.into());
            }
        }
        answer
    }

    /// Opens an address and goes where it leads; gives the last address, and what stands there.
    fn open(&self, target: &str) -> (String, Answer) {
        let mut at = target.to_owned();
        for _ in 0..9 {
            let answer = self.send(Method::GET, &at, &[]);
            if !answer.status.is_redirection() {
                return (at, answer);
            }
            answer.header("location").trim_start_matches(ORIGIN).clone_into(&mut at);
        }
        panic!("no end of redirects: {at}");
    }

    /// Signs in from a gated route, and is back there.
    fn enter(&self) {
        let (at, page) = self.open(APP);
        assert!(at.starts_with("/_hosted/demo/login?"), "{at}");
        let csrf = page.text().split("name=\"_csrf\" value=\"").nth(1).unwrap().to_owned();
        let fields =
            [("_csrf", csrf.split('"').next().unwrap()), ("username", "ann"), ("password", PASSWORD)];
        let answer = self.send(Method::POST, &at, &fields);
        let (at, page) = self.open(answer.header("location"));
        assert_eq!((at.as_str(), page.status.as_u16()), (APP, 200), "{}", page.text());
    }
}

fn site(logout_urls: &[&str]) -> Browser {
    let world = World::with_shards(3);
    let pool = Pool::with(
        &world,
        &json!({}),
        &json!({ "CallbackURLs": [format!("{ORIGIN}/_gate/callback")], "LogoutURLs": logout_urls,
                 "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
                 "AllowedOAuthScopes": ["openid"], "SupportedIdentityProviders": ["COGNITO"] }),
    );
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.person("ann", "ann@example.com");
    let document = |method, body: &Value| {
        let mut request = World::request(method, "/_tidegate/gate");
        if !body.is_null() {
            request.body = edge::message::Body::Bytes(body.to_string().into_bytes());
        }
        world.ask(sign(request, &Credentials::operator(), "tidegate", START)).ok()
    };
    let version = document(Method::GET, &Value::Null)["version"].clone();
    let route = json!({ "id": "app", "match": { "host": "localhost", "path": "/site/*" }, "upstream": { "kind": "echo" },
                        "auth": { "kind": "session", "pool": pool.id, "client_id": pool.client } });
    document(Method::PUT, &json!({ "version": version, "routes": [route] }));
    Browser(world, RefCell::default())
}

#[test]
fn signing_out_at_the_gate_ends_the_hosted_session_and_leads_back() {
    let elsewhere = "https://app.example/bye";
    let here = format!("{ORIGIN}/_gate/logout");
    for method in [Method::GET, Method::POST] {
        let browser = site(&[elsewhere, &here]);
        browser.enter();
        let out = browser.send(method, "/_gate/logout", &[]);
        let (at, page) = browser.open(out.header("location"));
        assert_eq!((at.as_str(), page.status.as_u16()), ("/_gate/logout", 200));
        assert!(page.text().contains("You are signed out"));
        let (at, _) = browser.open(APP);
        assert!(at.starts_with("/_hosted/demo/login?"), "it asks who is there: {at}");
    }
}

#[test]
fn without_an_address_to_come_back_to_the_session_ends_here_alone() {
    let browser = site(&["https://app.example/bye"]);
    browser.enter();
    let out = browser.send(Method::GET, "/_gate/logout", &[]);
    assert_eq!((out.status.as_u16(), out.header("location")), (200, ""));
    let (at, _) = browser.open(APP);
    assert_eq!(at, APP, "the hosted page still knows who it is");
}

#[test]
fn whoever_is_not_signed_in_is_told_so_and_sent_nowhere() {
    let browser = site(&[&format!("{ORIGIN}/")]);
    let out = browser.send(Method::GET, "/_gate/logout", &[]);
    assert_eq!((out.status.as_u16(), out.header("location")), (200, ""));
}
