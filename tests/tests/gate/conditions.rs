//! What policies may ask of a request: each key that they may name has a value here, and any other is refused.

use super::photos::Photos;
use super::setup::with;
use edge::message::Request;
use http::Method;
use serde_json::{Value, json};
use tests::World;
use tests::call::Credentials;
use tests::federation::{MEMBER, policy, put_policy};

/// Keys that a request for an object has a value of.
const OF_A_REQUEST: [&str; 15] = [
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalType",
    "aws:Referer",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "aws:SourceIp",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "cognito-identity.amazonaws.com:AUD",
    "COGNITO-identity.amazonaws.com:sub",
];

fn deny(condition: &Value) -> Value {
    json!({ "Effect": "Deny", "Action": ["s3:*", "execute-api:*", "iam:*"], "Resource": "*", "Condition": condition })
}

/// A request as a browser behind a page sends it.
fn asked(photos: &Photos, by: &Credentials, service: &str, target: &str) -> Request {
    let request = World::request(Method::GET, target);
    let request = with(request, &[("user-agent", "probe/1"), ("referer", "https://a.example/page")]);
    let mut request = photos.world.signed(request, by, service);
    request.caller.address = "203.0.113.7".into();
    request
}

#[test]
fn a_deny_by_what_the_request_is_like_denies_at_every_door() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let own = format!("/s3/photos/{ann}/a.png");
    photos.put(&anns, &own).fine();
    let all =
        json!([{ "Effect": "Allow", "Action": ["execute-api:Invoke", "iam:ListRoles"], "Resource": "*" }]);
    put_policy(&photos.world, MEMBER, "more", &all);
    let statuses = |secure: bool| {
        [("s3", own.as_str()), ("execute-api", "/notes/1")].map(|(service, target)| {
            let mut request = asked(&photos, &anns, service, target);
            if secure {
                request.origin = request.origin.replace("http://", "https://");
            }
            photos.world.ask(request).status.as_u16()
        })
    };
    assert_eq!(statuses(false), [200; 2]);
    photos.world.iam_by(&anns, "ListRoles", &[]).fine();
    for (condition, plain, encrypted) in [
        (json!({ "Bool": { "aws:SecureTransport": "false" } }), 403, 200),
        (json!({ "Bool": { "AWS:securetransport": "true" } }), 200, 403),
        (json!({ "StringLike": { "aws:UserAgent": "probe/*" } }), 403, 403),
        (json!({ "StringNotLike": { "aws:UserAgent": "probe/*" } }), 200, 200),
        (json!({ "StringLike": { "aws:Referer": "https://a.example/*" } }), 403, 403),
        (json!({ "StringNotLikeIfExists": { "aws:Referer": "https://b.example/*" } }), 403, 403),
        (json!({ "StringEquals": { "aws:RequestedRegion": "us-east-1" } }), 403, 403),
        (json!({ "StringNotEquals": { "aws:RequestedRegion": ["us-east-1"] } }), 200, 200),
        (json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }), 403, 403),
    ] {
        put_policy(&photos.world, MEMBER, "deny", &deny(&condition));
        assert_eq!((statuses(false), statuses(true)), ([plain; 2], [encrypted; 2]), "{condition}");
    }
    let insecure = json!({ "Bool": { "aws:SecureTransport": "false" } });
    put_policy(&photos.world, MEMBER, "deny", &deny(&insecure));
    photos.world.iam_by(&anns, "ListRoles", &[]).denies(403, "AccessDenied");
}

#[test]
fn every_key_that_a_policy_may_name_has_a_value() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let own = format!("/s3/photos/{ann}/a.png");
    photos.put(&anns, &own).fine();
    let listing = format!("/s3/photos?delimiter=%2F&list-type=2&max-keys=9&prefix={ann}%2F");
    let of_a_listing = ["s3:prefix", "s3:delimiter", "s3:max-keys"].map(|key| (key, &listing));
    let amr = [("cognito-identity.amazonaws.com:amr", &own)];
    let all = OF_A_REQUEST.into_iter().map(|key| (key, &own)).chain(amr).chain(of_a_listing);
    for (key, target) in all {
        let ask = || photos.world.ask(asked(&photos, &anns, "s3", target)).status.as_u16();
        put_policy(&photos.world, MEMBER, "deny", &deny(&json!({ "Null": { key: "true" } })));
        assert_eq!(ask(), 200, "{key}");
        put_policy(&photos.world, MEMBER, "deny", &deny(&json!({ "Null": { key: "false" } })));
        assert_eq!(ask(), 403, "{key}");
    }
}

#[test]
fn a_policy_that_asks_about_what_no_request_has_is_refused_by_that_name() {
    let photos = Photos::new(1);
    let world = &photos.world;
    let stored = world.objects.dump();
    let put = |statement: &Value| {
        let document = policy(statement);
        let fields = [("RoleName", MEMBER), ("PolicyName", "p"), ("PolicyDocument", document.as_str())];
        world.iam("PutRolePolicy", &fields)
    };
    let refused = |statement: &Value, key: &str| {
        let answer = put(statement);
        answer.denies(400, "MalformedPolicyDocument");
        let message = answer.element("Message");
        assert!(message.to_lowercase().contains(&format!("`{}`", key.to_lowercase())), "{message}");
    };
    for key in [
        "aws:MultiFactorAuthPresent",
        "aws:SourceVpc",
        "aws:username",
        "AWS:Nonsense",
        "aws:PrincipalTag",
        "aws:PrincipalTag/",
        "s3:x-amz-server-side-encryption",
        "s3:ExistingObjectTag/Team",
        "s3:signatureversion",
        "accounts.google.com:aud",
        "cognito-identity.amazonaws.com:email",
        "sts:RoleSessionName",
    ] {
        for operator in
            ["StringEquals", "StringNotEquals", "StringNotLikeIfExists", "ForAllValues:StringEquals"]
        {
            refused(&deny(&json!({ operator: { key: "x" } })), key);
        }
        refused(&deny(&json!({ "Null": { key: "true" } })), key);
    }
    // A variable that never has a value makes a deny say nothing, too.
    let variable = |resource: &str, condition: Value| json!({ "Effect": "Deny", "Action": "s3:*", "Resource": resource, "Condition": condition });
    let named = "${aws:username}";
    refused(&variable(&format!("arn:aws:s3:::photos/{named}/*"), json!({})), "aws:username");
    refused(&variable("*", json!({ "StringLike": { "s3:prefix": format!("{named}/*") } })), "aws:username");
    assert_eq!(world.objects.dump(), stored);
    put(&variable("arn:aws:s3:::photos/${aws:username, 'nobody'}/*", json!({}))).fine();
    put(&deny(&json!({ "StringEquals": { "aws:principaltag/Team": "${aws:PrincipalTag/team}" } }))).fine();
}

#[test]
fn a_trust_policy_asks_about_who_assumes_the_role_and_nothing_else() {
    let photos = Photos::new(1);
    let world = &photos.world;
    let create = |name: &str, key: &str| {
        let trust = json!({
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" },
                "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "Null": { key: "false" } } }],
        });
        let fields = [("RoleName", name), ("AssumeRolePolicyDocument", &trust.to_string())];
        world.iam("CreateRole", &fields)
    };
    for key in ["aws:SecureTransport", "s3:prefix", "aws:MultiFactorAuthPresent", "accounts.google.com:aud"] {
        let answer = create("Refused", key);
        answer.denies(400, "MalformedPolicyDocument");
        assert!(answer.element("Message").to_lowercase().contains(&key.to_lowercase()), "{key}");
    }
    for (at, key) in
        ["aws:CurrentTime", "aws:EpochTime", "cognito-identity.amazonaws.com:aud", "AWS:sourceip"]
            .into_iter()
            .enumerate()
    {
        create(&format!("Taken{at}"), key).fine();
    }
}
