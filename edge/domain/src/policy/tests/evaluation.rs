use super::super::{
    Context, Decision, Document, Kind, Malformed, Principal, Reason, Request, evaluate, evaluate_resource,
    evaluate_trust, evaluate_with_session,
};
use super::{NOW, allows, ask, identity, one, request};

fn bare() -> Context {
    Context::new()
}

#[test]
fn what_nothing_allows_is_not_allowed() {
    let policy = one(r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "*""#);
    assert_eq!(ask(&policy, "s3:PutObject", "arn:aws:s3:::b/k", &bare()), Decision::NotAllowed);
    assert_eq!(evaluate(&[], &request("s3:GetObject", "*", &bare())), Decision::NotAllowed);
}

#[test]
fn a_decision_names_the_statement_that_made_it() {
    let first = one(r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*""#);
    let second = identity(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Sid": "Write", "Effect": "Allow", "Action": "s3:Put*", "Resource": "*"},
            {"Sid": "NotThis", "Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/secret"}]}"#,
    );
    let policies = [&first, &second];
    let by = |statement, sid| Reason { kind: Kind::Identity, policy: 1, statement, sid: Some(sid) };
    assert_eq!(
        evaluate(&policies, &request("s3:PutObject", "arn:aws:s3:::b/k", &bare())),
        Decision::Allowed { by: by(0, "Write") }
    );
    assert_eq!(
        evaluate(&policies, &request("s3:GetObject", "arn:aws:s3:::b/secret", &bare())),
        Decision::ExplicitDeny { by: by(1, "NotThis") }
    );
}

#[test]
fn a_deny_wins_wherever_it_stands() {
    let allow = one(r#""Effect": "Allow", "Action": "*", "Resource": "*""#);
    let deny = one(r#""Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*""#);
    for policies in [[&allow, &deny], [&deny, &allow]] {
        let decision = evaluate(&policies, &request("s3:DeleteObject", "arn:aws:s3:::b/k", &bare()));
        assert!(matches!(decision, Decision::ExplicitDeny { .. }));
    }
}

#[test]
fn actions_match_without_regard_to_case() {
    let policy = one(r#""Effect": "Allow", "Action": ["S3:getobject", "iam:*AccessKey*"], "Resource": "*""#);
    for action in ["s3:GetObject", "iam:CreateAccessKey", "IAM:LISTACCESSKEYS"] {
        assert!(allows(&policy, action, "*", &bare()), "{action}");
    }
    assert!(!allows(&policy, "iam:CreateUser", "*", &bare()));
    assert!(!allows(&policy, "s3:GetObjectAcl", "*", &bare()));
}

#[test]
fn not_action_covers_all_but_the_listed() {
    let policy = one(r#""Effect": "Allow", "NotAction": ["iam:*", "s3:Delete?bject"], "Resource": "*""#);
    assert!(allows(&policy, "s3:GetObject", "*", &bare()));
    assert!(!allows(&policy, "iam:GetRole", "*", &bare()));
    assert!(!allows(&policy, "s3:DeleteObject", "*", &bare()));
}

#[test]
fn not_resource_covers_all_but_the_listed() {
    let policy = one(
        r#""Effect": "Deny", "Action": "s3:*", "NotResource": ["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"]"#,
    );
    let denied =
        |resource| matches!(ask(&policy, "s3:GetObject", resource, &bare()), Decision::ExplicitDeny { .. });
    assert!(denied("arn:aws:s3:::other/k"));
    assert!(!denied("arn:aws:s3:::mine/k"));
    assert!(!denied("arn:aws:s3:::mine"));
}

#[test]
fn resources_match_with_regard_to_case() {
    let policy =
        one(r#""Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::123456789012:user/Bob""#);
    assert!(allows(&policy, "iam:GetUser", "arn:aws:iam::123456789012:user/Bob", &bare()));
    assert!(!allows(&policy, "iam:GetUser", "arn:aws:iam::123456789012:user/bob", &bare()));
}

#[test]
fn a_wildcard_stays_in_its_segment_before_the_resource() {
    let policy = one(r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:*:*:mine/*""#);
    assert!(allows(&policy, "s3:GetObject", "arn:aws:s3:::mine/k", &bare()));
    assert!(!allows(&policy, "s3:GetObject", "arn:aws:s3:::other/x:y:mine/k", &bare()));
}

#[test]
fn a_wildcard_in_the_resource_matches_colons_and_slashes() {
    let policy = one(
        r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f*""#,
    );
    assert!(allows(
        &policy,
        "lambda:Invoke",
        "arn:aws:lambda:us-east-1:123456789012:function:f/a:1",
        &bare()
    ));
}

#[test]
fn a_last_segment_of_one_star_covers_the_rest() {
    let policy = one(r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:*""#);
    assert!(allows(&policy, "s3:GetObject", "arn:aws:s3:::b/k:1", &bare()));
    assert!(!allows(&policy, "sqs:Send", "arn:aws:sqs:us-east-1:123456789012:q", &bare()));
}

#[test]
fn an_action_on_no_resource_needs_the_star() {
    let arns = one(r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:cognito-idp:*:*:userpool/*""#);
    let star = one(r#""Effect": "Allow", "Action": "*", "Resource": "*""#);
    assert!(!allows(&arns, "cognito-idp:ListUserPools", "*", &bare()));
    assert!(allows(&star, "cognito-idp:ListUserPools", "*", &bare()));
}

#[test]
fn conditions_must_all_hold() {
    let policy = one(r#""Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
            "StringEquals": {"aws:username": "bob", "aws:RequestedRegion": ["us-east-1", "eu-west-1"]},
            "Bool": {"aws:SecureTransport": true}}"#);
    let good = Context::new()
        .with("AWS:UserName", "bob")
        .with("aws:requestedregion", "eu-west-1")
        .with("aws:SecureTransport", "true");
    assert!(allows(&policy, "s3:GetObject", "*", &good));
    for (key, value) in
        [("aws:username", "eve"), ("aws:RequestedRegion", "x"), ("aws:SecureTransport", "false")]
    {
        assert!(!allows(&policy, "s3:GetObject", "*", &good.clone().with(key, value)), "{key}");
    }
    assert!(!allows(&policy, "s3:GetObject", "*", &bare()));
}

#[test]
fn the_home_directory_policy_of_the_documentation_gives_each_user_a_home() {
    let policy = identity(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["s3:ListAllMyBuckets", "s3:GetBucketLocation"],
             "Resource": "arn:aws:s3:::*"},
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::photos",
             "Condition": {"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/"]}}},
            {"Effect": "Allow", "Action": "s3:*", "Resource": [
                "arn:aws:s3:::photos/home/${aws:username}", "arn:aws:s3:::photos/home/${aws:username}/*"]}]}"#,
    );
    let ann = Context::new().with("aws:username", "ann");
    let cases = [
        ("s3:GetBucketLocation", "arn:aws:s3:::photos", None, true),
        ("s3:ListBucket", "arn:aws:s3:::photos", Some(""), true),
        ("s3:ListBucket", "arn:aws:s3:::photos", Some("home/"), true),
        ("s3:ListBucket", "arn:aws:s3:::photos", Some("home/ann/"), true),
        ("s3:ListBucket", "arn:aws:s3:::photos", Some("home/bob/"), false),
        ("s3:ListBucket", "arn:aws:s3:::photos", None, false),
        ("s3:PutObject", "arn:aws:s3:::photos/home/ann/cat.jpg", None, true),
        ("s3:PutObject", "arn:aws:s3:::photos/home/ann", None, true),
        ("s3:PutObject", "arn:aws:s3:::photos/home/anna/cat.jpg", None, false),
        ("s3:PutObject", "arn:aws:s3:::photos/home/bob/cat.jpg", None, false),
    ];
    for (action, resource, prefix, expected) in cases {
        let mut context = ann.clone();
        if let Some(prefix) = prefix {
            context.set("s3:prefix", prefix);
        }
        assert_eq!(allows(&policy, action, resource, &context), expected, "{action} {resource} {prefix:?}");
    }
}

#[test]
fn the_clock_is_the_requests_and_never_the_contexts() {
    let lying = Context::new().with("aws:CurrentTime", "1999-01-01").with("aws:EpochTime", "0");
    for condition in [
        r#""DateLessThan": {"aws:CurrentTime": "2023-11-14T22:13:21Z"}"#,
        r#""NumericLessThanEquals": {"aws:EpochTime": 1700000000}"#,
    ] {
        let policy = one(&format!(
            r#""Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{{condition}}}"#
        ));
        let at = |now| evaluate(&[&policy], &Request { now, ..request("s3:Get", "*", &lying) }).is_allowed();
        assert!(at(NOW), "{condition}");
        assert!(!at(NOW + 1), "{condition}");
    }
}

#[test]
fn a_session_policy_narrows_and_never_widens() {
    let role = one(r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*""#);
    let session = |statement: &str| -> Result<Document, Malformed> {
        Document::parse(&format!(r#"{{"Statement": [{{{statement}}}]}}"#), Kind::Session)
    };
    let reads =
        session(r#""Effect": "Allow", "Action": ["s3:GetObject", "iam:GetRole"], "Resource": "*""#).unwrap();
    let denies = session(r#""Effect": "Deny", "Action": "s3:GetObject", "Resource": "*""#).unwrap();
    let context = bare();
    let ask = |session: &[&Document], action| {
        let decision =
            evaluate_with_session(&[&role], session, &request(action, "arn:aws:s3:::b/k", &context));
        match decision {
            Decision::Allowed { by } => Some((true, by.kind)),
            Decision::ExplicitDeny { by } => Some((false, by.kind)),
            Decision::NotAllowed => None,
        }
    };
    assert_eq!(ask(&[&reads], "s3:GetObject"), Some((true, Kind::Identity)));
    assert_eq!(ask(&[&reads], "s3:PutObject"), None);
    assert_eq!(ask(&[&reads], "iam:GetRole"), None);
    assert_eq!(ask(&[&reads, &denies], "s3:GetObject"), Some((false, Kind::Session)));
    assert_eq!(ask(&[&denies], "s3:PutObject"), None);
    assert_eq!(ask(&[], "s3:GetObject"), None);
}

#[test]
fn a_resource_policy_speaks_to_its_principals_only() {
    let text = r#"{"Version": "2012-10-17", "Id": "bucket", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ["123456789012", "arn:aws:iam::210987654321:role/app/reader"]},
         "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/public/*"},
        {"Effect": "Deny", "NotPrincipal": {"AWS": "123456789012"}, "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::b/inner/*"}]}"#;
    let policy = Document::parse(text, Kind::Resource).unwrap();
    let context = bare();
    let ask = |principal, key: &str| {
        let resource = format!("arn:aws:s3:::b/{key}");
        let request = Request { principal, ..request("s3:GetObject", &resource, &context) };
        match evaluate_resource(&policy, &request) {
            Decision::Allowed { .. } => "allowed",
            Decision::ExplicitDeny { .. } => "denied",
            Decision::NotAllowed => "not allowed",
        }
    };
    let user = Principal::Aws("arn:aws:iam::123456789012:user/ann");
    let reader = Principal::Aws("arn:aws:sts::210987654321:assumed-role/reader/session");
    let stranger = Principal::Aws("arn:aws:iam::210987654321:user/reader");
    assert_eq!(ask(user, "k"), "allowed");
    assert_eq!(ask(reader, "k"), "allowed");
    assert_eq!(ask(stranger, "k"), "not allowed");
    assert_eq!(ask(Principal::Anonymous, "k"), "not allowed");
    assert_eq!(ask(Principal::Anonymous, "public/k"), "allowed");
    assert_eq!(ask(user, "inner/k"), "allowed");
    assert_eq!(ask(reader, "inner/k"), "denied");
}

#[test]
fn a_document_of_another_kind_grants_nothing() {
    let allow = one(r#""Effect": "Allow", "Action": "*", "Resource": "*""#);
    let bucket = Document::parse(
        r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}"#,
        Kind::Resource,
    )
    .unwrap();
    let trust = Document::parse(
        r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:*"}}"#,
        Kind::Trust,
    )
    .unwrap();
    let context = bare();
    let request = request("sts:AssumeRole", "*", &context);
    assert_eq!(evaluate(&[&bucket], &request), Decision::NotAllowed);
    assert_eq!(evaluate(&[&allow, &trust], &request), Decision::NotAllowed);
    assert_eq!(evaluate_resource(&allow, &request), Decision::NotAllowed);
    assert_eq!(evaluate_trust(&bucket, &request), Decision::NotAllowed);
    assert!(evaluate_trust(&trust, &request).is_allowed());
}
