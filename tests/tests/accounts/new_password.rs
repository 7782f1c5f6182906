//! The challenge for a new password holds for the temporary one that it was given for, and no longer than that.

use serde_json::{Value, json};
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

const FIRST: &str = "Temporary-horse-1";
const SECOND: &str = "Temporary-horse-2";

fn of_ben(pool: &Pool, more: &Value) -> Value {
    let mut input = json!({ "UserPoolId": pool.id, "Username": "ben" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn invited(pool: &Pool) {
    let email = json!([{ "Name": "email", "Value": "ben@example.com" }]);
    let more = json!({ "TemporaryPassword": FIRST, "UserAttributes": email, "MessageAction": "SUPPRESS" });
    pool.world.operate("AdminCreateUser", &of_ben(pool, &more)).ok();
}

fn session(pool: &Pool, password: &str) -> Value {
    pool.sign_in("ben", password).ok()["Session"].clone()
}

fn answer(pool: &Pool, session: &Value) -> Answer {
    let input = json!({
        "ClientId": pool.client,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeResponses": { "USERNAME": "ben", "NEW_PASSWORD": PASSWORD },
    });
    pool.world.idp("RespondToAuthChallenge", &input)
}

#[test]
fn a_challenge_ends_with_the_temporary_password_it_was_given_for() {
    let again = json!({ "TemporaryPassword": SECOND, "MessageAction": "RESEND", "DesiredDeliveryMediums": ["EMAIL"] });
    let other = json!({ "Password": SECOND, "Permanent": false });
    for (operation, more) in [("AdminSetUserPassword", other), ("AdminCreateUser", again)] {
        let world = World::with_shards(3);
        let pool = Pool::new(&world);
        invited(&pool);
        let old = session(&pool, FIRST);
        world.operate(operation, &of_ben(&pool, &more)).ok();
        let refused = answer(&pool, &old);
        refused.fails("NotAuthorizedException");
        assert!(refused.text().contains("Invalid session for the user."), "{}", refused.text());
        pool.sign_in("ben", PASSWORD).fails("NotAuthorizedException");
        answer(&pool, &session(&pool, SECOND)).ok();
        pool.tokens("ben");
    }
}

#[test]
fn a_challenge_is_not_answered_after_the_temporary_password_has_run_out() {
    let policy = json!({ "Policies": { "PasswordPolicy": { "TemporaryPasswordValidityDays": 1 } } });
    for (late, works) in [(59, true), (60, false)] {
        let world = World::with_shards(3);
        let pool = Pool::with(&world, &policy, &json!({}));
        invited(&pool);
        world.advance(86_400 - 60);
        let challenge = session(&pool, FIRST);
        world.advance(late);
        let answered = answer(&pool, &challenge);
        if works {
            answered.ok();
        } else {
            answered.fails("NotAuthorizedException");
            pool.sign_in("ben", PASSWORD).fails("NotAuthorizedException");
        }
    }
}

/// Answers with these attributes, too.
fn answer_with(pool: &Pool, session: &Value, attributes: &Value) -> Answer {
    let mut responses = json!({ "USERNAME": "ben", "NEW_PASSWORD": PASSWORD });
    for (name, value) in attributes.as_object().unwrap() {
        responses[format!("userAttributes.{name}")] = value.clone();
    }
    let input = json!({ "ClientId": pool.client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session,
        "ChallengeResponses": responses });
    pool.world.idp("RespondToAuthChallenge", &input)
}

#[test]
fn an_answer_that_is_refused_may_be_mended() {
    let schema = json!({ "Schema": [{ "Name": "name", "Required": true, "Mutable": true },
        { "Name": "birthdate", "Required": true, "Mutable": false }] });
    let world = World::with_shards(3);
    let pool = Pool::with(&world, &schema, &json!({}));
    invited(&pool);
    let asked = pool.sign_in("ben", FIRST).ok();
    let needed: Value =
        serde_json::from_str(asked["ChallengeParameters"]["requiredAttributes"].as_str().unwrap()).unwrap();
    assert_eq!(needed, json!(["userAttributes.birthdate", "userAttributes.name"]));
    let session = &asked["Session"];
    let complete = json!({ "name": "Ben", "birthdate": "2000-01-01" });
    for (attributes, words) in [
        (json!({}), "birthdate: The attribute is required"),
        (json!({ "birthdate": "2000-01-01" }), "name: The attribute is required"),
        // What the challenge shows of a person is not all theirs to say.
        (
            json!({ "name": "Ben", "birthdate": "2000-01-01", "email_verified": "true" }),
            "Cannot modify the non-mutable attribute email_verified",
        ),
    ] {
        let refused = answer_with(&pool, session, &attributes);
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    let changed = json!({ "name": "Ben", "birthdate": "2000-01-01", "email": "eve@example.com" });
    answer_with(&pool, session, &changed).fails("NotAuthorizedException");
    let mut said_again = complete.clone();
    said_again["email"] = json!("ben@example.com");
    assert!(answer_with(&pool, session, &said_again).ok()["AuthenticationResult"]["IdToken"].is_string());
    let spent = answer_with(&pool, session, &complete);
    spent.fails("NotAuthorizedException");
    assert!(spent.text().contains("session can only be used once"), "{}", spent.text());
    let user = pool.user("ben").ok();
    let birthdate =
        user["UserAttributes"].as_array().unwrap().iter().find(|a| a["Name"] == "birthdate").unwrap();
    assert_eq!(birthdate["Value"], "2000-01-01");
}
