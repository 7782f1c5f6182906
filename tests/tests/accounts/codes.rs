//! Authorization codes, and what becomes of the sign-in they stand for.

use serde_json::json;
use tests::browser::Browser;
use tests::person::PASSWORD;
use tests::site::{next, page, parameter, pool, redeem};

#[test]
fn a_code_that_an_old_password_brought_is_worth_nothing_after_a_new_one() {
    let pool = pool();
    pool.person("ada", "ada@example.com");
    let sign_in = |password: &str| {
        let browser = Browser::new(&pool.world);
        let form = browser.open(&page(&pool, "/login"));
        let shown = browser.submit(&form, &[("username", "ada"), ("password", password)]);
        parameter(&next(&shown), "code").unwrap()
    };
    let [used, unused] = [sign_in(PASSWORD), sign_in(PASSWORD)];
    redeem(&pool, &used).ok();
    let new = "Another-horse-8";
    let set = json!({ "UserPoolId": pool.id, "Username": "ada", "Password": new, "Permanent": true });
    pool.world.operate("AdminSetUserPassword", &set).ok();
    assert_eq!(redeem(&pool, &unused).json()["error"], "invalid_grant");
    redeem(&pool, &sign_in(new)).ok();
}
