//! The OAuth and OIDC endpoints, but for the one that shows pages.

use base64::Engine;
use edge::message::Body;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use tests::World;
use tests::browser::Browser;
use tests::site::{BACK, SITE, VERIFIER, claims, code, pool, pool_with, post, redeem, token, user_info};

#[test]
fn a_code_is_used_once_and_coming_again_ends_what_it_gave() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let code = code(&Browser::new(&pool.world), &pool);
    let tokens = redeem(&pool, &code).ok();
    user_info(&pool, tokens["access_token"].as_str().unwrap()).ok();
    let again = redeem(&pool, &code);
    assert_eq!(
        (again.status, again.json()["error"].as_str()),
        (StatusCode::BAD_REQUEST, Some("invalid_grant"))
    );
    assert_eq!(again.header("cache-control"), "no-store");
    let refreshed = token(
        &pool,
        &[("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())],
    );
    assert_eq!(refreshed.json()["error"], "invalid_grant");
    assert_eq!(user_info(&pool, tokens["access_token"].as_str().unwrap()).status, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_code_is_nothing_without_its_verifier_redirect_and_time() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let browser = Browser::new(&pool.world);
    let base = |code: &str, redirect: &str, verifier: &str| {
        let mut fields =
            vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect)];
        if !verifier.is_empty() {
            fields.push(("code_verifier", verifier));
        }
        token(&pool, &fields).json()["error"].as_str().map(str::to_owned)
    };
    let other = "x".repeat(43);
    for (redirect, verifier) in [(BACK, other.as_str()), (BACK, ""), ("https://app.example/cb", VERIFIER)] {
        assert_eq!(base(&code(&browser, &pool), redirect, verifier).as_deref(), Some("invalid_grant"));
    }
    let late = code(&browser, &pool);
    pool.world.advance(301);
    assert_eq!(base(&late, BACK, VERIFIER).as_deref(), Some("invalid_grant"));
    assert_eq!(base("nonsense", BACK, VERIFIER).as_deref(), Some("invalid_grant"));
}

#[test]
fn refreshing_and_revoking_answer_as_the_rfcs_say() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let tokens = redeem(&pool, &code(&Browser::new(&pool.world), &pool)).ok();
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "openid")];
    let refreshed = token(&pool, &fields).ok();
    assert_eq!(refreshed["scope"], "openid email profile");
    assert_eq!(refreshed["refresh_token"], Value::Null, "without rotation the token stays");
    let revoke =
        |token: &str| post(&pool, "/oauth2/revoke", &[("token", token), ("client_id", &pool.client)]);
    assert_eq!(revoke("unknown").status, StatusCode::OK);
    assert_eq!(revoke(tokens["access_token"].as_str().unwrap()).json()["error"], "unsupported_token_type");
    assert_eq!(revoke("").json()["error"], "invalid_request");
    assert_eq!(revoke(refresh).status, StatusCode::OK);
    assert_eq!(token(&pool, &fields).json()["error"], "invalid_grant");
    assert_eq!(
        token(&pool, &[("grant_type", "client_credentials")]).json()["error"],
        "unsupported_grant_type"
    );
    assert_eq!(token(&pool, &[]).json()["error"], "invalid_request");
    let stranger = post(&pool, "/oauth2/token", &[("client_id", "x"), ("grant_type", "refresh_token")]);
    assert_eq!(stranger.json()["error"], "invalid_client");
}

/// As AWS has it: who is no client is told so by 401, what cannot be read by 400.
#[test]
fn whoever_revokes_and_does_not_say_who_they_are_is_told_what_was_wrong() {
    let pool = pool();
    let revoke = |fields: &[(&str, &str)]| {
        let mut all = vec![("token", "x")];
        all.extend(fields);
        let answer = post(&pool, "/oauth2/revoke", &all);
        (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
    };
    let own = ("client_id", pool.client.as_str());
    let invalid = (StatusCode::UNAUTHORIZED, "invalid_client".to_owned());
    assert_eq!(revoke(&[]), invalid);
    assert_eq!(revoke(&[("client_id", "x")]), invalid);
    assert_eq!(revoke(&[own, ("client_secret", "x")]), invalid, "a public client has none");
    let unreadable = (StatusCode::BAD_REQUEST, "invalid_request".to_owned());
    assert_eq!(revoke(&[own, own]), unreadable);
    assert_eq!(revoke(&[own, ("client_secret", "x"), ("client_secret", "x")]), unreadable);
}

#[test]
fn a_grant_of_the_accounts_scope_alone_is_a_grant_still() {
    let pool = pool_with(&json!({ "AllowedOAuthScopes": ["aws.cognito.signin.user.admin"] }));
    pool.person("ada", "ada@example.com");
    let granted = redeem(&pool, &code(&Browser::new(&pool.world), &pool)).ok();
    let fields =
        [("grant_type", "refresh_token"), ("refresh_token", granted["refresh_token"].as_str().unwrap())];
    for tokens in [&granted, &token(&pool, &fields).ok()] {
        assert_eq!(tokens["id_token"], Value::Null, "nobody asked for `openid`");
        let access = claims(&tokens["access_token"]);
        assert_eq!(access["scope"], "aws.cognito.signin.user.admin");
        assert_eq!(access["version"], 2);
    }
    let signed = pool.tokens("ada");
    let refreshed = pool.world.idp(
        "InitiateAuth",
        &json!({ "ClientId": pool.client, "AuthFlow": "REFRESH_TOKEN_AUTH",
                 "AuthParameters": { "REFRESH_TOKEN": signed["RefreshToken"] } }),
    );
    for tokens in [&signed, &refreshed.ok()["AuthenticationResult"]] {
        assert!(tokens["IdToken"].is_string());
        let access = claims(&tokens["AccessToken"]);
        assert_eq!(access["scope"], "aws.cognito.signin.user.admin");
        assert_eq!(access["version"], Value::Null);
    }
}

#[test]
fn with_rotation_each_refresh_gives_the_one_successor_until_the_grace_is_over() {
    let rotation = json!({ "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 } });
    let flows = json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
    let mut client = rotation;
    client.as_object_mut().unwrap().extend(flows.as_object().unwrap().clone());
    let pool = pool_with(&client);
    pool.person("ada", "ada@example.com");
    let first = redeem(&pool, &code(&Browser::new(&pool.world), &pool)).ok()["refresh_token"].clone();
    let refresh = |given: &Value| {
        token(&pool, &[("grant_type", "refresh_token"), ("refresh_token", given.as_str().unwrap())])
    };
    let second = refresh(&first).ok()["refresh_token"].clone();
    assert_ne!(first, second);
    for _ in 0..3 {
        assert_eq!(refresh(&first).ok()["refresh_token"], second, "a retry makes the same one");
    }
    pool.world.advance(11);
    assert_eq!(refresh(&first).json()["error"], "invalid_grant");
    assert_eq!(refresh(&second).json()["error"], "invalid_grant", "the family is over");
}

#[test]
fn a_client_with_a_secret_has_to_prove_itself() {
    let pool = pool_with(&json!({ "GenerateSecret": true }));
    let described = pool
        .world
        .operate("DescribeUserPoolClient", &json!({ "UserPoolId": pool.id, "ClientId": pool.client }))
        .ok();
    let secret = described["UserPoolClient"]["ClientSecret"].as_str().unwrap().to_owned();
    let bare = token(&pool, &[("grant_type", "refresh_token"), ("refresh_token", "x")]);
    assert_eq!(
        (bare.status, bare.json()["error"].as_str()),
        (StatusCode::BAD_REQUEST, Some("invalid_client"))
    );
    let basic = |secret: &str| {
        let mut request = World::request(Method::POST, &format!("{SITE}/oauth2/token"));
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{}:{secret}", pool.client));
        request.headers.insert("authorization", format!("Basic {pair}").parse().unwrap());
        request.headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        request.body = Body::Bytes(b"grant_type=refresh_token&refresh_token=x".to_vec());
        pool.world.ask(request)
    };
    assert_eq!(basic(&secret).json()["error"], "invalid_grant", "the client is known, the token is not");
    let wrong = basic("wrong");
    assert_eq!(
        (wrong.status, wrong.json()["error"].as_str()),
        (StatusCode::UNAUTHORIZED, Some("invalid_client"))
    );
    assert!(wrong.header("www-authenticate").starts_with("Basic"));
}

#[test]
fn discovery_names_endpoints_that_are_there() {
    let pool = pool();
    let document =
        |name: &str| pool.world.ask(World::request(Method::GET, &format!("/{}/.well-known/{name}", pool.id)));
    let found = document("openid-configuration");
    assert_eq!(found.header("access-control-allow-origin"), "*");
    let found = found.ok();
    assert_eq!(found["issuer"], format!("{}/{}", tests::world::ORIGIN, pool.id));
    assert_eq!(found["token_endpoint"], format!("{}{SITE}/oauth2/token", tests::world::ORIGIN));
    let keys = document("jwks.json").ok();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2));
    assert!(keys.to_string().find("\"d\"").is_none());
    pool.world.operate("DeleteUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.world.advance(6);
    let bare = document("openid-configuration").ok();
    assert_eq!(bare["token_endpoint"], Value::Null);
    assert!(bare["jwks_uri"].is_string());
}
