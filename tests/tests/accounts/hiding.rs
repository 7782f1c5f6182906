//! Where missing users are hidden, they look like those who are there, and take as many calls to objects.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

pub(super) fn hiding(world: &Rc<World>, pool: &Value) -> Pool {
    Pool::with(world, pool, &json!({ "PreventUserExistenceErrors": "ENABLED" }))
}

/// An unsigned call about somebody, and how many calls to objects it waited for.
pub(super) fn about(pool: &Pool, operation: &str, name: &str, more: &Value) -> (Answer, u64) {
    let mut input = json!({ "ClientId": pool.client, "Username": name });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    counted(pool, operation, &input)
}

pub(super) fn counted(pool: &Pool, operation: &str, input: &Value) -> (Answer, u64) {
    pool.world.take_log();
    let answer = pool.world.idp(operation, input);
    let lines: Vec<Value> =
        pool.world.take_log().iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let line = lines.iter().find(|line| line["operation"] == operation).expect("a line in the log");
    (answer, line["calls"].as_u64().unwrap())
}

/// What a caller sees of one, but for where a code went.
pub(super) fn seen((answer, calls): &(Answer, u64)) -> (u16, String, Value, u64) {
    let mut body = answer.json();
    if let Some(details) = body["CodeDeliveryDetails"].as_object_mut() {
        details.remove("Destination");
    }
    (answer.status.as_u16(), answer.exception(), body, *calls)
}

fn invite(pool: &Pool, name: &str) {
    let input = json!({ "UserPoolId": pool.id, "Username": name, "MessageAction": "SUPPRESS" });
    pool.world.operate("AdminCreateUser", &input).ok();
}

/// A pool with somebody in every state that a user can be in; all but the last have the state's name.
fn crowd(world: &Rc<World>) -> (Pool, [&'static str; 5]) {
    let pool = hiding(world, &json!({ "AliasAttributes": ["email"] }));
    pool.sign_up("unconfirmed", "u@example.com").ok();
    pool.person("confirmed", "c@example.com");
    pool.person("disabled", "d@example.com");
    world.operate("AdminDisableUser", &json!({ "UserPoolId": pool.id, "Username": "disabled" })).ok();
    invite(&pool, "invited");
    (pool, ["unconfirmed", "confirmed", "disabled", "invited", "missing"])
}

#[test]
fn whoever_it_is_the_answer_and_its_calls_are_those_of_a_missing_account() {
    let code = json!({ "ConfirmationCode": "000000" });
    let reset = json!({ "ConfirmationCode": "000000", "Password": PASSWORD });
    for shards in [1, 3, 8] {
        for (operation, more) in [
            ("ForgotPassword", json!({})),
            ("ConfirmForgotPassword", reset.clone()),
            ("ResendConfirmationCode", json!({})),
            ("ConfirmSignUp", code.clone()),
        ] {
            let (pool, everybody) = crowd(&World::with_shards(shards));
            // As often as it may be asked, and once more.
            for round in 0..17 {
                let all = everybody.map(|name| about(&pool, operation, name, &more));
                let missing = seen(&all[4]);
                for (name, answer) in everybody.iter().zip(&all) {
                    assert_eq!(
                        seen(answer),
                        missing,
                        "{operation} of the {name}, time {round}, {shards} shards"
                    );
                }
            }
        }
        // What one operation left must not show in another.
        let (pool, everybody) = crowd(&World::with_shards(shards));
        for (operation, more) in [
            ("ConfirmSignUp", &code),
            ("ResendConfirmationCode", &json!({})),
            ("ConfirmSignUp", &code),
            ("ConfirmForgotPassword", &reset),
            ("ForgotPassword", &json!({})),
            ("ConfirmForgotPassword", &reset),
        ] {
            let all = everybody.map(|name| seen(&about(&pool, operation, name, more)));
            assert_eq!(all.iter().collect::<Vec<_>>(), vec![&all[4]; 5], "{operation}, {shards} shards");
        }
    }
}

#[test]
fn a_wrong_password_takes_as_long_whoever_it_is() {
    for shards in [1, 3, 8] {
        let (pool, everybody) = crowd(&World::with_shards(shards));
        let right = counted(&pool, "InitiateAuth", &pool.sign_in_input("confirmed", PASSWORD));
        assert_eq!((right.0.status.as_u16(), right.1), (200, 2), "begin and finish");
        for _ in 0..7 {
            let all = everybody.map(|name| {
                seen(&counted(&pool, "InitiateAuth", &pool.sign_in_input(name, "Wrong-horse-7")))
            });
            assert_eq!(all.iter().collect::<Vec<_>>(), vec![&all[4]; 5]);
        }
    }
}

/// Somebody's alias leads to another shard more often than not, and so does one that nobody has.
#[test]
fn an_alias_nobody_has_is_looked_for_as_far_as_one_that_somebody_has() {
    let world = World::with_shards(3);
    let pool = hiding(&world, &json!({ "AliasAttributes": ["email", "preferred_username"] }));
    let operations = ["InitiateAuth", "ForgotPassword", "ResendConfirmationCode", "ConfirmSignUp"];
    let counts = |operation: &str, names: &dyn Fn(usize) -> String| -> BTreeSet<u64> {
        let calls = |n| match operation {
            "InitiateAuth" => counted(&pool, operation, &pool.sign_in_input(&names(n), "Wrong-horse-7")).1,
            "ConfirmSignUp" => about(&pool, operation, &names(n), &json!({ "ConfirmationCode": "000000" })).1,
            _ => about(&pool, operation, &names(n), &json!({})).1,
        };
        (0..24).map(calls).collect()
    };
    for n in 0..24 {
        pool.person(&format!("person{n}"), &format!("person{n}@example.com"));
    }
    for operation in operations {
        let real = counts(operation, &|n| format!("person{n}@example.com"));
        let missing = counts(operation, &|n| format!("missing{n}@example.com"));
        assert_eq!((&real, &missing), (&[2, 3].into(), &[2, 3].into()), "{operation}");
        // A plain name may be a user's own, or the preferred one of a user elsewhere.
        assert_eq!(counts(operation, &|n| format!("missing{n}")), [2, 3].into(), "{operation}");
    }
}

#[test]
fn an_account_elsewhere_locks_and_runs_out_as_one_at_home() {
    let world = World::with_shards(3);
    let pool = hiding(&world, &json!({ "AliasAttributes": ["email"] }));
    for n in 0..6 {
        let (real, missing) = (format!("person{n}@example.com"), format!("missing{n}@example.com"));
        pool.person(&format!("person{n}"), &real);
        for _ in 0..7 {
            let answers = [&real, &missing].map(|name| pool.sign_in(name, "Wrong-horse-7"));
            assert_eq!(answers[0].text(), answers[1].text());
        }
        for _ in 0..7 {
            let answers = [&real, &missing].map(|name| about(&pool, "ForgotPassword", name, &json!({})).0);
            assert_eq!(answers[0].status, answers[1].status);
        }
    }
}

/// The claim to a name that its user gave up may stay behind, and leads to a shard where nobody has it any more.
#[test]
fn a_name_given_up_locks_as_one_that_was_never_used() {
    let world = World::with_shards(3);
    let pool = hiding(&world, &json!({ "AliasAttributes": ["preferred_username"] }));
    for n in 0..6 {
        let (name, given_up, missing) = (format!("person{n}"), format!("old{n}"), format!("missing{n}"));
        pool.person(&name, "person@example.com");
        let token = pool.tokens(&name)["AccessToken"].clone();
        for preferred in [&given_up, &format!("new{n}")] {
            let attributes = json!([{ "Name": "preferred_username", "Value": preferred }]);
            let input = json!({ "AccessToken": token, "UserAttributes": attributes });
            world.idp("UpdateUserAttributes", &input).ok();
        }
        for round in 0..8 {
            let answers = [&given_up, &missing].map(|name| pool.sign_in(name, "Wrong-horse-7"));
            assert_eq!(answers[0].text(), answers[1].text(), "{given_up}, time {round}");
        }
    }
}

#[test]
fn what_is_made_up_is_what_an_account_of_the_pool_would_show() {
    let world = World::with_shards(3);
    let medium = |pool: &Pool, operation: &str, name: &str| {
        let (answer, _) = about(pool, operation, name, &json!({}));
        let details = answer.ok()["CodeDeliveryDetails"].clone();
        (
            details["DeliveryMedium"].as_str().unwrap().to_owned(),
            details["Destination"].as_str().unwrap().to_owned(),
        )
    };
    let by_phone = hiding(&world, &json!({ "AutoVerifiedAttributes": ["phone_number"] }));
    let by_mail = hiding(&world, &json!({}));
    let by_both = hiding(&world, &json!({ "AutoVerifiedAttributes": ["email", "phone_number"] }));
    let number_is_a_must = hiding(
        &world,
        &json!({ "AutoVerifiedAttributes": ["email", "phone_number"],
            "Schema": [{ "Name": "phone_number", "Required": true }] }),
    );
    let mut letters = BTreeSet::new();
    let mut media = BTreeSet::new();
    for n in 0..40 {
        let name = format!("missing{n}");
        for operation in ["ForgotPassword", "ResendConfirmationCode"] {
            let (what, to) = medium(&by_phone, operation, &name);
            assert_eq!((what.as_str(), to.len(), &to[..8]), ("SMS", 12, "+*******"), "{to}");
            assert!(to[8..].bytes().all(|b| b.is_ascii_digit()), "{to}");
            assert_eq!(medium(&number_is_a_must, operation, &name).0, "SMS");
            assert_eq!(medium(&by_mail, operation, &name).0, "EMAIL");
        }
        let once = medium(&by_mail, "ForgotPassword", &name);
        assert_eq!(once, medium(&by_mail, "ForgotPassword", &name), "asked twice");
        assert_eq!(once, medium(&by_mail, "ResendConfirmationCode", &name), "by either way");
        assert!(once.1.len() == 9 && once.1.contains("***@"), "{}", once.1);
        letters.extend(once.1.chars().filter(char::is_ascii_alphabetic));
        media.insert(medium(&by_both, "ForgotPassword", &name).0);
    }
    assert!(letters.iter().any(|letter| *letter > 'f') && letters.len() > 12, "{letters:?}");
    assert_eq!(media.len(), 2, "where people have either, so do those who are made up");
}

#[test]
fn an_account_shows_the_same_address_whatever_is_asked() {
    let (pool, _) = crowd(&World::with_shards(3));
    for name in ["unconfirmed", "confirmed", "disabled"] {
        let [first, second] = ["ForgotPassword", "ResendConfirmationCode"]
            .map(|operation| about(&pool, operation, name, &json!({})).0.ok()["CodeDeliveryDetails"].clone());
        assert_eq!(first, second, "{name}");
    }
}

#[test]
fn messages_come_only_to_those_who_may_have_them() {
    let (pool, everybody) = crowd(&World::with_shards(3));
    let count =
        |pool: &Pool| ["u", "c", "d"].map(|name| pool.world.messages(&format!("{name}@example.com")).len());
    let before = count(&pool);
    for name in everybody {
        about(&pool, "ForgotPassword", name, &json!({})).0.ok();
        about(&pool, "ResendConfirmationCode", name, &json!({})).0.ok();
    }
    let came: Vec<_> = count(&pool).iter().zip(before).map(|(now, then)| now - then).collect();
    assert_eq!(
        came,
        [1, 1, 0],
        "the unconfirmed a code to confirm, the confirmed one to reset, the disabled none"
    );
}

/// The client tells of missing users: so it tells what is wrong, too.
#[test]
fn a_client_that_hides_nobody_is_told_the_state() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let again = pool.confirm("ann", "000000");
    again.fails("NotAuthorizedException");
    assert!(
        again.text().contains("User cannot be confirmed. Current status is CONFIRMED"),
        "{}",
        again.text()
    );
    pool.confirm("ghost", "000000").fails("UserNotFoundException");
    let ask = |operation: &str, name: &str| about(&pool, operation, name, &json!({})).0;
    ask("ResendConfirmationCode", "ann").fails("InvalidParameterException");
    ask("ResendConfirmationCode", "ghost").fails("UserNotFoundException");
    ask("ForgotPassword", "ghost").fails("UserNotFoundException");
}

/// A wrong code must not tell that somebody else has proven the address.
#[test]
fn a_taken_address_shows_only_to_whoever_has_the_code() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::with(&world, &json!({ "AliasAttributes": ["email"] }), &json!({}));
        pool.person("ann", "ann@example.com");
        for n in 0..4 {
            let name = format!("thief{n}");
            pool.sign_up(&name, "ann@example.com").ok();
            let code = world.code("ann@example.com");
            let wrong = if code == "000000" { "000001" } else { "000000" };
            pool.confirm(&name, wrong).fails("CodeMismatchException");
            pool.confirm(&name, &code).fails("AliasExistsException");
        }
    }
}
