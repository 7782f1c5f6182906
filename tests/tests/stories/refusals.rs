//! Counters and answers that must not tell, through the router.

use serde_json::{Value, json};
use tests::World;
use tests::person::{PASSWORD, Pool};

fn hiding(world: &std::rc::Rc<World>) -> Pool {
    Pool::with(world, &json!({}), &json!({ "PreventUserExistenceErrors": "ENABLED" }))
}

#[test]
fn five_wrong_passwords_lock_for_a_second_then_two_then_four() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    for _ in 0..5 {
        let wrong = pool.sign_in("ann", "Wrong-horse-7");
        wrong.fails("NotAuthorizedException");
        assert!(wrong.text().contains("Incorrect username or password"));
    }
    for seconds in [1, 2, 4] {
        let locked = pool.sign_in("ann", PASSWORD);
        locked.fails("NotAuthorizedException");
        assert!(locked.text().contains("Password attempts exceeded"), "{}", locked.text());
        world.advance(seconds);
        assert!(pool.sign_in("ann", "Wrong-horse-7").text().contains("Incorrect"));
    }
    world.advance(8);
    pool.tokens("ann");
    pool.sign_in("ann", "Wrong-horse-7").fails("NotAuthorizedException");
    pool.tokens("ann");
}

#[test]
fn a_missing_account_answers_as_one_that_is_there() {
    let world = World::with_shards(3);
    let pool = hiding(&world);
    pool.person("ann", "ann@example.com");
    for _ in 0..7 {
        let (real, ghost) = (pool.sign_in("ann", "Wrong-horse-7"), pool.sign_in("ghost", "Wrong-horse-7"));
        assert_eq!((real.status, real.text()), (ghost.status, ghost.text()));
    }
    let world = World::with_shards(3);
    let pool = hiding(&world);
    pool.person("ann", "ann@example.com");
    let confirm = |name: &str| {
        let answer = world.idp(
            "ConfirmForgotPassword",
            &json!({ "ClientId": pool.client, "Username": name, "ConfirmationCode": "000000", "Password": PASSWORD }),
        );
        (answer.status, answer.text())
    };
    for n in 0..17 {
        assert_eq!(confirm("ann"), confirm("ghost"), "answer {n}");
    }
    let forgot = |name: &str| {
        let answer = world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": name }));
        let details = answer.json()["CodeDeliveryDetails"].clone();
        (
            answer.status,
            answer.exception(),
            details["DeliveryMedium"].clone(),
            details["AttributeName"].clone(),
        )
    };
    for n in 0..7 {
        assert_eq!(forgot("ann"), forgot("ghost"), "asking {n}");
    }
}

/// Somebody who is there without an address to send to, somebody to whom nothing can be sent, and nobody at all.
#[test]
fn where_nothing_can_be_sent_it_does_not_show_who_is_there() {
    let alike = |world: &std::rc::Rc<World>, pool: &Pool, operation: &str, exception: &str| {
        let [real, ghost] = ["ann", "ghost"].map(|name| {
            let answer = world.idp(operation, &json!({ "ClientId": pool.client, "Username": name }));
            (
                answer.status,
                answer.exception(),
                answer.json()["CodeDeliveryDetails"]["DeliveryMedium"].clone(),
            )
        });
        assert_eq!(real, ghost, "{operation}");
        assert_eq!(real.1, exception, "{operation}");
    };
    let without = |world: &std::rc::Rc<World>, pool: &Value| {
        let pool = Pool::with(world, pool, &json!({ "PreventUserExistenceErrors": "ENABLED" }));
        pool.world.idp("SignUp", &pool.sign_up_input("ann", None)).ok();
        pool
    };
    let world = World::with_shards(3);
    let pool = without(&world, &json!({ "AutoVerifiedAttributes": [] }));
    alike(&world, &pool, "ResendConfirmationCode", "InvalidParameterException");
    let pool = without(&world, &json!({}));
    alike(&world, &pool, "ResendConfirmationCode", "");
    alike(&world, &pool, "ForgotPassword", "");
    let pool = hiding(&world);
    pool.person("ann", "ann@example.com");
    world.stop_sending();
    for operation in ["ResendConfirmationCode", "ForgotPassword"] {
        alike(&world, &pool, operation, "CodeDeliveryFailureException");
    }
}

#[test]
fn fifteen_codes_are_evaluated_and_the_right_one_after_them_is_not() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.sign_up("ann", "ann@example.com").ok();
    let code = world.code("ann@example.com");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let evaluated =
        (0..40).filter(|_| pool.confirm("ann", wrong).exception() == "CodeMismatchException").count();
    assert_eq!(evaluated, 15);
    pool.confirm("ann", &code).fails("LimitExceededException");
}

#[test]
fn a_rotated_token_has_one_successor_and_coming_back_with_it_late_ends_the_session() {
    for (after, works) in [(10, true), (11, false)] {
        let world = World::with_shards(3);
        let rotation = json!({ "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 },
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
        let pool = Pool::with(&world, &json!({}), &rotation);
        pool.person("ann", "ann@example.com");
        let first = pool.tokens("ann")["RefreshToken"].as_str().unwrap().to_owned();
        let refresh = |token: &str| world.idp("GetTokensFromRefreshToken", &pool.refresh_input(token));
        let second = refresh(&first).ok()["AuthenticationResult"].clone();
        let successor = second["RefreshToken"].as_str().unwrap();
        assert_ne!(successor, first);
        world.advance(after);
        let again = refresh(&first);
        if works {
            assert_eq!(again.ok()["AuthenticationResult"]["RefreshToken"], second["RefreshToken"]);
            refresh(successor).ok();
        } else {
            again.fails("RefreshTokenReuseException");
            refresh(successor).fails("NotAuthorizedException");
            world
                .idp("GetUser", &json!({ "AccessToken": second["AccessToken"] }))
                .fails("NotAuthorizedException");
        }
    }
}

#[test]
fn a_lost_reply_does_not_make_a_thing_happen_twice() {
    use tests::gate::Fate::{LostReply, Well};
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    // Begin and finish each lose their first reply; the sign-in goes through all the same, and is one.
    world.next_calls(&[LostReply, Well, LostReply, Well]);
    pool.tokens("ann");
    let shard =
        world.objects.addresses().into_iter().find(|a| a.kind == domain::address::Kind::UserShard).unwrap();
    assert_eq!(world.objects.rows(&shard, "SELECT count(*) FROM family")[0].integer(0).unwrap(), 1);
    world.next_calls(&[LostReply, LostReply]);
    assert_eq!(pool.sign_in("ann", PASSWORD).status, 500, "nobody answered twice");
    pool.tokens("ann");
}

#[test]
fn where_administrators_alone_set_passwords_anew_nobody_is_told_of_a_code() {
    let world = World::with_shards(3);
    let closed = json!({ "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] } });
    let pool = Pool::with(&world, &closed, &json!({ "PreventUserExistenceErrors": "ENABLED" }));
    pool.person("ann", "ann@example.com");
    for name in ["ann", "nobody"] {
        let answer = world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": name }));
        answer.fails("NotAuthorizedException");
        assert!(answer.text().contains("Contact administrator"), "{}", answer.text());
    }
}

#[test]
fn a_client_that_tells_of_missing_users_tells_so_whatever_was_asked_before() {
    let world = World::with_shards(3);
    let pool = Pool::with(&world, &json!({}), &json!({ "PreventUserExistenceErrors": "LEGACY" }));
    world
        .idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": "nobody" }))
        .fails("UserNotFoundException");
    let confirm = json!({
        "ClientId": pool.client, "Username": "nobody", "ConfirmationCode": "123456", "Password": "Another-horse-8",
    });
    world.idp("ConfirmForgotPassword", &confirm).fails("UserNotFoundException");
}
