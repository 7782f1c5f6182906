//! The hosted pages under races: a form sent many times does its work once.

use super::{Answers, everywhere, operating, seeds};
use edge::cache::Cache;
use serde_json::json;
use std::rc::Rc;
use tests::browser::Browser;
use tests::call::{Answer, IDP};
use tests::person::PASSWORD;
use tests::schedule::{Trouble, interleave};
use tests::site::{next, page, pool_in};
use tests::{Setup, World};

/// Those that were sent on to a page.
fn sent_on(answers: &Answers, to: &str) -> Vec<Answer> {
    let on = |answer: &Answer| answer.status == 303 && next(answer).contains(to);
    answers.all().into_iter().map(|(_, answer)| answer).filter(on).collect()
}

#[test]
fn a_sign_up_form_sent_by_many_at_once_makes_one_account_and_its_code_confirms_once() {
    for (shards, count) in [(1, 20), (3, 40), (8, 20)] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(count, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = pool_in(&world, &json!({}));
                let browsers = [Browser::new(&world), Browser::new(&world)];
                let forms = browsers.each_ref().map(|browser| browser.open(&page(&pool, "/signup")));
                let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
                let answers = Answers::default();
                let flows = (0..6).map(|n| {
                    let fields =
                        [("username", "ada"), ("attribute.email", "ada@example.com"), ("password", PASSWORD)];
                    let request = browsers[n % 2].submission(&forms[n % 2], &fields);
                    answers.noting(n, world.asking(&isolates[n % 3], request))
                });
                interleave(&world, seed, trouble, flows.collect());
                let users = everywhere(&world, "SELECT sub FROM user");
                assert!(users.len() <= 1, "{users:?}");
                let won = sent_on(&answers, "/confirmUser?").len();
                if trouble.hang_up == 0 {
                    // Whoever brings the account's own password is led on: their form came more than once.
                    assert_eq!((users.len(), won), (1, 6));
                }
                if users.is_empty() {
                    pool.sign_up("ada", "ada@example.com").ok();
                }
                // The code of whoever won may have been lost on the way: another can be asked for.
                world.advance(3600);
                let again = json!({ "ClientId": pool.client, "Username": "ada" });
                world.idp("ResendConfirmationCode", &again).ok();
                let code = world.code("ada@example.com");
                let form = browsers[0].open(&page(&pool, "/confirmUser"));
                let answers = Answers::default();
                let flows = (0..5).map(|n| {
                    let fields = [("username", "ada"), ("code", code.as_str())];
                    let request = browsers[0].submission(&form, &fields);
                    answers.noting(n, world.asking(&isolates[n % 3], request))
                });
                interleave(&world, seed, trouble, flows.collect());
                let confirmed = sent_on(&answers, "/login?").len();
                let status = pool.user("ada").ok()["UserStatus"].clone();
                if trouble.hang_up == 0 {
                    // One form that comes five times has confirmed once, and says so each time.
                    assert_eq!(confirmed, 5);
                }
                if confirmed > 0 || status == "CONFIRMED" {
                    assert_eq!(status, "CONFIRMED");
                    pool.tokens("ada");
                }
            });
        }
    }
}

#[test]
fn what_ends_somebodys_sessions_ends_those_that_are_being_made() {
    let password = "Another-horse-8";
    let ends = [
        ("AdminDisableUser", json!({})),
        ("AdminSetUserPassword", json!({ "Password": password, "Permanent": true })),
    ];
    for (operation, more) in ends {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(60, |seed| {
                let world = World::new(Setup { seed, shards: 3 });
                let pool = pool_in(&world, &json!({}));
                pool.person("ada", "ada@example.com");
                let browser = Browser::new(&world);
                let form = browser.open(&page(&pool, "/login"));
                let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
                let answers = Answers::default();
                let mut input = json!({ "UserPoolId": pool.id, "Username": "ada" });
                input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                let api = (IDP, "cognito-idp");
                let mut flows =
                    vec![answers.noting(9, operating(&world, &isolates[0], api, operation, &input))];
                for (n, isolate) in isolates.iter().enumerate() {
                    let fields = [("username", "ada"), ("password", PASSWORD)];
                    let request = browser.submission(&form, &fields);
                    flows.push(answers.noting(n, world.asking(isolate, request)));
                }
                interleave(&world, seed, trouble, flows);
                if answers.good().iter().any(|(n, _)| *n == 9) {
                    assert_eq!(everywhere(&world, "SELECT hash FROM browser"), [""; 0], "{operation}");
                    if operation == "AdminDisableUser" {
                        assert_eq!(everywhere(&world, "SELECT hash FROM grant_code"), [""; 0]);
                    }
                }
                let answered = answers.all();
                let kind =
                    |answer: &Answer| answer.status == 303 || answer.status == 200 || answer.status == 400;
                assert!(
                    trouble.hang_up > 0 || answered.iter().all(|(_, answer)| kind(answer)),
                    "{answered:?}"
                );
            });
        }
    }
}
