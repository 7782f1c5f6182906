//! Policy variables, and what a person who chooses a value could try with it.

use super::super::{Context, Decision, Document, Kind};
use super::{allows, ask, identity, one};

fn home() -> Document {
    one(
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${cognito-identity.amazonaws.com:sub}/*""#,
    )
}

fn sub(value: &str) -> Context {
    Context::new().with("cognito-identity.amazonaws.com:sub", value)
}

#[test]
fn a_variable_stands_for_the_requests_value() {
    let context = sub("us-east-1:1234");
    assert!(allows(&home(), "s3:PutObject", "arn:aws:s3:::b/us-east-1:1234/cat.jpg", &context));
    assert!(!allows(&home(), "s3:PutObject", "arn:aws:s3:::b/us-east-1:5678/cat.jpg", &context));
}

#[test]
fn a_wildcard_in_a_value_is_a_character() {
    for (value, others) in [("*", "victim"), ("?ictim", "victim"), ("v*", "victim"), ("*/..", "x/..")] {
        let context = sub(value);
        assert!(!allows(&home(), "s3:GetObject", &format!("arn:aws:s3:::b/{others}/k"), &context), "{value}");
        assert!(allows(&home(), "s3:GetObject", &format!("arn:aws:s3:::b/{value}/k"), &context), "{value}");
    }
}

#[test]
fn a_variable_in_a_value_is_not_expanded() {
    for value in ["${aws:username}", "${*}", "${aws:username, 'victim'}", "$"] {
        let context = sub(value).with("aws:username", "victim");
        assert!(!allows(&home(), "s3:GetObject", "arn:aws:s3:::b/victim/k", &context), "{value}");
        assert!(!allows(&home(), "s3:GetObject", "arn:aws:s3:::b/*/k", &context), "{value}");
        assert!(allows(&home(), "s3:GetObject", &format!("arn:aws:s3:::b/{value}/k"), &context), "{value}");
    }
}

#[test]
fn values_side_by_side_make_no_variable() {
    let policy = one(r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${aws:a}${aws:b}""#);
    let context = Context::new().with("aws:a", "$").with("aws:b", "{aws:c}").with("aws:c", "victim");
    assert!(!allows(&policy, "s3:GetObject", "arn:aws:s3:::b/victim", &context));
    assert!(allows(&policy, "s3:GetObject", "arn:aws:s3:::b/${aws:c}", &context));
}

#[test]
fn a_colon_in_a_value_moves_no_segment() {
    let policy = one(r#""Effect": "Allow", "Action": "*", "Resource": "*",
           "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:${aws:account}:mine/*"}}"#);
    let context = Context::new().with("aws:account", "1").with("aws:SourceArn", "arn:aws:s3:r:2:x:1:mine/k");
    assert!(!allows(&policy, "s3:GetObject", "*", &context));
    assert!(allows(&policy, "s3:GetObject", "*", &context.with("aws:SourceArn", "arn:aws:s3:r:1:mine/k")));
}

#[test]
fn wildcards_in_a_value_are_characters_in_conditions_too() {
    let conditions = [
        r#""StringLike": {"s3:prefix": "home/${aws:username}/*"}"#,
        r#""StringEqualsIgnoreCase": {"s3:prefix": "HOME/${aws:username}/"}"#,
        r#""ArnLike": {"s3:arn": "arn:aws:s3:::home/${aws:username}/*"}"#,
    ];
    for condition in conditions {
        let policy = one(&format!(
            r#""Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{{condition}}}"#
        ));
        let asked = |name: &str, folder: &str| {
            let context = Context::new()
                .with("aws:username", name)
                .with("s3:prefix", format!("home/{folder}/"))
                .with("s3:arn", format!("arn:aws:s3:::home/{folder}/"));
            allows(&policy, "s3:ListBucket", "*", &context)
        };
        assert!(asked("ann", "ann"), "{condition}");
        assert!(asked("*", "*"), "{condition}");
        assert!(!asked("*", "bob"), "{condition}");
        assert!(!asked("b?b", "bob"), "{condition}");
        assert!(!asked("${aws:username}", "bob"), "{condition}");
    }
}

#[test]
fn case_is_ignored_in_a_value_where_the_operator_says_so() {
    let policy = |operator: &str| {
        one(&format!(
            r#""Effect": "Allow", "Action": "*", "Resource": "*",
               "Condition": {{"{operator}": {{"s3:owner": "${{aws:username}}"}}}}"#
        ))
    };
    let context = Context::new().with("aws:username", "ANN").with("s3:owner", "ann");
    assert!(allows(&policy("StringEqualsIgnoreCase"), "s3:GetObject", "*", &context));
    assert!(!allows(&policy("StringEquals"), "s3:GetObject", "*", &context));
}

#[test]
fn a_variable_without_value_matches_no_resource() {
    let resource = "arn:aws:s3:::b//k";
    assert!(!allows(&home(), "s3:GetObject", resource, &Context::new()));
    assert!(!allows(&home(), "s3:GetObject", resource, &sub("")));
    let many = Context::new().with_many("cognito-identity.amazonaws.com:sub", ["victim"]);
    assert!(!allows(&home(), "s3:GetObject", "arn:aws:s3:::b/victim/k", &many));
    let prefix =
        one(r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/x}*""#);
    assert!(!allows(&prefix, "s3:GetObject", "arn:aws:s3:::b/victim/k", &Context::new()));
    assert!(!allows(
        &prefix,
        "s3:GetObject",
        "arn:aws:s3:::b/victim/k",
        &Context::new().with("aws:PrincipalTag/x", "")
    ));
}

#[test]
fn other_resources_of_the_statement_still_match() {
    let policy = one(
        r#""Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/all"]"#,
    );
    assert!(allows(&policy, "s3:GetObject", "arn:aws:s3:::b/all", &Context::new()));
}

#[test]
fn not_resource_without_value_denies_more_and_allows_nothing() {
    let statement = |effect| {
        one(&format!(
            r#""Effect": "{effect}", "Action": "*", "NotResource": "arn:aws:s3:::b/${{aws:username}}/*""#
        ))
    };
    let (allow, deny) = (statement("Allow"), statement("Deny"));
    let other = "arn:aws:s3:::b/other/k";
    let known = Context::new().with("aws:username", "ann");
    assert!(allows(&allow, "s3:GetObject", other, &known));
    assert_eq!(ask(&allow, "s3:GetObject", other, &Context::new()), Decision::NotAllowed);
    for context in [known, Context::new()] {
        assert!(matches!(ask(&deny, "s3:GetObject", other, &context), Decision::ExplicitDeny { .. }));
    }
}

#[test]
fn a_default_stands_in_for_a_value_that_is_absent_and_is_plain_text() {
    let policy = one(
        r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b-${aws:PrincipalTag/team, 'company-wide'}""#,
    );
    let yellow = Context::new().with("aws:principaltag/TEAM", "yellow");
    assert!(allows(&policy, "s3:ListBucket", "arn:aws:s3:::b-yellow", &yellow));
    assert!(!allows(&policy, "s3:ListBucket", "arn:aws:s3:::b-company-wide", &yellow));
    assert!(allows(&policy, "s3:ListBucket", "arn:aws:s3:::b-company-wide", &Context::new()));
    let star = one(r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b-${aws:x,'${*}*'}""#);
    assert!(allows(&star, "s3:ListBucket", "arn:aws:s3:::b-${*}*", &Context::new()));
    assert!(!allows(&star, "s3:ListBucket", "arn:aws:s3:::b-x", &Context::new()));
}

#[test]
fn special_variables_are_the_characters_themselves() {
    let policy =
        one(r#""Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${*}${?}${$}{aws:username}""#);
    let context = Context::new().with("aws:username", "ann");
    assert!(allows(&policy, "s3:GetObject", "arn:aws:s3:::b/*?${aws:username}", &context));
    assert!(!allows(&policy, "s3:GetObject", "arn:aws:s3:::b/xy$ann", &context));
}

#[test]
fn the_first_version_has_no_variables() {
    for version in [r#""Version": "2008-10-17","#, ""] {
        let policy = identity(&format!(
            r#"{{{version} "Statement": {{"Effect": "Allow", "Action": "*",
                "Resource": "arn:aws:s3:::b/${{aws:username}}"}}}}"#
        ));
        let context = Context::new().with("aws:username", "ann");
        assert!(allows(&policy, "s3:GetObject", "arn:aws:s3:::b/${aws:username}", &context));
        assert!(!allows(&policy, "s3:GetObject", "arn:aws:s3:::b/ann", &context));
    }
}

#[test]
fn the_documented_team_example_denies_those_without_a_team() {
    let policy = one(r#""Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
           "Condition": {"StringNotEquals": {"s3:ExistingObjectTag/Team": "${aws:PrincipalTag/Team}"}}"#);
    let object = Context::new().with("s3:ExistingObjectTag/Team", "red");
    let denied =
        |context: &Context| ask(&policy, "s3:GetObject", "arn:aws:s3:::b/k", context) != Decision::NotAllowed;
    assert!(denied(&object));
    assert!(denied(&object.clone().with("aws:PrincipalTag/Team", "blue")));
    assert!(!denied(&object.clone().with("aws:PrincipalTag/Team", "red")));
}

#[test]
fn variables_are_refused_where_they_have_no_place() {
    for resource in [
        "${aws:username}",
        "arn:aws:${aws:service}:::b/k",
        "arn:aws:s3::${aws:PrincipalAccount}:b/k",
        "arn:aws:s3:::b/${aws:username",
        "arn:aws:s3:::b/${}",
        "arn:aws:s3:::b/${username}",
        "arn:aws:s3:::b/${aws:username, anonymous}",
        "arn:aws:s3:::b/${aws:username, 'anonymous}",
        "arn:aws:s3:::b/${aws:user*}",
        "arn:aws:s3:::b/${aws:${aws:x}}",
    ] {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "{resource}"}}}}"#
        );
        let error = Document::parse(&text, Kind::Identity).unwrap_err();
        assert_eq!(error.at(), "Statement.Resource", "{resource}");
    }
}
