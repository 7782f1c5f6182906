//! Usernames that look like a sub. Whoever has a sub is found by it, and nobody else gets it for a name.

use super::hiding::{about, counted, hiding, seen};
use serde_json::{Value, json};
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

fn uuid(n: u32) -> String {
    format!("5e3a0c1d-9b7f-4c2e-8a64-{n:012x}")
}

fn admin(pool: &Pool, operation: &str, name: &str) -> Answer {
    pool.world.operate(operation, &json!({ "UserPoolId": pool.id, "Username": name }))
}

fn call(pool: &Pool, operation: &str, name: &str) -> Answer {
    pool.world.idp(operation, &json!({ "ClientId": pool.client, "Username": name }))
}

fn sub_of(got: &Value) -> String {
    let all = got["UserAttributes"].as_array().unwrap();
    all.iter().find(|a| a["Name"] == "sub").unwrap()["Value"].as_str().unwrap().to_owned()
}

#[test]
fn a_username_that_looks_like_a_sub_is_a_username() {
    let preferred = json!({ "AliasAttributes": ["email", "preferred_username"] });
    let minding_case = json!({ "UsernameConfiguration": { "CaseSensitive": true } });
    for shards in [1, 3, 8] {
        for settings in
            [json!({}), json!({ "AliasAttributes": ["email"] }), preferred.clone(), minding_case.clone()]
        {
            let world = World::with_shards(shards);
            let pool = Pool::with(&world, &settings, &json!({}));
            for n in 0..6 {
                let (name, email) = (uuid(n), format!("p{n}@example.com"));
                admin(&pool, "AdminGetUser", &name).fails("UserNotFoundException");
                let signed_up = pool.sign_up(&name, &email).ok();
                pool.sign_up(&name, &email).fails("UsernameExistsException");
                call(&pool, "ResendConfirmationCode", &name).ok();
                pool.confirm(&name, &world.code(&email)).ok();
                let tokens = pool.tokens(&name);
                let me = world.idp("GetUser", &json!({ "AccessToken": tokens["AccessToken"] })).ok();
                assert_eq!(me["Username"], name);
                let sub = signed_up["UserSub"].as_str().unwrap();
                for called in [&name, sub] {
                    let got = pool.user(called).ok();
                    assert_eq!((got["Username"].as_str(), sub_of(&got).as_str()), (Some(name.as_str()), sub));
                }
                call(&pool, "ForgotPassword", &name).ok();
                let code = json!({ "ClientId": pool.client, "Username": name, "Password": "Another-horse-8",
                    "ConfirmationCode": world.code(&email) });
                world.idp("ConfirmForgotPassword", &code).ok();
                pool.sign_in(sub, "Another-horse-8").ok();
                admin(&pool, "AdminDisableUser", &name).ok();
                admin(&pool, "AdminDeleteUser", &name).ok();
                admin(&pool, "AdminGetUser", &name).fails("UserNotFoundException");
                pool.sign_up(&name, &email).ok();
            }
        }
    }
}

#[test]
fn an_invited_person_whose_name_looks_like_a_sub_chooses_a_password() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    for n in 0..6 {
        let name = uuid(n);
        let invite = json!({ "UserPoolId": pool.id, "Username": name, "TemporaryPassword": "Temporary-horse-1",
            "MessageAction": "SUPPRESS" });
        world.operate("AdminCreateUser", &invite).ok();
        let session = pool.sign_in(&name, "Temporary-horse-1").ok()["Session"].clone();
        let answer = json!({ "ClientId": pool.client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session,
            "ChallengeResponses": { "USERNAME": name, "NEW_PASSWORD": PASSWORD } });
        world.idp("RespondToAuthChallenge", &answer).ok();
        pool.tokens(&name);
    }
}

#[test]
fn nobody_gets_the_sub_of_another_for_a_name() {
    let settings = json!({ "AliasAttributes": ["preferred_username"],
        "UsernameConfiguration": { "CaseSensitive": false } });
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::with(&world, &settings, &json!({}));
        pool.person("eve", "eve@example.com");
        let eve = pool.tokens("eve")["AccessToken"].clone();
        for n in 0..6 {
            let name = format!("person{n}");
            pool.person(&name, "p@example.com");
            let sub = sub_of(&pool.user(&name).ok());
            for taken in [sub.clone(), sub.to_uppercase()] {
                pool.sign_up(&taken, "eve@example.com").fails("UsernameExistsException");
                admin(&pool, "AdminCreateUser", &taken).fails("UsernameExistsException");
                let attributes = json!([{ "Name": "preferred_username", "Value": taken }]);
                let input = json!({ "AccessToken": eve, "UserAttributes": attributes });
                world.idp("UpdateUserAttributes", &input).fails("AliasExistsException");
            }
            assert_eq!(pool.user(&sub).ok()["Username"], name);
            // Their own is nobody else's.
            let attributes = json!([{ "Name": "preferred_username", "Value": sub }]);
            let token = pool.tokens(&name)["AccessToken"].clone();
            world
                .idp("UpdateUserAttributes", &json!({ "AccessToken": token, "UserAttributes": attributes }))
                .ok();
            pool.tokens(&sub);
        }
    }
}

/// Also where it is another's preferred name, whose home is another shard.
#[test]
fn a_preferred_name_that_looks_like_a_sub_is_one_to_sign_in_with() {
    let world = World::with_shards(8);
    let pool = Pool::with(&world, &json!({ "AliasAttributes": ["preferred_username"] }), &json!({}));
    for n in 0..12 {
        let name = format!("person{n}");
        pool.person(&name, "p@example.com");
        let token = pool.tokens(&name)["AccessToken"].clone();
        let attributes = json!([{ "Name": "preferred_username", "Value": uuid(n) }]);
        world
            .idp("UpdateUserAttributes", &json!({ "AccessToken": token, "UserAttributes": attributes }))
            .ok();
        pool.tokens(&uuid(n));
        assert_eq!(pool.user(&uuid(n)).ok()["Username"], name);
    }
}

#[test]
fn a_sub_and_a_name_in_its_form_are_looked_for_as_far_as_one_that_nobody_has() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = hiding(&world, &json!({ "AliasAttributes": ["email"] }));
        for n in 0..4 {
            let (email, missing) = (format!("p{n}@example.com"), uuid(100 + n));
            pool.person(&uuid(n), &email);
            let sub = sub_of(&pool.user(&uuid(n)).ok());
            for called in [&uuid(n), &sub] {
                let both = |ask: &dyn Fn(&str) -> (Answer, u64)| {
                    let [real, nobody] = [called, &missing].map(|name| seen(&ask(name)));
                    assert_eq!(real, nobody, "{called}");
                };
                both(&|name| counted(&pool, "InitiateAuth", &pool.sign_in_input(name, "Wrong-horse-7")));
                both(&|name| about(&pool, "ForgotPassword", name, &json!({})));
                both(&|name| about(&pool, "ResendConfirmationCode", name, &json!({})));
                both(&|name| about(&pool, "ConfirmSignUp", name, &json!({ "ConfirmationCode": "000000" })));
            }
        }
    }
}
