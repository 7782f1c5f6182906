//! What holds for every policy.

use proptest::prelude::*;

use super::super::{Context, Decision, Document, Kind, evaluate, evaluate_with_session};
use super::request;

/// A statement over a small world, so that policies and requests meet often.
fn statement() -> impl Strategy<Value = String> {
    let action = prop_oneof![
        Just(r#""Action": "*""#),
        Just(r#""Action": "s3:Get*""#),
        Just(r#""Action": ["s3:PutObject", "s3:GetObject"]"#),
        Just(r#""NotAction": "s3:PutObject""#),
    ];
    let resource = prop_oneof![
        Just(r#""Resource": "*""#),
        Just(r#""Resource": "arn:aws:s3:::b/${aws:username}/*""#),
        Just(r#""Resource": ["arn:aws:s3:::b/ann/?", "arn:aws:s3:::c/*"]"#),
        Just(r#""NotResource": "arn:aws:s3:::b/${aws:username, 'eve'}/*""#),
    ];
    let condition = prop_oneof![
        Just(""),
        Just(r#", "Condition": {"StringNotEquals": {"aws:username": "eve"}}"#),
        Just(r#", "Condition": {"StringLikeIfExists": {"aws:username": "a*"}}"#),
        Just(r#", "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": ["x", "y"]}}"#),
        Just(r#", "Condition": {"ForAllValues:StringLike": {"aws:TagKeys": "${aws:username}"}}"#),
    ];
    (action, resource, condition)
        .prop_map(|(action, resource, condition)| format!("{action}, {resource}{condition}"))
}

fn policy(effect: &'static str) -> impl Strategy<Value = String> {
    statement().prop_map(move |rest| format!(r#"{{"Effect": "{effect}", {rest}}}"#))
}

fn parse(statements: &[String], kind: Kind) -> Document {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","));
    Document::parse(&text, kind).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[derive(Debug, Clone)]
struct Asked {
    action: &'static str,
    resource: &'static str,
    context: Context,
}

fn asked() -> impl Strategy<Value = Asked> {
    let action = prop_oneof![Just("s3:GetObject"), Just("s3:PutObject"), Just("iam:GetRole")];
    let resource = prop_oneof![
        Just("arn:aws:s3:::b/ann/k"),
        Just("arn:aws:s3:::b/eve/k"),
        Just("arn:aws:s3:::b/*/k"),
        Just("*"),
    ];
    let name = proptest::option::of(prop_oneof![Just("ann"), Just("eve"), Just("*"), Just("")]);
    let tags = proptest::option::of(proptest::collection::vec("[xyz]", 0..3));
    (action, resource, name, tags).prop_map(|(action, resource, name, tags)| {
        let mut context = Context::new();
        if let Some(name) = name {
            context.set("aws:username", name);
        }
        if let Some(tags) = tags {
            context.set_many("aws:TagKeys", tags);
        }
        Asked { action, resource, context }
    })
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let word = prop_oneof![
        Just("Version"),
        Just("2012-10-17"),
        Just("Statement"),
        Just("Effect"),
        Just("Allow"),
        Just("Action"),
        Just("s3:*"),
        Just("Resource"),
        Just("arn:aws:s3:::b/${aws:username}"),
        Just("Condition"),
        Just("Bool"),
        Just("StringLike"),
        Just("aws:x"),
        Just("true"),
        Just("*"),
        Just("Principal"),
        Just("AWS"),
        Just("${"),
    ]
    .prop_map(str::to_owned);
    let word = prop_oneof![9 => word, 1 => any::<String>()];
    let leaf = prop_oneof![
        6 => word.clone().prop_map(serde_json::Value::from),
        1 => any::<f64>().prop_map(serde_json::Value::from),
        1 => any::<i64>().prop_map(serde_json::Value::from),
        1 => any::<bool>().prop_map(serde_json::Value::from),
        1 => Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(6, 48, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            proptest::collection::hash_map(word.clone(), inner, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

const KINDS: [Kind; 4] = [Kind::Identity, Kind::Session, Kind::Trust, Kind::Resource];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_deny_that_applies_is_never_overridden(
        deny in policy("Deny"), allows in proptest::collection::vec(policy("Allow"), 0..5), at in 0_usize..5,
        asked in asked(),
    ) {
        let request = request(asked.action, asked.resource, &asked.context);
        let alone = parse(std::slice::from_ref(&deny), Kind::Identity);
        let denied = matches!(evaluate(&[&alone], &request), Decision::ExplicitDeny { .. });
        let mut statements = allows;
        statements.insert(at.min(statements.len()), deny);
        let all = parse(&statements, Kind::Identity);
        let decision = evaluate(&[&all], &request);
        prop_assert_eq!(matches!(decision, Decision::ExplicitDeny { .. }), denied);
    }

    #[test]
    fn one_more_allow_removes_no_access_and_one_more_deny_adds_none(
        base in proptest::collection::vec(prop_oneof![policy("Allow"), policy("Deny")], 1..5),
        allow in policy("Allow"), deny in policy("Deny"), asked in asked(),
    ) {
        let request = request(asked.action, asked.resource, &asked.context);
        let base = parse(&base, Kind::Identity);
        let allow = parse(&[allow], Kind::Identity);
        let deny = parse(&[deny], Kind::Identity);
        let before = evaluate(&[&base], &request).is_allowed();
        prop_assert!(!before || evaluate(&[&base, &allow], &request).is_allowed());
        prop_assert!(before || !evaluate(&[&base, &deny], &request).is_allowed());
    }

    #[test]
    fn a_session_has_what_both_its_policies_give(
        role in proptest::collection::vec(prop_oneof![3 => policy("Allow"), 1 => policy("Deny")], 1..4),
        session in proptest::collection::vec(prop_oneof![3 => policy("Allow"), 1 => policy("Deny")], 1..4),
        asked in asked(),
    ) {
        let request = request(asked.action, asked.resource, &asked.context);
        let role = parse(&role, Kind::Identity);
        let session = parse(&session, Kind::Session);
        let (one, other) = (evaluate(&[&role], &request), evaluate(&[&session], &request));
        let both = evaluate_with_session(&[&role], &[&session], &request);
        prop_assert_eq!(both.is_allowed(), one.is_allowed() && other.is_allowed());
        let denies = |decision: Decision<'_>| matches!(decision, Decision::ExplicitDeny { .. });
        prop_assert_eq!(denies(both), denies(one) || denies(other));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), kind in proptest::sample::select(&KINDS[..])) {
        let _ = Document::parse(&text, kind);
    }

    #[test]
    fn any_json_is_read_or_refused_and_then_evaluated(
        json in json(), kind in proptest::sample::select(&KINDS[..]), asked in asked(),
    ) {
        let texts = [
            json.to_string(),
            format!(r#"{{"Version": "2012-10-17", "Statement": {json}}}"#),
            format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "*", "Resource": {json}}}}}"#),
            format!(r#"{{"Statement": {{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {json}}}}}"#),
        ];
        for text in texts {
            match Document::parse(&text, kind) {
                Ok(document) => {
                    prop_assert_eq!(document.text(), &text);
                    evaluate(&[&document], &request(asked.action, asked.resource, &asked.context));
                }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }

    #[test]
    fn a_value_matches_itself_and_nothing_else(value in "[a-z*?${}:/']{1,8}", other in "[a-z*?${}:/']{1,8}") {
        let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*",
            "Resource": "arn:aws:s3:::b/${aws:username}/*"}}"#;
        let policy = Document::parse(text, Kind::Identity).unwrap();
        let context = Context::new().with("aws:username", value.clone());
        let resource = format!("arn:aws:s3:::b/{other}/k");
        let allowed = evaluate(&[&policy], &request("s3:GetObject", &resource, &context)).is_allowed();
        prop_assert_eq!(allowed, format!("{other}/k").starts_with(&format!("{value}/")));
    }
}
