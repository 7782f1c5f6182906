//! Invitations sent again: the password that somebody has works until another one reaches them.

use serde_json::{Value, json};
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

const FIRST: &str = "Temporary-horse-1";
const ADDRESS: &str = "ben@example.com";

fn invite(pool: &Pool, name: &str, more: &Value) -> Answer {
    let mut input = json!({ "UserPoolId": pool.id, "Username": name });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    pool.world.operate("AdminCreateUser", &input)
}

fn again(pool: &Pool, name: &str, more: &Value) -> Answer {
    let mut input = json!({ "MessageAction": "RESEND" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    invite(pool, name, &input)
}

/// Somebody invited by email.
fn ben(pool: &Pool, name: &str) -> Value {
    let email = json!([{ "Name": "email", "Value": ADDRESS }]);
    let more =
        json!({ "TemporaryPassword": FIRST, "UserAttributes": email, "DesiredDeliveryMediums": ["EMAIL"] });
    invite(pool, name, &more).ok()["User"].clone()
}

fn newest(pool: &Pool) -> String {
    pool.world.messages(ADDRESS)[0].message.body.clone()
}

#[test]
fn it_goes_by_what_the_person_has_where_no_medium_is_named() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    ben(&pool, "ben");
    again(&pool, "ben", &json!({ "TemporaryPassword": "Temporary-horse-2" })).ok();
    assert_eq!(world.messages(ADDRESS).len(), 2);
    pool.sign_in("ben", FIRST).fails("NotAuthorizedException");
    assert_eq!(pool.sign_in("ben", "Temporary-horse-2").ok()["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    // A drawn one is in the message, and works.
    again(&pool, "ben", &json!({})).ok();
    let body = newest(&pool);
    let drawn = body
        .strip_prefix("Your username is ben and temporary password is ")
        .unwrap()
        .strip_suffix('.')
        .unwrap();
    assert_eq!(pool.sign_in("ben", drawn).ok()["ChallengeName"], "NEW_PASSWORD_REQUIRED");
}

#[test]
fn it_is_refused_where_there_is_no_address_and_changes_nothing() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    ben(&pool, "ben");
    invite(&pool, "cleo", &json!({ "TemporaryPassword": FIRST })).ok();
    for (name, more) in [("ben", json!({ "DesiredDeliveryMediums": ["SMS"] })), ("cleo", json!({}))] {
        let refused = again(&pool, name, &more);
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains("no address"), "{}", refused.text());
        assert_eq!(pool.sign_in(name, FIRST).ok()["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    }
    assert_eq!(world.messages(ADDRESS).len(), 1);
}

#[test]
fn it_is_refused_to_who_has_a_password_of_their_own() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ben", ADDRESS);
    again(&pool, "ben", &json!({})).fails("UnsupportedUserStateException");
    pool.tokens("ben");
}

#[test]
fn it_tells_the_name_to_sign_in_with_however_the_person_is_named() {
    let world = World::with_shards(3);
    for (settings, username, called) in
        [(json!({}), "ben", "ben"), (json!({ "UsernameAttributes": ["email"] }), ADDRESS, ADDRESS)]
    {
        let pool = Pool::with(&world, &settings, &json!({}));
        let made = ben(&pool, username);
        let sub =
            made["Attributes"].as_array().unwrap().iter().find(|a| a["Name"] == "sub").unwrap()["Value"]
                .clone();
        world.advance(5);
        let told = again(&pool, sub.as_str().unwrap(), &json!({})).ok()["User"].clone();
        assert!(newest(&pool).starts_with(&format!("Your username is {called} and")), "{}", newest(&pool));
        assert_eq!(told["Username"], made["Username"]);
        assert!(told["UserLastModifiedDate"].as_i64() > made["UserLastModifiedDate"].as_i64());
    }
}

#[test]
fn an_attribute_that_stands_twice_is_refused() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let twice =
        json!([{ "Name": "email", "Value": ADDRESS }, { "Name": "email", "Value": "eve@example.com" }]);
    let mut sign_up = pool.sign_up_input("ann", None);
    sign_up["UserAttributes"] = twice.clone();
    for refused in [invite(&pool, "ann", &json!({ "UserAttributes": twice })), world.idp("SignUp", &sign_up)]
    {
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains("user.email: Attribute is given twice."), "{}", refused.text());
    }
    pool.user("ann").fails("UserNotFoundException");
    pool.person("ann", ADDRESS);
    let token = pool.sign_in("ann", PASSWORD).ok()["AuthenticationResult"]["AccessToken"].clone();
    let change = json!({ "AccessToken": token, "UserAttributes": twice });
    world.idp("UpdateUserAttributes", &change).fails("InvalidParameterException");
}
