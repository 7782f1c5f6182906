//! Forms that come twice: by a double click, or by sending the same page again.

use http::StatusCode;
use serde_json::json;
use tests::World;
use tests::browser::Browser;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};
use tests::site::{BACK, next, page, parameter, pool, pool_of, redeem};

const ADDRESS: &str = "ada@example.com";
const SIGN_UP: [(&str, &str); 3] =
    [("username", "ada"), ("attribute.email", ADDRESS), ("password", PASSWORD)];
const NEW: &str = "Another-horse-8";

/// Sends the same form again before the first answer is there: with the cookies of then. The browser shows the second.
fn twice(browser: &Browser, pool: &Pool, page: &Answer, fields: &[(&str, &str)]) -> [Answer; 2] {
    let first = pool.world.ask(browser.submission(page, fields));
    [first, browser.submit(page, fields)]
}

fn sent(pool: &Pool) -> usize {
    pool.world.messages(ADDRESS).len()
}

/// Every answer leads on, to the same page.
#[track_caller]
fn lead_to<'a>(answers: impl IntoIterator<Item = &'a Answer>, leaf: &str) {
    for answer in answers {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(next(answer).starts_with(&format!("/_hosted/demo{leaf}?")), "{}", next(answer));
    }
}

#[test]
fn a_sign_up_that_comes_twice_makes_one_account_and_sends_one_code() {
    let pool = pool();
    let browser = Browser::new(&pool.world);
    let form = browser.open(&page(&pool, "/signup"));
    let answers = twice(&browser, &pool, &form, &SIGN_UP);
    lead_to(&answers, "/confirmUser");
    assert_eq!(sent(&pool), 1);
    let confirm = browser.open(&next(&answers[1]));
    let code = pool.world.code(ADDRESS);
    lead_to([&browser.submit(&confirm, &[("code", &code)])], "/login");
}

/// Also where the address becomes a name by it, which may live on another shard.
#[test]
fn a_code_that_comes_twice_has_confirmed_the_account() {
    for settings in [json!({}), json!({ "AliasAttributes": ["email"] })] {
        for hides in ["ENABLED", "LEGACY"] {
            let client = json!({ "PreventUserExistenceErrors": hides });
            let pool = pool_of(&World::with_shards(8), &settings, &client);
            let browser = Browser::new(&pool.world);
            for name in ["ada", "bob", "cyd", "dan"] {
                let address = format!("{name}@example.com");
                pool.sign_up(name, &address).ok();
                let form = browser.open(&page(&pool, "/confirmUser"));
                let wrong = [("username", name), ("code", "nothing")];
                for refused in twice(&browser, &pool, &form, &wrong) {
                    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
                }
                let right = [("username", name), ("code", &pool.world.code(&address))];
                lead_to(&twice(&browser, &pool, &form, &right), "/login");
                pool.tokens(name);
                // It works for nobody else, nor in another copy of the form.
                let copy = browser.open(&page(&pool, "/confirmUser"));
                assert_eq!(browser.submit(&copy, &right).status, StatusCode::BAD_REQUEST);
            }
        }
    }
}

#[test]
fn a_taken_name_is_said_to_be_taken_to_whoever_does_not_know_its_password() {
    let pool = pool();
    pool.sign_up("ada", ADDRESS).ok();
    let browser = Browser::new(&pool.world);
    let form = browser.open(&page(&pool, "/signup"));
    let fields = [("username", "ada"), ("attribute.email", "eve@example.com"), ("password", NEW)];
    let refused = browser.submit(&form, &fields);
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.text().contains("There is an account with this name already"));
    pool.confirm("ada", &pool.world.code(ADDRESS)).ok();
    let again = browser.submit(&form, &SIGN_UP);
    assert!(again.text().contains("There is an account with this name already"), "{}", again.text());
}

#[test]
fn a_code_asked_for_twice_by_one_form_is_sent_once() {
    let pool = pool();
    pool.sign_up("ada", ADDRESS).ok();
    let browser = Browser::new(&pool.world);
    let form = browser.open(&page(&pool, "/resendcode"));
    lead_to(&twice(&browser, &pool, &form, &[("username", "ada")]), "/confirmUser");
    assert_eq!(sent(&pool), 2, "the first was the sign-up's own");
    pool.confirm("ada", &pool.world.code(ADDRESS)).ok();

    let form = browser.open(&page(&pool, "/forgotPassword"));
    lead_to(&twice(&browser, &pool, &form, &[("username", "ada")]), "/confirmForgotPassword");
    assert_eq!(sent(&pool), 3);
    // Another copy of the form asks anew, and so does the same one when it comes much later.
    let copy = browser.open(&page(&pool, "/forgotPassword"));
    browser.submit(&copy, &[("username", "ada")]);
    assert_eq!(sent(&pool), 4);
    pool.world.advance(121);
    browser.submit(&copy, &[("username", "ada")]);
    assert_eq!(sent(&pool), 5);
    let codes: Vec<_> = pool.world.messages(ADDRESS).into_iter().map(|sent| sent.message.body).collect();
    assert_ne!(codes[0], codes[1], "a code is never sent a second time");
}

#[test]
fn a_reset_that_comes_twice_has_set_the_password() {
    let pool = pool();
    pool.person("ada", ADDRESS);
    let browser = Browser::new(&pool.world);
    let form = browser.open(&page(&pool, "/forgotPassword"));
    let form = browser.open(&next(&browser.submit(&form, &[("username", "ada")])));
    let code = pool.world.code(ADDRESS);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for refused in twice(&browser, &pool, &form, &[("code", wrong), ("password", NEW)]) {
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    }
    lead_to(&twice(&browser, &pool, &form, &[("code", &code), ("password", NEW)]), "/login");
    pool.sign_in("ada", NEW).ok();
}

#[test]
fn a_sign_in_that_comes_twice_gives_a_code_that_works() {
    let pool = pool();
    pool.person("ada", ADDRESS);
    let browser = Browser::new(&pool.world);
    let form = browser.open(&page(&pool, "/login"));
    let [_, shown] = twice(&browser, &pool, &form, &[("username", "ada"), ("password", PASSWORD)]);
    assert!(shown.header("location").starts_with(BACK), "{}", shown.text());
    redeem(&pool, &parameter(shown.header("location"), "code").unwrap()).ok();
}

#[test]
fn a_password_in_place_of_a_temporary_one_may_come_twice() {
    let pool = pool();
    let input = json!({
        "UserPoolId": pool.id, "Username": "ada", "TemporaryPassword": "Temporary-1", "MessageAction": "SUPPRESS",
    });
    pool.world.operate("AdminCreateUser", &input).ok();
    let browser = Browser::new(&pool.world);
    let form = browser.open(&page(&pool, "/login"));
    let form = browser.submit(&form, &[("username", "ada"), ("password", "Temporary-1")]);
    let [_, shown] = twice(&browser, &pool, &form, &[("password", PASSWORD)]);
    assert!(shown.header("location").starts_with(BACK), "{}", shown.text());
    redeem(&pool, &parameter(shown.header("location"), "code").unwrap()).ok();
    let other = browser.submit(&form, &[("password", NEW)]);
    assert!(other.text().contains("Please sign in again"), "another password is another submission");
}
