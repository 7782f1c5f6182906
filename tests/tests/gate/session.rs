use super::setup::{get, routes, with};
use edge::cache::Cache;
use http::Method;
use serde_json::json;
use std::cell::Cell;
use std::rc::Rc;
use tests::World;
use tests::call::Answer;
use tests::person::Pool;
use tests::schedule::{Trouble, interleave};

const SITE: &str = "http://localhost:8787";
const CALLBACK: &str = "http://localhost:8787/_gate/callback";
const BROWSER: [(&str, &str); 3] =
    [("accept", "text/html,*/*"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];

fn site(world: &Rc<World>) -> Pool {
    let pool = Pool::with(
        world,
        &json!({}),
        &json!({ "CallbackURLs": [format!("{SITE}/_gate/callback")], "AllowedOAuthFlowsUserPoolClient": true,
                 "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "SupportedIdentityProviders": ["COGNITO"] }),
    );
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.person("ann", "ann@example.com");
    routes(
        world,
        &json!([{ "id": "app", "match": { "host": "localhost", "path": "/site/*" },
                  "auth": { "kind": "session", "pool": pool.id, "client_id": pool.client },
                  "upstream": { "kind": "echo" } }]),
    );
    pool
}

fn navigate(world: &Rc<World>, target: &str, cookie: &str) -> Answer {
    let request = get(target, &BROWSER);
    world.ask(if cookie.is_empty() { request } else { with(request, &[("cookie", cookie)]) })
}

/// `name=value` of a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let lines = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let start = format!("{name}=");
    lines.filter(|line| line.starts_with(&start)).find_map(|line| line.split(';').next().map(str::to_owned))
}

#[test]
fn a_browser_without_a_session_is_sent_to_sign_in_and_anything_else_is_told_no() {
    let world = World::with_shards(3);
    let pool = site(&world);
    let sent = navigate(&world, &format!("{SITE}/site/notes?x=1"), "");
    assert_eq!(sent.status, 302);
    let location = sent.header("location");
    assert!(
        location.starts_with("http://localhost:8787/_hosted/demo/oauth2/authorize?response_type=code&"),
        "{location}"
    );
    assert!(location.contains(&pool.client) && location.contains("code_challenge_method=S256"));
    let line = sent.header("set-cookie");
    assert!(
        line.starts_with("__Host-tidegate-browser=") && line.contains("; Secure; HttpOnly; SameSite=Lax"),
        "{line}"
    );

    for headers in [
        &[("accept", "application/json")][..],
        &[("accept", "text/html"), ("sec-fetch-mode", "cors")],
        &[("accept", "text/html"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
        &[("accept", "text/html"), ("x-requested-with", "XMLHttpRequest")],
    ] {
        assert_eq!(world.ask(get(&format!("{SITE}/site/notes"), headers)).status, 401, "{headers:?}");
    }
    let post = with(World::request(Method::POST, &format!("{SITE}/site/notes")), &BROWSER);
    assert_eq!(world.ask(post).status, 401);
    assert_eq!(navigate(&world, &format!("{SITE}/site/notes"), "__Host-tidegate=forged").status, 302);
}

#[test]
fn a_callback_of_another_browser_or_with_a_made_up_state_gives_no_session() {
    let world = World::with_shards(3);
    site(&world);
    let sent = navigate(&world, &format!("{SITE}/site"), "");
    let location = sent.header("location").to_owned();
    let state = location.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let own = cookie(&sent, "__Host-tidegate-browser").unwrap();
    let other = cookie(&navigate(&world, &format!("{SITE}/site"), ""), "__Host-tidegate-browser").unwrap();
    for (state, browser) in
        [(state, other.as_str()), ("AAAA", own.as_str()), (state, ""), (state, own.as_str())]
    {
        let answer = navigate(&world, &format!("{SITE}/_gate/callback?code=x&state={state}"), browser);
        assert_eq!(answer.status, 400, "{browser}");
        assert_eq!(cookie(&answer, "__Host-tidegate"), None);
    }
    let refused = navigate(&world, &format!("{SITE}/_gate/callback?error=access_denied&state={state}"), &own);
    assert_eq!(refused.status, 403);
}

#[test]
fn a_sign_in_at_the_hosted_page_becomes_a_session_and_signing_out_ends_it_within_a_minute() {
    let world = World::with_shards(3);
    let pool = site(&world);
    let sent = navigate(&world, &format!("{SITE}/site/notes?x=1"), "");
    let browser = cookie(&sent, "__Host-tidegate-browser").unwrap();
    let back = hosted(&world, sent.header("location"), "ann");
    assert!(back.starts_with(&format!("{SITE}/_gate/callback?")), "{back}");
    let finished = navigate(&world, &back, &browser);
    assert_eq!(
        (finished.status.as_u16(), finished.header("location")),
        (302, "/site/notes?x=1"),
        "{}",
        finished.text()
    );
    let session = cookie(&finished, "__Host-tidegate").unwrap();
    assert!(session.len() < 300, "{}", session.len());

    let seen = world.ask(get(&format!("{SITE}/site/notes"), &[("cookie", &session)])).ok();
    assert_eq!(seen["identity"]["x-tidegate-username"], "ann");
    // Another host does not take it, and the code does not work twice.
    assert_eq!(world.ask(get("http://127.0.0.1:8787/site/notes", &[("cookie", &session)])).status, 404);
    assert_eq!(navigate(&world, &back, &browser).status, 400);
    // Coming a second time with a code ends what the first gave: sign in again.
    let sent = navigate(&world, &format!("{SITE}/site"), &browser);
    let finished = navigate(&world, &hosted(&world, sent.header("location"), "ann"), &browser);
    let session = cookie(&finished, "__Host-tidegate").unwrap();
    world.ask(get(&format!("{SITE}/site"), &[("cookie", &session)])).ok();
    world.operate("AdminDisableUser", &json!({ "UserPoolId": pool.id, "Username": "ann" })).ok();
    world.advance(61);
    assert_eq!(world.ask(get(&format!("{SITE}/site"), &[("cookie", &session)])).status, 401);
}

#[test]
fn signing_out_on_the_gated_host_acts_at_once() {
    let world = World::with_shards(3);
    site(&world);
    let sent = navigate(&world, &format!("{SITE}/site"), "");
    let browser = cookie(&sent, "__Host-tidegate-browser").unwrap();
    let finished = navigate(&world, &hosted(&world, sent.header("location"), "ann"), &browser);
    let session = cookie(&finished, "__Host-tidegate").unwrap();
    let image =
        [("cookie", session.as_str()), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")];
    assert_eq!(world.ask(get(&format!("{SITE}/_gate/logout"), &image)).status, 403);
    world.ask(get(&format!("{SITE}/site"), &[("cookie", &session)])).ok();
    let out = navigate(&world, &format!("{SITE}/_gate/logout"), &session);
    assert_eq!(
        (out.status.as_u16(), cookie(&out, "__Host-tidegate").as_deref()),
        (200, Some("__Host-tidegate="))
    );
    assert_eq!(world.ask(get(&format!("{SITE}/site"), &[("cookie", &session)])).status, 401);
}

#[test]
fn signing_out_on_the_gated_host_acts_at_once_whatever_is_asked_meanwhile() {
    let world = World::with_shards(3);
    site(&world);
    for seed in 0..60 {
        let sent = navigate(&world, &format!("{SITE}/site"), "");
        let browser = cookie(&sent, "__Host-tidegate-browser").unwrap();
        let finished = navigate(&world, &hosted(&world, sent.header("location"), "ann"), &browser);
        let session = cookie(&finished, "__Host-tidegate").unwrap();
        let isolate: Rc<Cache> = Rc::default();
        let out = Rc::new(Cell::new(false));
        let flows = (0..4).map(|n| {
            let target = if n == 0 { "/_gate/logout" } else { "/site" };
            let request = with(get(&format!("{SITE}{target}"), &BROWSER), &[("cookie", &session)]);
            let (asked, out) = (world.asking(&isolate, request), Rc::clone(&out));
            let flow: domain::jose::LocalBoxFuture<'static, ()> = Box::pin(async move {
                let answer = asked.await;
                out.set(out.get() || (n == 0 && answer.status == 200));
            });
            flow
        });
        interleave(&world, seed, Trouble::NONE, flows.collect());
        assert!(out.get());
        let request = get(&format!("{SITE}/site"), &[("cookie", &session)]);
        assert_eq!(world.run(world.asking(&isolate, request)).status, 401, "seed {seed}");
        // Sign-ins in a row would be a loop.
        world.advance(61);
    }
}

#[test]
fn a_browser_that_comes_back_right_after_a_change_of_the_pool_gets_its_session() {
    let world = World::with_shards(3);
    let pool = site(&world);
    let sent = navigate(&world, &format!("{SITE}/site/notes"), "");
    let browser = cookie(&sent, "__Host-tidegate-browser").unwrap();
    let back = hosted(&world, sent.header("location"), "ann");
    // An isolate that has read the pool as it was.
    let other: Rc<Cache> = Rc::default();
    let asked = world.run(world.asking(&other, get(&format!("{SITE}/site"), &BROWSER)));
    assert_eq!(asked.status, 302);
    let change = json!({ "UserPoolId": pool.id, "AutoVerifiedAttributes": ["email"] });
    world.operate("UpdateUserPool", &change).ok();
    let request = with(get(&back, &BROWSER), &[("cookie", &browser)]);
    let finished = world.run(world.asking(&other, request));
    assert_eq!((finished.status.as_u16(), finished.header("location")), (302, "/site/notes"));
    assert!(cookie(&finished, "__Host-tidegate").is_some());
}

#[test]
fn a_session_ends_with_its_client_within_a_minute() {
    let world = World::with_shards(3);
    let pool = site(&world);
    let (session, _) = signed_in(&world, "");
    let ask = || world.ask(get(&format!("{SITE}/site"), &[("cookie", &session)])).status.as_u16();
    world.advance(61);
    assert_eq!(ask(), 200, "what stands is seen to stand");
    let deleted = json!({ "UserPoolId": pool.id, "ClientId": pool.client });
    world.operate("DeleteUserPoolClient", &deleted).ok();
    world.advance(61);
    assert_eq!(ask(), 401);
}

#[test]
fn a_session_that_is_seen_to_stand_makes_the_next_sign_in_no_loop() {
    let world = World::with_shards(3);
    site(&world);
    let (mut session, mut browser) = (String::new(), String::new());
    for _ in 0..4 {
        (session, browser) = signed_in(&world, &browser);
        let seen = navigate(&world, &format!("{SITE}/site"), &format!("{session}; {browser}"));
        assert_eq!(seen.status, 200);
        browser = cookie(&seen, "__Host-tidegate-browser").unwrap();
        assert!(browser.contains(".0."), "{browser}");
    }
    let seen = navigate(&world, &format!("{SITE}/site"), &format!("{session}; {browser}"));
    assert_eq!(cookie(&seen, "__Host-tidegate-browser"), None, "what is forgotten is not forgotten again");
    // A browser whose sessions are never seen is told so.
    for _ in 0..2 {
        (_, browser) = signed_in(&world, &browser);
    }
    assert_eq!(navigate(&world, &format!("{SITE}/site"), &browser).status, 400);
}

/// Signs ann in, in a new browser or one that was here before: the session's cookie and the browser's.
fn signed_in(world: &Rc<World>, browser: &str) -> (String, String) {
    let sent = navigate(world, &format!("{SITE}/site"), browser);
    assert_eq!(sent.status, 302, "{}", sent.text());
    let browser = cookie(&sent, "__Host-tidegate-browser").unwrap();
    let finished = navigate(world, &hosted(world, sent.header("location"), "ann"), &browser);
    let browser = cookie(&finished, "__Host-tidegate-browser").unwrap();
    (cookie(&finished, "__Host-tidegate").unwrap(), browser)
}

/// Signs in at the hosted page and gives the address it leads back to.
fn hosted(world: &Rc<World>, location: &str, name: &str) -> String {
    let mut jar: Vec<String> = Vec::new();
    let keep = |jar: &mut Vec<String>, answer: &Answer| {
        for line in answer.headers.get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap().to_owned();
            let key = pair.split('=').next().unwrap().to_owned() + "=";
            jar.retain(|kept| !kept.starts_with(&key));
            jar.push(pair);
        }
    };
    let mut answer = navigate(world, location, "");
    keep(&mut jar, &answer);
    let mut at = location.to_owned();
    for _ in 0..3 {
        if answer.status != 302 && answer.status != 303 {
            break;
        }
        let next = answer.header("location").to_owned();
        if next.starts_with(CALLBACK) {
            return next;
        }
        at = if next.starts_with('/') { format!("http://localhost:8787{next}") } else { next };
        answer = navigate(world, &at, &jar.join("; "));
        keep(&mut jar, &answer);
    }
    let html = answer.text();
    let field = |name: &str| {
        let after =
            html.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {html}"));
        after.split("value=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")
    };
    let fields = [
        ("_csrf", field("_csrf")),
        ("username", name.to_owned()),
        ("password", tests::person::PASSWORD.to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut request = with(
        World::request(Method::POST, &at),
        &[
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", &jar.join("; ")),
            ("origin", "http://localhost:8787"),
        ],
    );
    request.body = edge::message::Body::Bytes(tests::call::encode(&fields).into_bytes());
    let mut answer = world.ask(request);
    for _ in 0..3 {
        let next = answer.header("location").to_owned();
        assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.text());
        if next.starts_with(CALLBACK) {
            return next;
        }
        keep(&mut jar, &answer);
        let next = if next.starts_with('/') { format!("http://localhost:8787{next}") } else { next };
        answer = navigate(world, &next, &jar.join("; "));
    }
    panic!("no way back: {}", answer.text())
}

#[test]
fn pages_of_other_sites_cannot_act_here_whatever_the_browser_sends_of_them() {
    let world = World::with_shards(3);
    site(&world);
    let sent = navigate(&world, &format!("{SITE}/site"), "");
    let browser = cookie(&sent, "__Host-tidegate-browser").unwrap();
    let finished = navigate(&world, &hosted(&world, sent.header("location"), "ann"), &browser);
    let session = cookie(&finished, "__Host-tidegate").unwrap();
    let post = |headers: &[(&str, &str)]| {
        let request = with(World::request(Method::POST, &format!("{SITE}/site/notes")), headers);
        world.ask(with(request, &[("cookie", &session)])).status.as_u16()
    };
    for own in [
        &[][..],
        &[("origin", SITE)],
        &[("origin", SITE), ("sec-fetch-site", "same-origin")],
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
    ] {
        assert_eq!(post(own), 200, "{own:?}");
    }
    for foreign in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "http://sub.localhost:8787")],
        &[("origin", "http://localhost:8788")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", SITE)],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
    ] {
        assert_eq!(post(foreign), 403, "{foreign:?}");
        let logout = with(World::request(Method::POST, &format!("{SITE}/_gate/logout")), foreign);
        assert_eq!(world.ask(with(logout, &[("cookie", &session)])).status, 403, "{foreign:?}");
    }
}
