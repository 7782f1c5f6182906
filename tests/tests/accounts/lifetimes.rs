//! How long tokens and challenges of a client live.

use serde_json::{Value, json};
use tests::World;
use tests::person::{PASSWORD, Pool};
use tests::site::claims;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn lives(token: &Value) -> i64 {
    let claims = claims(token);
    claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap()
}

#[test]
fn tokens_live_as_long_as_their_client_says() {
    let units = |unit: &str| json!({ "AccessToken": unit, "IdToken": unit, "RefreshToken": unit });
    for (client, access, id, refresh) in [
        (json!({}), HOUR, HOUR, 30 * DAY),
        // Without a unit, hours and days.
        (
            json!({ "AccessTokenValidity": 2, "IdTokenValidity": 24, "RefreshTokenValidity": 1 }),
            2 * HOUR,
            DAY,
            DAY,
        ),
        (
            json!({ "AccessTokenValidity": 300, "IdTokenValidity": 3599, "RefreshTokenValidity": 3600,
                "TokenValidityUnits": units("seconds") }),
            300,
            3599,
            HOUR,
        ),
        (
            json!({ "AccessTokenValidity": 5, "IdTokenValidity": 60, "RefreshTokenValidity": 61,
                "TokenValidityUnits": units("minutes") }),
            300,
            HOUR,
            HOUR + 60,
        ),
        (
            json!({ "AccessTokenValidity": 1, "IdTokenValidity": 1, "RefreshTokenValidity": 2,
                "TokenValidityUnits": units("days") }),
            DAY,
            DAY,
            2 * DAY,
        ),
        // A unit alone changes nothing, and neither does a zero, which is AWS's word for thirty days.
        (json!({ "RefreshTokenValidity": 0, "TokenValidityUnits": units("minutes") }), HOUR, HOUR, 30 * DAY),
    ] {
        let world = World::with_shards(1);
        let pool = Pool::with(&world, &json!({}), &client);
        pool.person("ann", "ann@example.com");
        let tokens = pool.tokens("ann");
        assert_eq!(lives(&tokens["AccessToken"]), access, "{client}");
        assert_eq!(lives(&tokens["IdToken"]), id, "{client}");
        assert_eq!(tokens["ExpiresIn"], access, "{client}");
        let again = pool.refresh_input(tokens["RefreshToken"].as_str().unwrap());
        world.advance(refresh - 1);
        world.idp("GetTokensFromRefreshToken", &again).ok();
        world.advance(1);
        world.idp("GetTokensFromRefreshToken", &again).fails("NotAuthorizedException");
    }
}

#[test]
fn a_lifetime_that_no_token_may_have_is_refused_by_name() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let seconds = json!({ "AccessToken": "seconds", "IdToken": "seconds", "RefreshToken": "seconds" });
    for (name, validity) in [
        ("AccessTokenValidity", 299),
        ("AccessTokenValidity", DAY + 1),
        ("IdTokenValidity", 299),
        ("IdTokenValidity", DAY + 1),
        ("RefreshTokenValidity", HOUR - 1),
        ("RefreshTokenValidity", 3650 * DAY + 1),
    ] {
        let mut input = json!({ "UserPoolId": pool.id, "ClientName": "app", "TokenValidityUnits": seconds });
        input[name] = json!(validity);
        let refused = world.operate("CreateUserPoolClient", &input);
        refused.fails("InvalidParameterException");
        // The API's model bounds some of them first, in its own spelling.
        assert!(refused.text().to_lowercase().contains(&name.to_lowercase()), "{}", refused.text());
    }
    for (name, validity) in
        [("AccessTokenValidity", 25), ("IdTokenValidity", 25), ("RefreshTokenValidity", 3651)]
    {
        let mut input = json!({ "UserPoolId": pool.id, "ClientName": "app" });
        input[name] = json!(validity);
        let refused = world.operate("CreateUserPoolClient", &input);
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains(&format!("{name} must be between")), "{}", refused.text());
    }
    for name in ["AccessTokenValidity", "IdTokenValidity"] {
        let mut input = json!({ "UserPoolId": pool.id, "ClientName": "app", "RefreshTokenValidity": 2 * HOUR,
            "TokenValidityUnits": { "RefreshToken": "seconds" } });
        input[name] = json!(3);
        let refused = world.operate("CreateUserPoolClient", &input);
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains(&format!("{name} must not be greater than")), "{}", refused.text());
    }
}

#[test]
fn what_was_said_of_lifetimes_is_told_again() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let said = json!({ "AccessTokenValidity": 90, "RefreshTokenValidity": 10, "AuthSessionValidity": 7,
        "TokenValidityUnits": { "AccessToken": "minutes", "RefreshToken": "hours" } });
    let mut input = said.clone();
    input["UserPoolId"] = json!(pool.id);
    input["ClientId"] = json!(pool.client);
    let told = world.operate("UpdateUserPoolClient", &input).ok()["UserPoolClient"].clone();
    for (name, value) in said.as_object().unwrap() {
        assert_eq!(&told[name], value, "{name}");
    }
    assert_eq!(told.get("IdTokenValidity"), None);
}

#[test]
fn what_is_told_of_a_client_may_be_said_back() {
    let world = World::with_shards(1);
    for (unit, thirty_days) in
        [("seconds", 30 * DAY), ("minutes", 30 * 24 * 60), ("hours", 30 * 24), ("days", 30)]
    {
        for silent in [json!({}), json!({ "RefreshTokenValidity": 0 })] {
            let mut client = silent;
            client["TokenValidityUnits"] = json!({ "RefreshToken": unit });
            let pool = Pool::with(&world, &json!({}), &client);
            let named = json!({ "UserPoolId": pool.id, "ClientId": pool.client });
            let told = world.operate("DescribeUserPoolClient", &named).ok()["UserPoolClient"].clone();
            assert_eq!(told["RefreshTokenValidity"], thirty_days, "{unit}");
            let mut back = named.clone();
            for member in ["RefreshTokenValidity", "TokenValidityUnits", "ExplicitAuthFlows"] {
                back[member] = told[member].clone();
            }
            let again = world.operate("UpdateUserPoolClient", &back).ok()["UserPoolClient"].clone();
            assert_eq!(again["RefreshTokenValidity"], thirty_days, "{unit}");
        }
    }
}

#[test]
fn a_challenge_is_answered_in_time_or_not_at_all() {
    for (client, minutes) in [(json!({}), 3), (json!({ "AuthSessionValidity": 15 }), 15)] {
        for (late, works) in [(-1, true), (0, false)] {
            let world = World::with_shards(1);
            let pool = Pool::with(&world, &json!({}), &client);
            let invited = json!({ "UserPoolId": pool.id, "Username": "ben", "TemporaryPassword": "Temporary-1",
                "MessageAction": "SUPPRESS" });
            world.operate("AdminCreateUser", &invited).ok();
            let session = pool.sign_in("ben", "Temporary-1").ok()["Session"].clone();
            world.advance(minutes * 60 + late);
            let answer = json!({ "ClientId": pool.client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session,
                "ChallengeResponses": { "USERNAME": "ben", "NEW_PASSWORD": PASSWORD } });
            let answered = world.idp("RespondToAuthChallenge", &answer);
            if works {
                answered.ok();
            } else {
                answered.fails("NotAuthorizedException");
            }
        }
    }
}
