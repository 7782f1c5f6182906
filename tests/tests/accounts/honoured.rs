//! Parameters that are taken are honoured, and what would not be is refused.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

fn attributes(list: &Value) -> Vec<&str> {
    let mut names: Vec<_> =
        list.as_array().unwrap().iter().map(|entry| entry["Name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

fn client(pool: &Pool, more: &Value) -> Answer {
    let mut input = json!({ "UserPoolId": pool.id, "ClientName": "another" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    pool.world.operate("CreateUserPoolClient", &input)
}

#[test]
fn a_client_shows_only_what_it_may_read() {
    let world = World::with_shards(3);
    let pool = Pool::with(&world, &json!({}), &json!({ "ReadAttributes": ["email", "nickname"] }));
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    let change = json!({ "AccessToken": token,
        "UserAttributes": [{ "Name": "nickname", "Value": "A" }, { "Name": "gender", "Value": "f" }] });
    world.idp("UpdateUserAttributes", &change).ok();
    let own = world.idp("GetUser", &json!({ "AccessToken": token })).ok();
    assert_eq!(attributes(&own["UserAttributes"]), ["email", "nickname", "sub"]);
    let all = pool.user("ann").ok();
    assert_eq!(attributes(&all["UserAttributes"]), ["email", "email_verified", "gender", "nickname", "sub"]);
}

#[test]
fn a_client_writes_nothing_that_no_person_may_write() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    for name in ["sub", "email_verified", "phone_number_verified", "nobodys"] {
        let refused = client(&pool, &json!({ "WriteAttributes": ["email", name] }));
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains("Invalid write attributes specified"), "{}", refused.text());
    }
    let refused = client(&pool, &json!({ "ReadAttributes": ["nobodys"] }));
    assert!(refused.text().contains("Invalid read attributes specified"), "{}", refused.text());
    client(&pool, &json!({ "ReadAttributes": ["sub", "email_verified"], "WriteAttributes": ["email"] })).ok();
}

/// A pool with a hosted site, and a client that signs in there, with these members added or replaced.
fn with_site(more: &Value) -> Pool {
    let mut client = json!({
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "CallbackURLs": [OTHER, BACK],
        "SupportedIdentityProviders": ["COGNITO"],
    });
    client.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let pool = Pool::with(&World::with_shards(1), &json!({}), &client);
    let domain = json!({ "UserPoolId": pool.id, "Domain": "demo" });
    pool.world.operate("CreateUserPoolDomain", &domain).ok();
    pool
}

const BACK: &str = "https://app.example/back";
const OTHER: &str = "https://app.example/other";

fn open(pool: &Pool, page: &str) -> Answer {
    let target = format!("/_hosted/demo{page}client_id={}&response_type=code", pool.client);
    pool.world.ask(World::request(Method::GET, &target))
}

#[test]
fn a_request_without_an_address_goes_to_the_clients_default() {
    let pool = Pool::new(&World::with_shards(1));
    let refused = client(&pool, &json!({ "CallbackURLs": [BACK], "DefaultRedirectURI": OTHER }));
    refused.fails("InvalidParameterException");
    let pool = with_site(&json!({ "DefaultRedirectURI": BACK }));
    let answer = open(&pool, "/oauth2/authorize?prompt=none&");
    assert!(answer.header("location").starts_with(BACK), "{} {}", answer.status, answer.text());
    assert!(answer.header("location").contains("error=login_required"));
    assert_eq!(open(&pool, "/login?").status, StatusCode::OK);
    // A client without one has to say.
    let pool = with_site(&json!({}));
    assert_eq!(open(&pool, "/oauth2/authorize?").status, StatusCode::BAD_REQUEST);
}

#[test]
fn a_client_without_a_provider_signs_in_by_the_api_only() {
    for providers in [json!([]), Value::Null] {
        let pool = with_site(&json!({ "DefaultRedirectURI": BACK, "SupportedIdentityProviders": providers }));
        pool.person("ann", "ann@example.com");
        pool.tokens("ann");
        for page in ["/login?", "/signup?", "/oauth2/authorize?"] {
            let answer = open(&pool, page);
            let to = answer.header("location");
            assert!(to.starts_with(BACK) && to.contains("error=unauthorized_client"), "{page}: {to}");
        }
    }
}

fn invite(pool: &Pool, more: &Value) -> Answer {
    let mut input = json!({ "UserPoolId": pool.id, "Username": "ben", "DesiredDeliveryMediums": ["EMAIL"],
        "UserAttributes": [{ "Name": "email", "Value": "ben@example.com" }] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    pool.world.operate("AdminCreateUser", &input)
}

#[test]
fn an_invitation_sent_again_changes_nothing_of_the_person() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    invite(&pool, &json!({})).ok();
    invite(&pool, &json!({ "MessageAction": "RESEND" })).ok();
    assert_eq!(world.messages("ben@example.com").len(), 2, "what is said again is no change");
    let changed = json!([{ "Name": "email", "Value": "other@example.com" }]);
    let refused = invite(&pool, &json!({ "MessageAction": "RESEND", "UserAttributes": changed }));
    refused.fails("InvalidParameterException");
    assert!(refused.text().contains("email"), "{}", refused.text());
    assert_eq!(world.messages("ben@example.com").len(), 2);
}

fn schema(world: &Rc<World>, attribute: &Value) -> Answer {
    world.operate("CreateUserPool", &json!({ "PoolName": "people", "Schema": [attribute] }))
}

#[test]
fn a_constraint_of_another_type_is_refused() {
    let world = World::with_shards(1);
    let (length, value) = (json!({ "MaxLength": "5" }), json!({ "MaxValue": "5" }));
    for (kind, constraint, range, fine) in [
        ("String", "StringAttributeConstraints", &length, true),
        ("String", "NumberAttributeConstraints", &value, false),
        ("Number", "NumberAttributeConstraints", &value, true),
        ("Number", "StringAttributeConstraints", &length, false),
        ("Boolean", "NumberAttributeConstraints", &value, false),
        ("DateTime", "StringAttributeConstraints", &length, false),
    ] {
        let mut attribute = json!({ "Name": "own", "AttributeDataType": kind });
        attribute[constraint] = range.clone();
        let answer = schema(&world, &attribute);
        if fine {
            answer.ok();
        } else {
            answer.fails("InvalidParameterException");
            assert!(answer.text().contains(constraint), "{}", answer.text());
        }
    }
    schema(
        &world,
        &json!({ "Name": "own", "AttributeDataType": "Boolean", "StringAttributeConstraints": {} }),
    )
    .ok();
}

/// A pool's own description, given for another pool, makes the same pool.
#[test]
fn a_schema_that_says_everybody_has_a_sub_asks_nobody_for_one() {
    let world = World::with_shards(1);
    let sub = json!({ "Name": "sub", "AttributeDataType": "String", "Mutable": false, "Required": true });
    let pool = Pool::with(&world, &json!({ "Schema": [sub] }), &json!({}));
    pool.person("ann", "ann@example.com");
    pool.tokens("ann");
    invite(&pool, &json!({ "TemporaryPassword": PASSWORD })).ok();
    let challenge = pool.sign_in("ben", PASSWORD).ok();
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    assert_eq!(challenge["ChallengeParameters"]["requiredAttributes"], "[]");
    let refused = schema(&world, &json!({ "Name": "sub", "AttributeDataType": "String", "Mutable": true }));
    refused.fails("InvalidParameterException");
    assert!(refused.text().contains("sub"), "{}", refused.text());
}

#[test]
fn an_attribute_has_its_type_and_goes_when_it_is_emptied() {
    let world = World::with_shards(1);
    let own = |name: &str, kind: &str| json!({ "Name": name, "AttributeDataType": kind, "Mutable": true });
    let schema = json!([own("when", "DateTime"), own("count", "Number"), own("is", "Boolean")]);
    let pool = Pool::with(&world, &json!({ "Schema": schema }), &json!({}));
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    let set = |name: &str, value: &str| {
        let attributes = json!([{ "Name": format!("custom:{name}"), "Value": value }]);
        world.idp("UpdateUserAttributes", &json!({ "AccessToken": token, "UserAttributes": attributes }))
    };
    for (name, good, bad) in
        [("when", "2023-11-14T22:13:20Z", "zzz"), ("count", "7", "x"), ("is", "true", "maybe")]
    {
        set(name, bad).fails("InvalidParameterException");
        set(name, good).ok();
        let has = |name: &str| {
            attributes(&pool.user("ann").ok()["UserAttributes"]).contains(&format!("custom:{name}").as_str())
        };
        assert!(has(name));
        set(name, "").ok();
        assert!(!has(name), "{name}");
    }
}

#[test]
fn an_address_that_is_taken_away_takes_along_that_it_was_proven() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    let none = json!({ "AccessToken": token, "UserAttributes": [{ "Name": "email", "Value": "" }] });
    world.idp("UpdateUserAttributes", &none).ok();
    let got = world.idp("GetUser", &json!({ "AccessToken": token })).ok();
    let names: Vec<_> = got["UserAttributes"].as_array().unwrap().iter().map(|a| a["Name"].clone()).collect();
    assert_eq!(names, ["sub"]);
}
