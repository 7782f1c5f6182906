//! A deployment that has no way to send messages: what would need one is refused before anything is written, and the
//! rest goes on.

use serde_json::{Value, json};
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

const UNSENT: &str = "CodeDeliveryFailureException";

fn set(pool: &Pool, token: &Value, name: &str, value: &str) -> Answer {
    let attributes = json!([{ "Name": name, "Value": value }]);
    pool.world.idp("UpdateUserAttributes", &json!({ "AccessToken": token, "UserAttributes": attributes }))
}

fn invite(pool: &Pool, name: &str, more: &Value) -> Answer {
    let mut input = json!({ "UserPoolId": pool.id, "Username": name });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    pool.world.operate("AdminCreateUser", &input)
}

#[test]
fn nobody_signs_up_for_a_code_that_cannot_be_sent_and_their_name_stays_free() {
    for shards in [1, 3] {
        let world = World::with_shards(shards);
        world.stop_sending();
        let pool = Pool::new(&world);
        for _ in 0..2 {
            pool.sign_up("ann", "ann@example.com").fails(UNSENT);
            pool.user("ann").fails("UserNotFoundException");
        }
        // Where there is nothing to prove there is nothing to send.
        world.idp("SignUp", &pool.sign_up_input("ann", None)).ok();
        let unverifying = Pool::with(&world, &json!({ "AutoVerifiedAttributes": [] }), &json!({}));
        unverifying.sign_up("ben", "ben@example.com").ok();
        // Who has a name already does not show either.
        pool.sign_up("ann", "ann@example.com").fails(UNSENT);
    }
}

#[test]
fn nobody_is_invited_by_a_message_that_cannot_be_sent() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    let address = json!([{ "Name": "email", "Value": "ann@example.com" }]);
    let by_email = json!({ "UserAttributes": address, "DesiredDeliveryMediums": ["EMAIL"] });
    invite(&pool, "cleo", &json!({ "TemporaryPassword": PASSWORD, "UserAttributes": address })).ok();
    world.stop_sending();
    invite(&pool, "ann", &by_email).fails(UNSENT);
    pool.user("ann").fails("UserNotFoundException");
    invite(&pool, "ann", &json!({ "UserAttributes": address, "MessageAction": "SUPPRESS" })).ok();
    // By the default medium there is no address for her.
    invite(&pool, "dora", &json!({ "UserAttributes": address })).ok();
    // The temporary password that somebody has goes on working.
    let again = json!({ "MessageAction": "RESEND", "DesiredDeliveryMediums": ["EMAIL"] });
    invite(&pool, "cleo", &again).fails(UNSENT);
    assert_eq!(pool.sign_in("cleo", PASSWORD).ok()["ChallengeName"], "NEW_PASSWORD_REQUIRED");
}

#[test]
fn a_proven_address_stays_where_its_successor_could_not_be_proven() {
    let world = World::with_shards(3);
    let pool = Pool::with(&world, &json!({ "AliasAttributes": ["email"] }), &json!({}));
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    world.stop_sending();
    let before = pool.user("ann").ok();
    set(&pool, &token, "email", "ann@example.org").fails(UNSENT);
    assert_eq!(pool.user("ann@example.com").ok(), before);
    set(&pool, &token, "email", "ann@example.com").ok();
    set(&pool, &token, "nickname", "A").ok();
    set(&pool, &token, "phone_number", "+15550100001").ok();
}
