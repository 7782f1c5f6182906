//! Rotating refresh tokens by the API: who gets a successor, and who ends the session.

use serde_json::{Value, json};
use tests::World;
use tests::call::Answer;
use tests::gate::Fate;
use tests::person::Pool;

/// A pool whose client rotates with this grace in seconds, and the first refresh token of a person in it.
fn rotating(grace: i64) -> (Pool, Value) {
    let rotation = json!({
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": grace },
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
    });
    let pool = Pool::with(&World::with_shards(3), &json!({}), &rotation);
    pool.person("ann", "ann@example.com");
    let first = pool.tokens("ann")["RefreshToken"].clone();
    (pool, first)
}

fn refresh(pool: &Pool, token: &Value) -> Answer {
    pool.world.idp("GetTokensFromRefreshToken", &pool.refresh_input(token.as_str().unwrap()))
}

fn successor(answer: &Answer) -> Value {
    answer.ok()["AuthenticationResult"]["RefreshToken"].clone()
}

#[test]
fn without_a_grace_coming_back_with_a_token_ends_the_session_at_once() {
    let (pool, first) = rotating(0);
    let second = successor(&refresh(&pool, &first));
    let third = successor(&refresh(&pool, &second));
    refresh(&pool, &second).fails("RefreshTokenReuseException");
    refresh(&pool, &third).fails("NotAuthorizedException");
}

#[test]
fn without_a_grace_one_refresh_gets_its_answer_however_often_its_command_arrives() {
    let (pool, mut token) = rotating(0);
    for fates in [&[Fate::LostReply][..], &[Fate::LostCommand], &[Fate::Late], &[Fate::Twice]] {
        pool.world.next_calls(fates);
        token = successor(&refresh(&pool, &token));
        while !pool.world.late.borrow().is_empty() {
            pool.world.deliver_late(0);
        }
    }
    successor(&refresh(&pool, &token));
}

#[test]
fn a_retry_after_the_master_secret_changed_gives_the_successor_of_before() {
    let (pool, first) = rotating(10);
    let second = successor(&refresh(&pool, &first));
    pool.world.rotate_master_secret();
    assert_eq!(successor(&refresh(&pool, &first)), second);
    let third = successor(&refresh(&pool, &second));
    assert_eq!(successor(&refresh(&pool, &second)), third, "so it does later in the session");
    pool.world.advance(11);
    refresh(&pool, &second).fails("RefreshTokenReuseException");
    refresh(&pool, &third).fails("NotAuthorizedException");
    // Whoever signs in from now on does so under the new secret.
    let first = pool.tokens("ann")["RefreshToken"].clone();
    let second = successor(&refresh(&pool, &first));
    assert_eq!(successor(&refresh(&pool, &first)), second);
}

#[test]
fn whoever_asks_for_rotation_alone_gets_a_client_that_rotates() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let rotation = json!({ "Feature": "ENABLED", "RetryGracePeriodSeconds": 5 });
    let input = json!({ "UserPoolId": pool.id, "ClientName": "another", "RefreshTokenRotation": rotation });
    let made = world.operate("CreateUserPoolClient", &input).ok()["UserPoolClient"].clone();
    assert_eq!(made["RefreshTokenRotation"], rotation);
    assert_eq!(made["ExplicitAuthFlows"], json!(["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]));
}

#[test]
fn a_replaced_token_is_no_token_once_rotation_is_off() {
    let (pool, first) = rotating(0);
    let world = &pool.world;
    let rotate = pool.refresh_input(first.as_str().unwrap());
    let second =
        world.idp("GetTokensFromRefreshToken", &rotate).ok()["AuthenticationResult"]["RefreshToken"].clone();
    let settled = json!({ "UserPoolId": pool.id, "ClientId": pool.client,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });
    world.operate("UpdateUserPoolClient", &settled).ok();
    let refresh = |token: &Value| {
        let parameters = json!({ "REFRESH_TOKEN": token });
        let input = json!({ "ClientId": pool.client, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters });
        world.idp("InitiateAuth", &input)
    };
    let refused = refresh(&first);
    refused.fails("NotAuthorizedException");
    assert!(refused.text().contains("Invalid Refresh Token"), "{}", refused.text());
    refresh(&second).ok();
}
