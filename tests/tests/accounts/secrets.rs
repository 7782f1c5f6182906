//! A client with a secret proves on every call that it has it; one without claims none.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::rc::Rc;
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

const NEXT: &str = "Another-horse-2";

struct Confidential {
    pool: Pool,
    secret: String,
}

impl Confidential {
    fn new(world: &Rc<World>) -> Self {
        let pool = Pool::with(world, &json!({}), &json!({ "GenerateSecret": true }));
        let named = json!({ "UserPoolId": pool.id, "ClientId": pool.client });
        let described = world.operate("DescribeUserPoolClient", &named).ok();
        let secret = described["UserPoolClient"]["ClientSecret"].as_str().unwrap().to_owned();
        Self { pool, secret }
    }

    fn hash(&self, name: &str) -> Value {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).unwrap();
        mac.update(name.as_bytes());
        mac.update(self.pool.client.as_bytes());
        json!(STANDARD.encode(mac.finalize().into_bytes()))
    }

    /// Asks without a hash, with somebody else's, and with the right one, whose answer it gives. `put` says where the
    /// hash goes.
    fn asks(&self, operation: &str, name: &str, input: &Value, put: fn(&mut Value, Value)) -> Answer {
        let ask = |hash: Option<Value>| {
            let mut input = input.clone();
            if let Some(hash) = hash {
                put(&mut input, hash);
            }
            if operation.starts_with("Admin") {
                self.pool.world.operate(operation, &input)
            } else {
                self.pool.world.idp(operation, &input)
            }
        };
        let client = &self.pool.client;
        for (hash, words) in [
            (None, format!("Client {client} is configured with secret but SECRET_HASH was not received")),
            (Some(self.hash("eve")), format!("Unable to verify secret hash for client {client}")),
            (Some(json!("x")), format!("Unable to verify secret hash for client {client}")),
        ] {
            let refused = ask(hash);
            refused.fails("NotAuthorizedException");
            assert!(refused.text().contains(&words), "{operation}: {}", refused.text());
        }
        ask(Some(self.hash(name)))
    }

    fn sign_in(&self, name: &str) -> Value {
        let asked = self.pool.sign_in_input(name, PASSWORD);
        self.asks("InitiateAuth", name, &asked, as_parameter).ok()
    }
}

fn as_member(input: &mut Value, hash: Value) {
    input["SecretHash"] = hash;
}

fn as_parameter(input: &mut Value, hash: Value) {
    input["AuthParameters"]["SECRET_HASH"] = hash;
}

fn as_response(input: &mut Value, hash: Value) {
    input["ChallengeResponses"]["SECRET_HASH"] = hash;
}

#[test]
fn signing_up_and_resetting_prove_the_secret() {
    let world = World::with_shards(3);
    let confidential = Confidential::new(&world);
    let (pool, client) = (&confidential.pool, &confidential.pool.client);
    let ask = |operation: &str, input: &Value| confidential.asks(operation, "ann", input, as_member).ok();
    ask("SignUp", &pool.sign_up_input("ann", Some("ann@example.com")));
    assert_eq!(world.messages("ann@example.com").len(), 1, "the refused ones sent nothing");
    ask("ResendConfirmationCode", &json!({ "ClientId": client, "Username": "ann" }));
    assert_eq!(world.messages("ann@example.com").len(), 2);
    let code = world.code("ann@example.com");
    ask("ConfirmSignUp", &json!({ "ClientId": client, "Username": "ann", "ConfirmationCode": code }));
    confidential.sign_in("ann");
    ask("ForgotPassword", &json!({ "ClientId": client, "Username": "ann" }));
    assert_eq!(world.messages("ann@example.com").len(), 3);
    let code = world.code("ann@example.com");
    let reset = json!({ "ClientId": client, "Username": "ann", "ConfirmationCode": code, "Password": NEXT });
    ask("ConfirmForgotPassword", &reset);
    let asked = pool.sign_in_input("ann", NEXT);
    confidential.asks("InitiateAuth", "ann", &asked, as_parameter).ok();
}

#[test]
fn an_alias_is_hashed_as_it_was_sent() {
    let world = World::with_shards(3);
    let pool =
        Pool::with(&world, &json!({ "AliasAttributes": ["email"] }), &json!({ "GenerateSecret": true }));
    let named = json!({ "UserPoolId": pool.id, "ClientId": pool.client });
    let described = world.operate("DescribeUserPoolClient", &named).ok();
    let secret = described["UserPoolClient"]["ClientSecret"].as_str().unwrap().to_owned();
    let confidential = Confidential { pool, secret };
    let pool = &confidential.pool;
    let input = pool.sign_up_input("ann", Some("ann@example.com"));
    confidential.asks("SignUp", "ann", &input, as_member).ok();
    let code = world.code("ann@example.com");
    let input = json!({ "ClientId": pool.client, "Username": "ann", "ConfirmationCode": code });
    confidential.asks("ConfirmSignUp", "ann", &input, as_member).ok();
    confidential.sign_in("ann@example.com");
    let mut crossed = pool.sign_in_input("ann@example.com", PASSWORD);
    as_parameter(&mut crossed, confidential.hash("ann"));
    world.idp("InitiateAuth", &crossed).fails("NotAuthorizedException");
}

#[test]
fn administrators_and_challenges_prove_it_too() {
    let world = World::with_shards(3);
    let confidential = Confidential::new(&world);
    let pool = &confidential.pool;
    let invited = json!({ "UserPoolId": pool.id, "Username": "ben", "TemporaryPassword": "Temporary-1",
        "MessageAction": "SUPPRESS" });
    for open in [true, false] {
        world.operate("AdminCreateUser", &invited).ok();
        let of = |mut input: Value| {
            if !open {
                input["UserPoolId"] = json!(pool.id);
            }
            input
        };
        let name = |operation: &str| if open { operation.to_owned() } else { format!("Admin{operation}") };
        let mut input = of(pool.sign_in_input("ben", "Temporary-1"));
        if !open {
            input["AuthFlow"] = json!("ADMIN_USER_PASSWORD_AUTH");
        }
        let asked = confidential.asks(&name("InitiateAuth"), "ben", &input, as_parameter).ok();
        let answer = of(json!({ "ClientId": pool.client, "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": asked["Session"], "ChallengeResponses": { "USERNAME": "ben", "NEW_PASSWORD": PASSWORD } }));
        let answered = confidential.asks(&name("RespondToAuthChallenge"), "ben", &answer, as_response).ok();
        assert!(answered["AuthenticationResult"]["AccessToken"].is_string());
        world.operate("AdminDeleteUser", &json!({ "UserPoolId": pool.id, "Username": "ben" })).ok();
    }
}

#[test]
fn a_refresh_proves_the_secret_by_the_username_or_the_sub() {
    let world = World::with_shards(3);
    let confidential = Confidential::new(&world);
    let pool = &confidential.pool;
    let sub = world
        .operate(
            "AdminCreateUser",
            &json!({ "UserPoolId": pool.id, "Username": "ann", "MessageAction": "SUPPRESS" }),
        )
        .ok()["User"]["Attributes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|attribute| attribute["Name"] == "sub")
        .unwrap()["Value"]
        .as_str()
        .unwrap()
        .to_owned();
    let password =
        json!({ "UserPoolId": pool.id, "Username": "ann", "Password": PASSWORD, "Permanent": true });
    world.operate("AdminSetUserPassword", &password).ok();
    let tokens = confidential.sign_in("ann")["AuthenticationResult"].clone();
    let input = json!({ "ClientId": pool.client, "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": { "REFRESH_TOKEN": tokens["RefreshToken"] } });
    for name in ["ann", &sub] {
        let refreshed = confidential.asks("InitiateAuth", name, &input, as_parameter).ok();
        assert!(refreshed["AuthenticationResult"]["IdToken"].is_string());
    }
    // An empty hash is none, and that is seen before the token is.
    let none = json!({ "ClientId": pool.client, "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": { "REFRESH_TOKEN": "none", "SECRET_HASH": "" } });
    let refused = world.idp("InitiateAuth", &none);
    assert!(refused.text().contains("SECRET_HASH was not received"), "{}", refused.text());
}

#[test]
fn where_the_secret_itself_is_asked_for_it_is_checked() {
    let world = World::with_shards(3);
    let confidential = Confidential::new(&world);
    let pool = &confidential.pool;
    world
        .operate(
            "AdminCreateUser",
            &json!({ "UserPoolId": pool.id, "Username": "ann", "MessageAction": "SUPPRESS" }),
        )
        .ok();
    let password =
        json!({ "UserPoolId": pool.id, "Username": "ann", "Password": PASSWORD, "Permanent": true });
    world.operate("AdminSetUserPassword", &password).ok();
    let token = confidential.sign_in("ann")["AuthenticationResult"]["RefreshToken"].clone();
    for (operation, member) in [("GetTokensFromRefreshToken", "RefreshToken"), ("RevokeToken", "Token")] {
        let mut input = json!({ "ClientId": pool.client });
        input[member] = token.clone();
        world.idp(operation, &input).fails("NotAuthorizedException");
        input["ClientSecret"] = json!("x".repeat(51));
        world.idp(operation, &input).fails("NotAuthorizedException");
        input["ClientSecret"] = json!(confidential.secret);
        world.idp(operation, &input).ok();
    }
}

#[test]
fn a_client_without_a_secret_is_told_that_it_has_none() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let words =
        format!("App client {} is not configured for secret but secret hash was received", pool.client);
    let mut sign_in = pool.sign_in_input("ann", PASSWORD);
    as_parameter(&mut sign_in, json!("eHg="));
    let mut forgot = json!({ "ClientId": pool.client, "Username": "ann" });
    as_member(&mut forgot, json!("eHg="));
    // Before the token is looked at.
    let refresh = json!({ "ClientId": pool.client, "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": { "REFRESH_TOKEN": "none", "SECRET_HASH": "eHg=" } });
    for (operation, input) in
        [("InitiateAuth", sign_in), ("ForgotPassword", forgot), ("InitiateAuth", refresh)]
    {
        let refused = world.idp(operation, &input);
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains(&words), "{}", refused.text());
    }
    // Some callers send an empty one for none.
    let mut sign_in = pool.sign_in_input("ann", PASSWORD);
    as_parameter(&mut sign_in, json!(""));
    world.idp("InitiateAuth", &sign_in).ok();
}
