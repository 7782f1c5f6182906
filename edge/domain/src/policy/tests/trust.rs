//! Trust policies, as roles of identity pools have them.

use super::super::{Context, Decision, Document, Kind, Principal, Request, evaluate_trust};
use super::NOW;

const WEB: &str = "sts:AssumeRoleWithWebIdentity";
const COGNITO: Principal<'static> = Principal::Federated("cognito-identity.amazonaws.com");

fn trust(text: &str) -> Document {
    Document::parse(text, Kind::Trust).unwrap_or_else(|error| panic!("{error}"))
}

fn assume<'a>(
    document: &'a Document,
    principal: Principal<'_>,
    action: &str,
    context: &Context,
) -> Decision<'a> {
    let resource = "arn:aws:iam::123456789012:role/app";
    evaluate_trust(document, &Request { action, resource, principal, context, now: NOW })
}

fn pool(amr: &str) -> Document {
    trust(&format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{
            "Sid": "", "Effect": "Allow", "Principal": {{"Federated": "cognito-identity.amazonaws.com"}},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {{
                "StringEquals": {{"cognito-identity.amazonaws.com:aud": "us-east-1:pool"}},
                "ForAnyValue:StringLike": {{"cognito-identity.amazonaws.com:amr": "{amr}"}}}}}}]}}"#
    ))
}

fn token(aud: &str, amr: &[&str]) -> Context {
    Context::new()
        .with("cognito-identity.amazonaws.com:aud", aud)
        .with("cognito-identity.amazonaws.com:sub", "us-east-1:ann")
        .with_many("cognito-identity.amazonaws.com:amr", amr.iter().copied())
}

#[test]
fn the_role_of_an_identity_pool_takes_its_own_identities_only() {
    let role = pool("authenticated");
    let login = ["authenticated", "provider", "provider:issuer:CognitoSignIn:ann"];
    assert!(assume(&role, COGNITO, WEB, &token("us-east-1:pool", &login)).is_allowed());
    let refused = [
        (COGNITO, WEB, token("us-east-1:other", &login)),
        (COGNITO, WEB, token("us-east-1:pool", &["unauthenticated"])),
        (COGNITO, WEB, token("us-east-1:pool", &[])),
        (COGNITO, WEB, Context::new()),
        (COGNITO, "sts:AssumeRole", token("us-east-1:pool", &login)),
        (Principal::Federated("accounts.google.com"), WEB, token("us-east-1:pool", &login)),
        (Principal::Service("cognito-identity.amazonaws.com"), WEB, token("us-east-1:pool", &login)),
        (Principal::Aws("cognito-identity.amazonaws.com"), WEB, token("us-east-1:pool", &login)),
        (Principal::Anonymous, WEB, token("us-east-1:pool", &login)),
    ];
    for (principal, action, context) in &refused {
        assert_eq!(
            assume(&role, *principal, action, context),
            Decision::NotAllowed,
            "{principal:?} {context:?}"
        );
    }
}

#[test]
fn a_guest_role_takes_guests_and_no_login() {
    let role = pool("unauthenticated");
    assert!(assume(&role, COGNITO, WEB, &token("us-east-1:pool", &["unauthenticated"])).is_allowed());
    assert!(!assume(&role, COGNITO, WEB, &token("us-east-1:pool", &["authenticated"])).is_allowed());
}

#[test]
fn a_claim_cannot_act_as_a_pattern() {
    let role = pool("authenticated");
    assert!(!assume(&role, COGNITO, WEB, &token("*", &["*"])).is_allowed());
}

#[test]
fn a_deny_in_a_trust_policy_wins() {
    let role = trust(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:*"},
            {"Sid": "NotEve", "Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity",
             "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:sub": "us-east-1:eve"}}}]}"#,
    );
    let ann = token("p", &["authenticated"]);
    let eve = ann.clone().with("cognito-identity.amazonaws.com:sub", "us-east-1:eve");
    assert!(assume(&role, COGNITO, WEB, &ann).is_allowed());
    assert!(matches!(
        assume(&role, COGNITO, WEB, &eve),
        Decision::ExplicitDeny { by } if by.sid == Some("NotEve") && by.kind == Kind::Trust
    ));
}

#[test]
fn accounts_users_roles_and_sessions_are_told_apart() {
    let role = trust(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
                "AWS": ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:user/ann",
                        "arn:aws:iam::222222222222:role/path/reader",
                        "arn:aws:sts::222222222222:assumed-role/writer/one"],
                "Service": "lambda.amazonaws.com"}}]}"#,
    );
    let cases = [
        (Principal::Aws("arn:aws:iam::111111111111:user/anybody"), true),
        (Principal::Aws("arn:aws:sts::111111111111:assumed-role/any/s"), true),
        (Principal::Aws("arn:aws:iam::222222222222:user/ann"), true),
        (Principal::Aws("arn:aws:iam::222222222222:user/Ann"), false),
        (Principal::Aws("arn:aws:iam::222222222222:role/path/reader"), true),
        (Principal::Aws("arn:aws:sts::222222222222:assumed-role/reader/s"), true),
        (Principal::Aws("arn:aws:sts::222222222222:assumed-role/path/reader"), false),
        (Principal::Aws("arn:aws:sts::333333333333:assumed-role/reader/s"), false),
        (Principal::Aws("arn:aws:sts::222222222222:assumed-role/writer/one"), true),
        (Principal::Aws("arn:aws:sts::222222222222:assumed-role/writer/two"), false),
        (Principal::Service("lambda.amazonaws.com"), true),
        (Principal::Service("ec2.amazonaws.com"), false),
        (Principal::Federated("lambda.amazonaws.com"), false),
        (Principal::Anonymous, false),
    ];
    for (principal, expected) in cases {
        let decision = assume(&role, principal, "sts:AssumeRole", &Context::new());
        assert_eq!(decision.is_allowed(), expected, "{principal:?}");
    }
}

#[test]
fn a_session_name_can_be_tied_to_the_user() {
    let role = trust(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111111111111"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}}}"#,
    );
    let user = Principal::Aws("arn:aws:iam::111111111111:user/ann");
    let named =
        |session: &str| Context::new().with("aws:username", "ann").with("sts:RoleSessionName", session);
    assert!(assume(&role, user, "sts:AssumeRole", &named("ann")).is_allowed());
    assert!(!assume(&role, user, "sts:AssumeRole", &named("bob")).is_allowed());
}
