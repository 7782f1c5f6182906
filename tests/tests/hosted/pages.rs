//! The pages, without scripts.

use http::{Method, StatusCode};
use serde_json::json;
use tests::World;
use tests::browser::{Browser, attribute};
use tests::call::{Answer, encode};
use tests::person::PASSWORD;
use tests::site::{
    SITE, claims, code, next, page, parameter, pool, pool_of, query, redeem, token, user_info,
};

#[test]
fn a_person_signs_up_confirms_and_signs_in_without_scripts() {
    let pool = pool();
    let browser = Browser::new(&pool.world);
    let authorize = browser.open(&page(&pool, "/oauth2/authorize"));
    assert_eq!(authorize.status, StatusCode::FOUND);
    assert!(next(&authorize).starts_with("/_hosted/demo/login?"), "{}", next(&authorize));
    let login = browser.open(&next(&authorize));
    let html = login.text();
    let sign_up =
        html.split("<a").find_map(|link| attribute(link, "", "href").filter(|to| to.contains("/signup?")));
    let sign_up = browser.open(&sign_up.unwrap_or_else(|| panic!("no link to sign up: {html}")));
    assert!(sign_up.text().contains("attribute.email"));
    let confirm = browser.submit(
        &sign_up,
        &[("username", "ada"), ("attribute.email", "ada@example.com"), ("password", PASSWORD)],
    );
    assert_eq!(confirm.status, StatusCode::SEE_OTHER, "{}", confirm.text());
    let confirm = browser.open(&next(&confirm));
    assert!(confirm.text().contains("a***@e***"), "{}", confirm.text());
    let sent = pool.world.code("ada@example.com");
    let code = format!("{} - {}", &sent[..3], &sent[3..]);
    let login = browser.submit(&confirm, &[("code", &code)]);
    assert_eq!(login.status, StatusCode::SEE_OTHER, "{}", login.text());
    let login = browser.open(&next(&login));
    assert!(login.text().contains("value=\"ada\""), "the name is filled in");
    let back = browser.submit(&login, &[("username", "ada"), ("password", PASSWORD)]);
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
    let location = back.header("location");
    assert!(location.starts_with("https://app.example/cb?x=1&code="), "{location}");
    assert_eq!(parameter(location, "state").as_deref(), Some("a%2Bb%25%2F%C3%BC"));

    let tokens = redeem(&pool, &parameter(location, "code").unwrap()).ok();
    let id = claims(&tokens["id_token"]);
    assert_eq!((id["nonce"].as_str(), id["email"].as_str()), (Some("n-1"), Some("ada@example.com")));
    assert_eq!(claims(&tokens["access_token"])["scope"], "openid email profile");
    let info = user_info(&pool, tokens["access_token"].as_str().unwrap()).ok();
    assert_eq!((info["email_verified"].as_str(), info["username"].as_str()), (Some("true"), Some("ada")));
    assert_eq!(info["sub"], id["sub"]);
}

#[test]
fn a_live_session_goes_straight_back_and_a_wish_for_none_shows_no_page() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let browser = Browser::new(&pool.world);
    let silent = format!("{SITE}/oauth2/authorize?{}", query(&pool, &[("prompt", "none")]));
    let refused = browser.open(&silent);
    assert!(refused.header("location").contains("error=login_required"), "{}", refused.header("location"));
    code(&browser, &pool);
    let answer = browser.open(&silent);
    assert_eq!(answer.status, StatusCode::FOUND);
    let code = parameter(answer.header("location"), "code").expect("a code");
    redeem(&pool, &code).ok();
    let again = format!("{SITE}/oauth2/authorize?{}", query(&pool, &[("prompt", "login")]));
    assert!(next(&browser.open(&again)).starts_with("/_hosted/demo/login?"));
    pool.world.advance(3_601);
    assert!(browser.open(&silent).header("location").contains("error=login_required"));
}

#[test]
fn nothing_is_sent_to_an_address_that_is_not_the_clients() {
    let pool = pool();
    let browser = Browser::new(&pool.world);
    for (more, words) in [
        (("redirect_uri", "https://app.example/cb"), "an address we do not know"),
        (("redirect_uri", "https://app.example/cb?x=1&"), "an address we do not know"),
        (("redirect_uri", "https://evil.example/"), "an address we do not know"),
        (("redirect_uri", ""), "an address we do not know"),
        (("client_id", "1234567890abcdefghijklmnop"), "not known to us"),
        (("client_id", ""), "not known to us"),
    ] {
        for path in ["/oauth2/authorize", "/login", "/signup"] {
            let answer = browser.open(&format!("{SITE}{path}?{}", query(&pool, &[more])));
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {more:?}");
            assert!(answer.text().contains(words), "{path} {more:?}");
            assert!(
                answer.text().contains(answer.header("x-amzn-requestid")),
                "the page names its reference"
            );
        }
    }
    let scope =
        browser.open(&format!("{SITE}/oauth2/authorize?{}", query(&pool, &[("scope", "openid phone")])));
    assert_eq!(parameter(scope.header("location"), "error").as_deref(), Some("invalid_scope"));
    assert_eq!(parameter(scope.header("location"), "state").as_deref(), Some("a%2Bb%25%2F%C3%BC"));
}

#[test]
fn every_page_is_shown_under_its_policy_and_no_form_is_taken_from_elsewhere() {
    let pool = pool();
    let browser = Browser::new(&pool.world);
    let pages =
        ["/login", "/signup", "/confirmUser", "/resendcode", "/forgotPassword", "/confirmForgotPassword"];
    for path in pages {
        let shown = browser.open(&page(&pool, path));
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        let html = shown.text();
        assert!(html.starts_with("<!DOCTYPE html>") && html.contains("name=\"_csrf\""), "{path}");
        let policy = shown.header("content-security-policy");
        let onward = if path == "/login" { " https:" } else { "" };
        assert!(policy.contains(&format!("form-action 'self'{onward};")), "{path}: {policy}");
        assert_eq!(shown.header("cache-control"), "no-store");
        assert_eq!(shown.header("referrer-policy"), "no-referrer");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");

        let stranger = Browser::new(&pool.world);
        let fields = [("username", "ada"), ("password", PASSWORD), ("code", "123456")];
        let taken = stranger.submit(&shown, &fields);
        assert_eq!(taken.status, StatusCode::FORBIDDEN, "{path}: another browser's form");
        assert!(!taken.text().contains(PASSWORD), "{path}: a password is never shown again");
        assert!(taken.text().contains("Allow cookies for this site"), "{path}: there was no cookie");
        stranger.open(&page(&pool, path));
        let taken = stranger.submit(&shown, &fields);
        assert_eq!(taken.status, StatusCode::FORBIDDEN, "{path}: another browser's form");
        assert!(taken.text().contains("open for too long"), "{path}: its cookie is of another form");
        let forged = browser.send(Method::POST, &page(&pool, path), Some(&fields));
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path}: no token");
    }
    assert!(pool.world.messages("ada@example.com").is_empty());
    let lost = browser.open(&page(&pool, "/changePassword"));
    assert!(next(&lost).starts_with("/_hosted/demo/login?"));
    assert_eq!(browser.open(&page(&pool, "/nothing")).status, StatusCode::NOT_FOUND);
    assert_eq!(browser.open("/_hosted/other/login").status, StatusCode::NOT_FOUND);
}

#[test]
fn an_existing_and_a_missing_account_look_the_same() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let body = |answer: &Answer| {
        // Each page has a reference of its own, and each copy of a form an id.
        let once =
            attribute(&answer.text(), "<input type=\"hidden\" name=\"_once\"", "value").unwrap_or_default();
        let text = answer.text().replace("nobody", "ada").replace(answer.header("x-amzn-requestid"), "");
        (answer.status, text.replace(&once, ""))
    };
    let browser = Browser::new(&pool.world);
    browser.open(&page(&pool, "/login"));
    let try_with = |path: &str, fields: &[(&str, &str)]| {
        let shown = browser.open(&page(&pool, path));
        browser.submit(&shown, fields)
    };
    for (path, rest) in [
        ("/login", vec![("password", "Wrong-horse-7")]),
        ("/confirmUser", vec![("code", "000000")]),
        ("/confirmForgotPassword", vec![("code", "000000"), ("password", PASSWORD)]),
        ("/forgotPassword", vec![]),
        ("/resendcode", vec![]),
    ] {
        let with = |name: &'static str| {
            let mut fields = rest.clone();
            fields.push(("username", name));
            let answer = try_with(path, &fields);
            let seen = body(&answer);
            (seen, next(&answer))
        };
        assert_eq!(with("ada"), with("nobody"), "{path}");
    }
    // Also once a code is out for the one who exists.
    let reset = |name: &'static str| {
        let fields = [("username", name), ("code", "000000"), ("password", PASSWORD)];
        body(&try_with("/confirmForgotPassword", &fields))
    };
    assert_eq!(reset("ada"), reset("nobody"));
}

#[test]
fn a_forgotten_password_is_reset_by_a_code() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let browser = Browser::new(&pool.world);
    let forgot = browser.open(&page(&pool, "/forgotPassword"));
    let sent = browser.submit(&forgot, &[("username", "ada")]);
    let reset = browser.open(&next(&sent));
    let code = pool.world.code("ada@example.com");
    let weak = browser.submit(&reset, &[("code", &code), ("password", "short")]);
    assert_eq!(weak.status, StatusCode::BAD_REQUEST);
    let done =
        browser.submit(&weak, &[("username", "ada"), ("code", &code), ("password", "Another-horse-8")]);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let login = browser.open(&next(&done));
    assert!(login.text().contains("Your password is changed"));
    let back = browser.submit(&login, &[("username", "ada"), ("password", "Another-horse-8")]);
    assert!(back.header("location").contains("code="));
}

/// Tokens go on, as with AWS. A browser in which the old password was typed gets no more of them.
#[test]
fn a_new_password_ends_the_sessions_of_all_browsers() {
    use tests::person::Pool;
    let (new, temporary) = ("Another-horse-8", "Temporary-7");
    let by_code = |pool: &Pool| {
        pool.world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": "ada" })).ok();
        let code = pool.world.code("ada@example.com");
        let input =
            json!({ "ClientId": pool.client, "Username": "ada", "ConfirmationCode": code, "Password": new });
        pool.world.idp("ConfirmForgotPassword", &input).ok();
    };
    let by_the_old = |pool: &Pool| {
        let token = pool.tokens("ada")["AccessToken"].clone();
        let input = json!({ "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": new });
        pool.world.idp("ChangePassword", &input).ok();
    };
    let by_operator = |pool: &Pool, password: &str, permanent: bool| {
        let input =
            json!({ "UserPoolId": pool.id, "Username": "ada", "Password": password, "Permanent": permanent });
        pool.world.operate("AdminSetUserPassword", &input).ok();
    };
    let ways: [&dyn Fn(&Pool); 4] = [&by_code, &by_the_old, &|pool| by_operator(pool, new, true), &|pool| {
        by_operator(pool, temporary, false);
    }];
    for (number, way) in ways.into_iter().enumerate() {
        let pool = pool();
        pool.person("ada", "ada@example.com");
        let browser = Browser::new(&pool.world);
        let tokens = redeem(&pool, &code(&browser, &pool)).ok();
        let silent = format!("{SITE}/oauth2/authorize?{}", query(&pool, &[("prompt", "none")]));
        assert!(parameter(browser.open(&silent).header("location"), "code").is_some());
        way(&pool);
        let location = browser.open(&silent).header("location").to_owned();
        assert!(location.contains("error=login_required"), "way {number}: {location}");
        let refresh = tokens["refresh_token"].as_str().unwrap();
        token(&pool, &[("grant_type", "refresh_token"), ("refresh_token", refresh)]).ok();
    }
}

#[test]
fn a_temporary_password_gives_way_to_ones_own_on_the_way_in() {
    let pool = pool();
    let input = json!({
        "UserPoolId": pool.id, "Username": "ada", "TemporaryPassword": "Temporary-1", "MessageAction": "SUPPRESS",
    });
    pool.world.operate("AdminCreateUser", &input).ok();
    let browser = Browser::new(&pool.world);
    let login = browser.open(&page(&pool, "/login"));
    let ask = browser.submit(&login, &[("username", "ada"), ("password", "Temporary-1")]);
    assert_eq!(ask.status, StatusCode::OK);
    assert!(ask.text().contains("name=\"session\""), "{}", ask.text());
    let weak = browser.submit(&ask, &[("password", "x")]);
    assert_eq!(weak.status, StatusCode::BAD_REQUEST);
    let back = browser.submit(&weak, &[("password", PASSWORD)]);
    assert!(back.header("location").starts_with("https://app.example/cb?x=1&code="), "{}", back.text());
    let spent = browser.submit(&weak, &[("password", "Another-horse-8")]);
    assert_eq!(spent.status, StatusCode::BAD_REQUEST);
    assert!(spent.text().contains("Please sign in again"), "{}", spent.text());
}

#[test]
fn a_required_field_that_holds_a_space_is_asked_for_again() {
    let world = World::with_shards(3);
    let pool = pool_of(
        &world,
        &json!({ "Schema": [{ "Name": "name", "Required": true, "Mutable": true }] }),
        &json!({}),
    );
    let input = json!({
        "UserPoolId": pool.id, "Username": "ada", "TemporaryPassword": "Temporary-1", "MessageAction": "SUPPRESS",
    });
    world.operate("AdminCreateUser", &input).ok();
    let browser = Browser::new(&world);
    let login = browser.open(&page(&pool, "/login"));
    let ask = browser.submit(&login, &[("username", "ada"), ("password", "Temporary-1")]);
    let empty = browser.submit(&ask, &[("password", ""), ("attribute.name", "")]);
    for words in ["Enter a password.", "Fill in"] {
        assert!(empty.text().contains(words), "{words}: {}", empty.text());
    }
    let blank = browser.submit(&empty, &[("password", PASSWORD), ("attribute.name", " ")]);
    assert_eq!(blank.status, StatusCode::BAD_REQUEST);
    assert!(blank.text().contains("aria-invalid"), "{}", blank.text());
    let back = browser.submit(&blank, &[("password", PASSWORD), ("attribute.name", "Ada")]);
    assert!(back.header("location").starts_with("https://app.example/cb?x=1&code="), "{}", back.text());
}

#[test]
fn signing_out_ends_the_session_and_leads_to_registered_places_only() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let browser = Browser::new(&pool.world);
    code(&browser, &pool);
    let stolen = browser.cookies.borrow().clone();
    let out =
        |to: &str| format!("{SITE}/logout?{}", encode(&[("client_id", &pool.client), ("logout_uri", to)]));
    let elsewhere = browser.open(&out("https://evil.example/"));
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST);
    let left = browser.open(&out("https://app.example/bye"));
    assert_eq!((left.status, left.header("location")), (StatusCode::FOUND, "https://app.example/bye"));
    assert!(browser.cookies.borrow().is_empty());
    let thief = Browser::with_cookies(&pool.world, stolen);
    let silent = format!("{SITE}/oauth2/authorize?{}", query(&pool, &[("prompt", "none")]));
    assert!(thief.open(&silent).header("location").contains("login_required"));
    let switch = browser.open(&page(&pool, "/logout"));
    assert!(next(&switch).starts_with("/_hosted/demo/login?"), "{}", next(&switch));
}

#[test]
fn an_owners_look_is_worn_by_the_pages_and_served_for_good() {
    let pool = pool();
    let css = ".submitButton-customizable { background-color: #123456; }";
    let set = json!({ "UserPoolId": pool.id, "CSS": css });
    pool.world.operate("SetUICustomization", &set).ok();
    let got = pool.world.operate("GetUICustomization", &json!({ "UserPoolId": pool.id })).ok();
    assert_eq!(got["UICustomization"]["CSS"], css);
    let browser = Browser::new(&pool.world);
    let login = browser.open(&page(&pool, "/login")).text();
    let sheet = attribute(&login, "<link rel=\"stylesheet\"", "href").expect("a sheet");
    let served = browser.open(&sheet);
    assert_eq!(served.status, StatusCode::OK);
    assert!(served.header("content-type").starts_with("text/css"));
    assert!(served.header("cache-control").contains("immutable"));
    assert!(served.text().contains("background-color:#123456"), "{}", served.text());
    let old = browser.open(&sheet.replace("ALL.", "ALL.0"));
    assert_eq!(old.header("cache-control"), "no-store");
    assert_eq!(browser.open(&format!("{SITE}/branding/x.y/style.css")).status, StatusCode::NOT_FOUND);
    pool.world.operate("SetUICustomization", &json!({ "UserPoolId": pool.id })).ok();
    assert!(!browser.open(&page(&pool, "/login")).text().contains("rel=\"stylesheet\""));
}
