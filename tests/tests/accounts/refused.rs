//! Pools and clients that cannot be: each refusal names what is wrong, and nothing is made.

use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::person::Pool;

fn merged(mut base: Value, more: &Value) -> Value {
    base.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    base
}

fn refused(world: &Rc<World>, operation: &str, input: &Value, exception: &str, words: &str) {
    let answer = world.operate(operation, input);
    answer.fails(exception);
    assert!(answer.text().contains(words), "{input}: {}", answer.text());
}

fn attribute(more: &Value) -> Value {
    json!({ "Schema": [merged(json!({ "Name": "badge", "AttributeDataType": "String" }), more)] })
}

#[test]
fn a_pool_that_contradicts_itself_is_not_made() {
    let world = World::with_shards(1);
    let by_priority = |names: &[&str]| {
        let ways: Vec<Value> =
            names.iter().zip(1..).map(|(name, n)| json!({ "Priority": n, "Name": name })).collect();
        json!({ "AccountRecoverySetting": { "RecoveryMechanisms": ways } })
    };
    for (input, words) in [
        (
            json!({ "AliasAttributes": ["email"], "UsernameAttributes": ["email"] }),
            "Only one of the aliasAttributes or usernameAttributes",
        ),
        (by_priority(&["admin_only", "verified_email"]), "admin_only must be alone"),
        (
            json!({ "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] } }),
            "email must also be one of AutoVerifiedAttributes",
        ),
        (
            json!({ "Schema": [{ "Name": "email", "AttributeDataType": "Number" }] }),
            "can not change AttributeDataType",
        ),
        (attribute(&json!({ "Required": true })), "Required custom attributes are not supported"),
        (attribute(&json!({ "Name": "a".repeat(20 + 1) })), "length less than or equal to 20"),
        (
            attribute(&json!({ "StringAttributeConstraints": { "MinLength": "9", "MaxLength": "8" } })),
            "Max length cannot be less than min length",
        ),
        (
            attribute(&json!({ "StringAttributeConstraints": { "MaxLength": "2049" } })),
            "cannot have a length of more than 2048",
        ),
        (
            attribute(&json!({ "StringAttributeConstraints": { "MaxLength": "many" } })),
            "Invalid StringAttributeConstraints for schema attribute custom:badge",
        ),
        (
            attribute(
                &json!({ "AttributeDataType": "Boolean", "StringAttributeConstraints": { "MaxLength": "9" } }),
            ),
            "its type is Boolean",
        ),
        (
            json!({ "Schema": [{ "Name": "badge" }, { "Name": "badge" }] }),
            "the schema has this attribute twice",
        ),
        (json!({ "LambdaConfig": { "PreSignUp": "arn:aws:lambda:us-east-1:1:function:f" } }), "LambdaConfig"),
        (json!({ "MfaConfiguration": "ON" }), "MfaConfiguration"),
    ] {
        refused(
            &world,
            "CreateUserPool",
            &merged(json!({ "PoolName": "people" }), &input),
            "InvalidParameterException",
            words,
        );
    }
    assert_eq!(world.operate("ListUserPools", &json!({ "MaxResults": 10 })).ok()["UserPools"], json!([]));
}

#[test]
fn a_client_that_contradicts_itself_is_not_made() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let invalid = "InvalidParameterException";
    let redirect = |url: &str| json!({ "CallbackURLs": [url] });
    for (input, exception, words) in [
        (
            json!({ "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "USER_PASSWORD_AUTH"] }),
            invalid,
            "names with and without the prefix ALLOW_ cannot be mixed",
        ),
        (
            json!({ "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
                "RefreshTokenRotation": { "Feature": "ENABLED" } }),
            invalid,
            "ALLOW_REFRESH_TOKEN_AUTH is not supported when refresh token rotation is enabled",
        ),
        (
            json!({ "CallbackURLs": ["https://a.example/"], "DefaultRedirectURI": "https://b.example/" }),
            invalid,
            "DefaultRedirectURI `https://b.example/` is not one of CallbackURLs",
        ),
        (redirect("/back"), invalid, "it is not an absolute URL"),
        (redirect("https://a.example/#x"), invalid, "it has a fragment"),
        (redirect("http://a.example/"), invalid, "http is only for localhost"),
        (redirect("javascript:alert(1)"), invalid, "its scheme is not one of an app"),
        (redirect("https://b\u{fc}cher.example/"), invalid, "write an international one in Punycode"),
        (json!({ "LogoutURLs": ["http://a.example/"] }), invalid, "http is only for localhost"),
        (json!({ "AllowedOAuthScopes": ["email"] }), invalid, "need the scope openid"),
        (
            json!({ "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"] }),
            invalid,
            "AllowedOAuthFlows and AllowedOAuthScopes are required",
        ),
        (
            json!({ "AllowedOAuthScopes": ["openid", "notes/read"] }),
            "ScopeDoesNotExistException",
            "notes/read",
        ),
        (json!({ "SupportedIdentityProviders": ["Google"] }), invalid, "there is no federation"),
        (json!({ "TokenValidityUnits": { "AccessToken": "weeks" } }), invalid, "accessToken"),
        (
            json!({ "GenerateSecret": true, "ClientSecret": "s".repeat(24) }),
            invalid,
            "GenerateSecret and ClientSecret cannot both be given",
        ),
    ] {
        let input = merged(json!({ "UserPoolId": pool.id, "ClientName": "app" }), &input);
        refused(&world, "CreateUserPoolClient", &input, exception, words);
    }
    let listed =
        world.operate("ListUserPoolClients", &json!({ "UserPoolId": pool.id, "MaxResults": 10 })).ok();
    assert_eq!(listed["UserPoolClients"].as_array().unwrap().len(), 1, "the one that was there before");
}

#[test]
fn a_change_that_is_refused_changes_nothing() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let client = json!({ "UserPoolId": pool.id, "ClientId": pool.client });
    let before = world.operate("DescribeUserPoolClient", &client).ok();
    let change = merged(client.clone(), &json!({ "ClientName": "other", "CallbackURLs": ["/back"] }));
    refused(&world, "UpdateUserPoolClient", &change, "InvalidParameterException", "not an absolute URL");
    assert_eq!(world.operate("DescribeUserPoolClient", &client).ok(), before);
    let named = json!({ "UserPoolId": pool.id });
    let before = world.operate("DescribeUserPool", &named).ok();
    let change = merged(named.clone(), &json!({ "MfaConfiguration": "ON", "UserPoolTags": { "a": "b" } }));
    refused(&world, "UpdateUserPool", &change, "InvalidParameterException", "MfaConfiguration");
    assert_eq!(world.operate("DescribeUserPool", &named).ok(), before);
}
