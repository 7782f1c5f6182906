use serde_json::json;

use super::*;

/// Modelled Cognito operations that are not built. May only shrink; the list is `tests/coverage/operations.txt`.
const NOT_BUILT: usize = 130;

const COGNITO: [(Service, &str, usize); 3] = [
    (Service::Idp, "cognito-idp", 141),
    (Service::Identity, "cognito-identity", 23),
    (Service::Sync, "cognito-sync", 17),
];

fn refusal(service: Service, name: &str, input: &Value) -> String {
    service.operation(name).unwrap().validate(input).unwrap_err().to_string()
}

fn is_malformed(service: Service, name: &str, input: &Value) -> bool {
    matches!(service.operation(name).unwrap().validate(input), Err(Invalid::Malformed(_)))
}

#[test]
fn every_operation_is_built_or_on_the_coverage_list_and_never_both() {
    let listed: Vec<&str> = include_str!("../../../tests/coverage/operations.txt").lines().collect();
    let mut missing = Vec::new();
    for (service, prefix, count) in COGNITO {
        assert_eq!(service.table().len(), count);
        let unbuilt = service.table().iter().filter(|(name, _)| service.known(name) == Known::Modelled);
        missing.extend(unbuilt.map(|(name, _)| format!("{prefix} {name}")));
    }
    assert_eq!(listed, missing);
    assert_eq!(listed.len(), NOT_BUILT);
}

#[test]
fn names_are_in_order_for_the_search() {
    for service in [Service::Idp, Service::Identity, Service::Sync, Service::Sts, Service::Iam] {
        assert!(service.table().is_sorted_by_key(|(name, _)| name));
    }
}

#[test]
fn every_operation_of_a_rest_api_is_found_by_method_and_path() {
    let mut routed: Vec<&str> = Vec::new();
    for (method, template, name) in table::sync::ROUTES {
        let path = template.replace("{IdentityPoolId}", "us-east-1:a").replace("{IdentityId}", "us-east-1:b");
        let path = path.replace("{DatasetName}", "notes").replace("{DeviceId}", "d");
        assert!(!path.contains('{'), "{path}");
        assert_eq!(Service::Sync.routed(method, &path).map(|operation| operation.name()), Some(*name));
        for wrong in [format!("{path}/x/y/z"), format!("/x{path}"), path.replacen("us-east-1:a", "", 1) + "/"]
        {
            assert_eq!(
                Service::Sync.routed(method, &wrong).map(|operation| operation.name()),
                None,
                "{wrong}"
            );
        }
        routed.push(name);
    }
    assert!(routed.iter().copied().eq(table::sync::OPERATIONS.iter().map(|(name, _)| *name)));
    assert!(Service::Sync.routed("PATCH", "/identitypools").is_none());
    assert!(Service::Idp.routed("GET", "/identitypools").is_none());
}

#[test]
fn an_operation_is_built_modelled_or_unknown() {
    assert_eq!(Service::Idp.known("SignUp"), Known::Built);
    assert_eq!(Service::Idp.known("CreateGroup"), Known::Modelled);
    assert_eq!(Service::Idp.known("signUp"), Known::Unknown);
    assert_eq!(Service::Idp.known("GetId"), Known::Unknown);
    assert_eq!(Service::Identity.known("GetId"), Known::Built);
}

#[test]
fn a_missing_required_member_is_null() {
    assert_eq!(
        refusal(Service::Idp, "DescribeUserPool", &json!({})),
        "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: \
         Member must not be null"
    );
    assert_eq!(
        refusal(
            Service::Idp,
            "ConfirmForgotPassword",
            &json!({
                "ClientId": "1", "Username": "a", "ConfirmationCode": "123456", "Password": null,
            })
        ),
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn each_broken_constraint_is_told_in_the_order_of_the_service() {
    assert_eq!(
        refusal(
            Service::Idp,
            "CreateUserPool",
            &json!({
                "PoolName": "",
                "MfaConfiguration": "false",
                "Policies": {"PasswordPolicy": {"MinimumLength": 5}},
                "Schema": [{"Name": "phone_number_verified"}],
            })
        ),
        "5 validation errors detected: \
         Value '' at 'poolName' failed to satisfy constraint: \
         Member must have length greater than or equal to 1; \
         Value '' at 'poolName' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+; \
         Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: \
         Member must have value greater than or equal to 6; \
         Value 'false' at 'mfaConfiguration' failed to satisfy constraint: \
         Member must satisfy enum value set: [OFF, ON, OPTIONAL]; \
         Value 'phone_number_verified' at 'schema.1.member.name' failed to satisfy constraint: \
         Member must have length less than or equal to 20"
    );
}

#[test]
fn keys_and_plain_elements_are_told_together() {
    let arn = "arn:aws:iam::123456789012:role/demo";
    assert_eq!(
        refusal(
            Service::Identity,
            "SetIdentityPoolRoles",
            &json!({
                "IdentityPoolId": "us-east-1:6f1c9e2e-0000-4000-8000-3c0ffee00000",
                "Roles": {"authenticated": arn, "invalid": arn},
            })
        ),
        format!(
            "1 validation error detected: Value '{{authenticated={arn}, invalid={arn}}}' at 'roles' failed to \
             satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression \
             pattern: (un)?authenticated]"
        )
    );
    assert_eq!(
        refusal(
            Service::Idp,
            "CreateUserPool",
            &json!({"PoolName": "demo", "AliasAttributes": ["email", "fax"]})
        ),
        "1 validation error detected: Value '[email, fax]' at 'aliasAttributes' failed to satisfy constraint: \
         Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email, \
         preferred_username]]"
    );
    assert_eq!(
        refusal(Service::Idp, "CreateUserPool", &json!({"PoolName": "demo", "UserPoolTags": {"": null}})),
        "2 validation errors detected: \
         Value '{=null}' at 'userPoolTags' failed to satisfy constraint: Map keys must satisfy constraint: \
         [Member must have length greater than or equal to 1]; \
         Value '{=null}' at 'userPoolTags' failed to satisfy constraint: Map value must satisfy constraint: \
         [Member must not be null]"
    );
}

#[test]
fn a_sensitive_value_is_never_echoed() {
    let secret = "hunter2 \0";
    for (service, name, input) in [
        (Service::Idp, "SignUp", json!({"ClientId": "1", "Username": secret, "Password": secret})),
        (
            Service::Idp,
            "SignUp",
            json!({
                "ClientId": secret, "Username": "a", "UserAttributes": [{"Name": "name", "Value": secret}],
            }),
        ),
        (
            Service::Idp,
            "InitiateAuth",
            json!({
                "ClientId": "1", "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"PASSWORD": secret},
            }),
        ),
        (
            Service::Identity,
            "GetId",
            json!({
                "IdentityPoolId": "us-east-1:0", "Logins": {"": secret, "a": "hunter2".repeat(10_000)},
            }),
        ),
        (
            Service::Idp,
            "SignUp",
            json!({
                "ClientId": "1", "Username": "a", "UserContextData": {"IpAddress": secret},
            }),
        ),
    ] {
        let refused = refusal(service, name, &input);
        assert!(!refused.contains("hunter2") && refused.contains("Value at '"), "{refused}");
    }
}

#[test]
fn an_answer_is_bounded_however_much_is_wrong() {
    let schema = vec![json!({"Name": "é".repeat(5_000), "AttributeDataType": "\u{7}"}); 5_000];
    let tags: serde_json::Map<_, _> = (0..5_000).map(|n| (n.to_string(), "x".repeat(300).into())).collect();
    let refused = refusal(
        Service::Idp,
        "CreateUserPool",
        &json!({
            "PoolName": "x".repeat(100_000), "Schema": schema, "UserPoolTags": tags,
        }),
    );
    assert!(refused.starts_with("10 validation errors detected: "), "{refused}");
    assert!(refused.len() < 8_000 && !refused.contains('\u{7}'), "{}", refused.len());
}

#[test]
fn a_value_of_the_wrong_type_is_malformed_and_not_a_violation() {
    for input in [
        json!([]),
        json!(null),
        json!({"PoolName": 1}),
        json!({"PoolName": ["demo"]}),
        json!({"PoolName": {"a": "demo"}}),
        json!({"PoolName": true}),
        json!({"Policies": "strong"}),
        json!({"Policies": {"PasswordPolicy": {"MinimumLength": "8"}}}),
        json!({"Policies": {"PasswordPolicy": {"MinimumLength": 8.5}}}),
        json!({"Policies": {"PasswordPolicy": {"MinimumLength": 2_147_483_648_u32}}}),
        json!({"Policies": {"PasswordPolicy": {"RequireNumbers": "true"}}}),
        json!({"AliasAttributes": "email"}),
        json!({"AliasAttributes": [1]}),
        json!({"UserPoolTags": ["a"]}),
        json!({"UserPoolTags": {"a": 1}}),
        json!({"Schema": ["name"]}),
    ] {
        assert!(is_malformed(Service::Idp, "CreateUserPool", &input), "{input}");
    }
    assert!(is_malformed(
        Service::Idp,
        "SetUICustomization",
        &json!({"UserPoolId": "a_1", "ImageFile": "a-b="})
    ));
    let text = Invalid::Malformed("NUMBER_VALUE can not be converted to a String").to_string();
    assert_eq!(text, "NUMBER_VALUE can not be converted to a String");
}

#[test]
fn a_body_that_is_no_json_object_is_malformed() {
    let nested = "[".repeat(200) + &"]".repeat(200);
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"a\"",
        "{}{}",
        "{\"a\":1,}",
        "{\"PoolName\":\"\\ud800\"}",
        "{\"PoolName\":\"\\udc00\"}",
        "{\"PoolName\":\"\\ud800\\u0041\"}",
        "{\"\\ud800\":\"\"}",
        &nested,
    ] {
        assert!(matches!(read(body.as_bytes()), Err(Invalid::Malformed(_))), "{body}");
    }
    assert!(matches!(read(b"{\"PoolName\":\"\xff\"}"), Err(Invalid::Malformed(_))));
    assert!(matches!(read(b"{\"PoolName\":\"\xed\xa0\x80\"}"), Err(Invalid::Malformed(_))));
    assert_eq!(read("{\"PoolName\":\"\\ud83d\\ude00\"}".as_bytes()), Ok(json!({"PoolName": "😀"})));
}

#[test]
fn nul_is_refused_wherever_text_is() {
    for (name, input) in [
        ("CreateUserPool", json!({"PoolName": "a\0"})),
        ("CreateUserPool", json!({"PoolName": "a", "UserPoolTags": {"a": "\0"}})),
        ("CreateUserPool", json!({"PoolName": "a", "UserPoolTags": {"\0": "a"}})),
        ("CreateUserPool", json!({"PoolName": "a", "EmailConfiguration": {"From": "\0"}})),
        (
            "CreateUserPoolClient",
            json!({"UserPoolId": "a_1", "ClientName": "a", "ReadAttributes": ["a", "\0"]}),
        ),
        (
            "CreateManagedLoginBranding",
            json!({"UserPoolId": "a_1", "ClientId": "1", "Settings": {"a": ["\0"]}}),
        ),
    ] {
        assert!(!refusal(Service::Idp, name, &input).contains('\0'), "{input}");
    }
}

#[test]
fn a_blob_is_measured_by_what_it_stands_for() {
    let image = |bytes: usize| {
        let text = "AAAA".repeat(bytes / 3) + ["", "AA==", "AAA="][bytes % 3];
        json!({"UserPoolId": "us-east-1_Ab1", "ImageFile": text})
    };
    let operation = Service::Idp.operation("SetUICustomization").unwrap();
    assert_eq!(operation.validate(&image(131_072)), Ok(()));
    let refused = operation.validate(&image(131_073)).unwrap_err().to_string();
    assert!(refused.ends_with("Member must have length less than or equal to 131072"), "{refused}");
}

#[test]
fn lengths_count_characters() {
    let tag = |length: usize| json!({"PoolName": "a", "UserPoolTags": {"a": "😀".repeat(length)}});
    let operation = Service::Idp.operation("CreateUserPool").unwrap();
    assert_eq!(operation.validate(&tag(256)), Ok(()));
    assert!(operation.validate(&tag(257)).is_err());
}

#[test]
fn what_real_clients_send_is_valid() {
    for (service, name, input) in [
        (
            Service::Idp,
            "InitiateAuth",
            json!({
                "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "1example23456789", "ClientMetadata": {},
                "AuthParameters": {"USERNAME": "ada@example.com", "PASSWORD": "Correct horse 1!"},
            }),
        ),
        (
            Service::Idp,
            "CreateUserPoolClient",
            json!({
                "UserPoolId": "us-east-1_AbC123xyz", "ClientName": "demo", "GenerateSecret": false,
                "CallbackURLs": ["http://localhost:8787/demo/"], "AllowedOAuthScopes": ["openid", "email"],
                "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
            }),
        ),
        (
            Service::Identity,
            "GetId",
            json!({
                "IdentityPoolId": "us-east-1:6f1c9e2e-0000-4000-8000-3c0ffee00000",
                "Logins": {"cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC123xyz": "a.b.c"},
            }),
        ),
        (Service::Sts, "GetCallerIdentity", json!({})),
        (
            Service::Iam,
            "PutRolePolicy",
            json!({
                "RoleName": "demo", "PolicyName": "own-folder", "PolicyDocument": "{\n  \"Version\": \"2012-10-17\"\n}",
            }),
        ),
    ] {
        let operation = service.operation(name).unwrap();
        assert_eq!(operation.validate(&input), Ok(()), "{name}");
        assert_eq!(operation.check_supported(&input), Ok(()), "{name}");
    }
}

#[test]
fn a_member_that_is_null_is_a_member_that_is_not_there() {
    let body = br#"{"ClientId": null, "AuthParameters": {"USERNAME": "ann", "DEVICE_KEY": null}}"#;
    assert_eq!(super::read(body), Ok(json!({"AuthParameters": {"USERNAME": "ann"}})));
}
