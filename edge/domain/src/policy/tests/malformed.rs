//! What is refused, where, and in which words.

use super::super::{Document, Kind, Malformed, Problem, Version};

fn refused(text: &str, kind: Kind) -> Malformed {
    match Document::parse(text, kind) {
        Ok(_) => panic!("understood: {text}"),
        Err(error) => error,
    }
}

/// A document of one statement, which is good but for the members given.
fn statement(members: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#)
}

#[test]
fn errors_say_what_is_wrong_and_where() {
    let cases = [
        ("", "the policy document is not valid JSON: EOF while parsing a value at line 1 column 0"),
        ("[]", "the policy document must be an object, not a list"),
        ("{}", "the policy document has no `Statement`"),
        (
            r#"{"Version": "2012-10-18", "Statement": []}"#,
            "`Version` must be `2012-10-17` or `2008-10-17`, not `2012-10-18`",
        ),
        (r#"{"Version": 2012, "Statement": []}"#, "`Version` must be a string, not a number"),
        (r#"{"Statement": []}"#, "`Statement` must be a list with an item, not an empty list"),
        (r#"{"Statement": "all"}"#, "`Statement` must be an object, not a string"),
        (r#"{"Statement": [{}], "Comment": "x"}"#, "`Comment` is not known to this policy language"),
        (r#"{"Id": "x", "Statement": [{}]}"#, "`Id` is not taken in an identity policy"),
        (r#"{"Statement": [{}]}"#, "`Statement[0]` has no `Effect`"),
    ];
    for (text, expected) in cases {
        assert_eq!(refused(text, Kind::Identity).to_string(), expected, "{text}");
    }
}

#[test]
fn errors_in_a_statement_name_the_member() {
    let good = r#""Effect": "Allow", "Action": "s3:*", "Resource": "*""#;
    let cases = [
        (
            r#""Effect": "allow", "Action": "*", "Resource": "*""#.to_owned(),
            "`Statement[0].Effect` must be `Allow` or `Deny`, not `allow`",
        ),
        (r#""Effect": "Allow", "Resource": "*""#.to_owned(), "`Statement[0]` has no `Action`"),
        (r#""Effect": "Allow", "Action": "*""#.to_owned(), "`Statement[0]` has no `Resource`"),
        (format!(r#"{good}, "NotAction": "x:y""#), "`Statement[0]` has both `Action` and `NotAction`"),
        (format!(r#"{good}, "NotResource": "*""#), "`Statement[0]` has both `Resource` and `NotResource`"),
        (
            format!(r#"{good}, "Principal": "*""#),
            "`Statement[0].Principal` is not taken in an identity policy",
        ),
        (
            format!(r#"{good}, "Conditions": {{}}"#),
            "`Statement[0].Conditions` is not known to this policy language",
        ),
        (
            format!(r#"{good}, "Sid": "a b""#),
            "`Statement[0].Sid` must be at most 128 letters and digits, not `a b`",
        ),
        (
            format!(r#"{good}, "Condition": {{"StringMatches": {{"aws:x": "y"}}}}"#),
            "`Statement[0].Condition.StringMatches` is not known to this policy language",
        ),
        (
            format!(r#"{good}, "Condition": {{"Bool": {{"aws:x": "${{aws:y}}"}}}}"#),
            "`Statement[0].Condition.Bool.aws:x` must be `true` or `false`, not `${aws:y}`",
        ),
        (
            format!(r#"{good}, "Condition": {{"Null": {{"aws:x": ["true", "false"]}}}}"#),
            "`Statement[0].Condition.Null.aws:x` has more than 1 items",
        ),
        (
            format!(r#"{good}, "Condition": {{"Bool": {{"secure": "true"}}}}"#),
            "`Statement[0].Condition.Bool.secure` must be a condition key, `prefix:name`, not `secure`",
        ),
        (
            format!(r#"{good}, "Condition": {{"StringEquals": {{}}}}"#),
            "`Statement[0].Condition.StringEquals` must be an object with a key, not an empty object",
        ),
        (
            format!(r#"{good}, "Condition": {{"StringEquals": {{"aws:x": []}}}}"#),
            "`Statement[0].Condition.StringEquals.aws:x` must be a list with an item, not an empty list",
        ),
        (
            format!(r#"{good}, "Condition": {{"StringEquals": {{"aws:x": null}}}}"#),
            "`Statement[0].Condition.StringEquals.aws:x` must be a string, a number or a boolean, not null",
        ),
    ];
    for (members, expected) in cases {
        assert_eq!(refused(&statement(&members), Kind::Identity).to_string(), expected);
    }
}

#[test]
fn a_repeated_member_is_refused() {
    let text = statement(r#""Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*""#);
    let error = refused(&text, Kind::Identity);
    assert!(error.to_string().contains("repeated member `Effect`"), "{error}");
    let escaped = statement(r#""Effect": "Deny", "\u0045ffect": "Allow", "Action": "*", "Resource": "*""#);
    assert!(matches!(refused(&escaped, Kind::Identity).problem(), Problem::Json(_)));
}

#[test]
fn a_repeated_statement_id_is_refused() {
    let one = r#"{"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let error = refused(&format!(r#"{{"Statement": [{one}, {one}]}}"#), Kind::Identity);
    assert_eq!(error.to_string(), "`Statement[1].Sid` repeats the statement id `A`");
    let blank = one.replace("\"A\"", "\"\"");
    assert!(Document::parse(&format!(r#"{{"Statement": [{blank}, {blank}]}}"#), Kind::Identity).is_ok());
}

#[test]
fn actions_and_resources_have_a_form() {
    for action in ["", "s3", "s3:", ":Get", "s3:Get:Object", "s*:Get", "s3:Get Object", "s3 :Get", "s3:Gét"]
    {
        let members = format!(r#""Effect": "Allow", "Action": ["{action}"], "Resource": "*""#);
        assert_eq!(refused(&statement(&members), Kind::Identity).at(), "Statement[0].Action[0]", "{action}");
    }
    for resource in [
        "",
        "bucket",
        "**",
        "?",
        "arn",
        "arn:aws",
        "arn:aws:s3",
        "arn:aws:s3*",
        "arn:aws:*",
        "arn:aws:s3:::",
        "arn:aws:s3:us-*",
        "arn:aws:sns:*:topic*",
        "arn:aws:*:::bucket",
        "arn:aws:s?:::bucket",
        "arn::s3:::bucket",
        "arn:aws::::bucket",
        "xrn:aws:s3:::bucket",
        "ARN:aws:s3:::bucket",
        " arn:aws:s3:::bucket",
    ] {
        let members = format!(r#""Effect": "Allow", "Action": "*", "Resource": ["*", "{resource}"]"#);
        assert_eq!(
            refused(&statement(&members), Kind::Identity).at(),
            "Statement[0].Resource[1]",
            "{resource}"
        );
    }
}

#[test]
fn every_kind_has_its_members() {
    let trust = r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}"#;
    assert!(Document::parse(trust, Kind::Trust).is_ok());
    assert_eq!(refused(trust, Kind::Resource).to_string(), "`Statement` has no `Resource`");
    assert_eq!(refused(trust, Kind::Identity).at(), "Statement.Principal");
    let cases = [
        (r#""Effect": "Allow", "Action": "sts:AssumeRole""#, "Statement[0]"),
        (r#""Effect": "Allow", "Principal": "*", "Action": "*""#, "Statement[0].Action"),
        (r#""Effect": "Allow", "Principal": "*", "Action": "s3:Get""#, "Statement[0].Action"),
        (r#""Effect": "Allow", "Principal": "*", "NotAction": "sts:X""#, "Statement[0].NotAction"),
        (
            r#""Effect": "Allow", "Principal": "*", "Action": "sts:*", "Resource": "*""#,
            "Statement[0].Resource",
        ),
        (
            r#""Effect": "Allow", "NotPrincipal": {"AWS": "111111111111"}, "Action": "sts:*""#,
            "Statement[0].NotPrincipal",
        ),
        (
            r#""Effect": "Allow", "Principal": "arn:aws:iam::111111111111:root", "Action": "sts:*""#,
            "Statement[0].Principal",
        ),
        (r#""Effect": "Allow", "Principal": {}, "Action": "sts:*""#, "Statement[0].Principal"),
        (
            r#""Effect": "Allow", "Principal": {"CanonicalUser": "x"}, "Action": "sts:*""#,
            "Statement[0].Principal.CanonicalUser",
        ),
        (
            r#""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:user/*"}, "Action": "sts:*""#,
            "Statement[0].Principal.AWS",
        ),
        (
            r#""Effect": "Allow", "Principal": {"AWS": "1111"}, "Action": "sts:*""#,
            "Statement[0].Principal.AWS",
        ),
        (
            r#""Effect": "Allow", "Principal": {"Federated": "*"}, "Action": "sts:*""#,
            "Statement[0].Principal.Federated",
        ),
    ];
    for (members, at) in cases {
        assert_eq!(refused(&statement(members), Kind::Trust).at(), at, "{members}");
    }
}

#[test]
fn operators_take_values_of_their_type() {
    for (operator, value) in [
        ("NumericEquals", "ten"),
        ("NumericLessThan", "1e3"),
        ("NumericEquals", "${aws:x}"),
        ("NumericEquals", ""),
        ("NumericEquals", "."),
        ("DateLessThan", "tomorrow"),
        ("DateEquals", "2023-02-29"),
        ("DateEquals", "2023-01-01T00:00:00"),
        ("DateEquals", "2023-13-01"),
        ("Bool", "yes"),
        ("Null", "maybe"),
        ("BinaryEquals", "not base64"),
        ("BinaryEquals", "QQ"),
        ("BinaryEquals", "QR=="),
        ("IpAddress", "1.2.3"),
        ("IpAddress", "1.2.3.4/33"),
        ("IpAddress", "::/129"),
        ("NotIpAddress", "1.2.3.4/"),
        ("IpAddress", "1.2.3.4/+8"),
        ("ArnLike", "arn:aws:s3"),
        ("ArnEquals", "*"),
        ("StringEquals", "${aws:x"),
    ] {
        let members = format!(
            r#""Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{"{operator}": {{"aws:x": "{value}"}}}}"#
        );
        let error = refused(&statement(&members), Kind::Identity);
        assert_eq!(error.at(), format!("Statement[0].Condition.{operator}.aws:x"), "{value}");
    }
}

#[test]
fn operators_combine_only_as_they_may() {
    for operator in [
        "NullIfExists",
        "ForAllValues:Null",
        "ForAnyValue:Null",
        "ForAllValues:",
        "ForSomeValues:StringEquals",
        "ForAllValues:ForAnyValue:StringEquals",
        "StringEqualsIfExistsIfExists",
        "stringequals",
        "Numeric",
        "Date",
        "BoolNot",
        "StringLikeIgnoreCase",
        "IfExists",
        "",
    ] {
        let members = format!(
            r#""Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{"{operator}": {{"aws:x": "true"}}}}"#
        );
        assert_eq!(refused(&statement(&members), Kind::Identity).problem(), &Problem::Unknown, "{operator}");
    }
}

#[test]
fn length_is_bounded_and_white_space_is_not_counted() {
    let sized = |resource: usize, space: usize| {
        let text = format!(
            r#"{{"Statement":{{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::{}"}}}}"#,
            "b".repeat(resource)
        );
        format!("{text}{}", " ".repeat(space))
    };
    let frame = sized(0, 0).len();
    for (kind, limit) in [(Kind::Identity, 10_240), (Kind::Session, 2_048)] {
        assert!(Document::parse(&sized(limit - frame, 5_000), kind).is_ok());
        let over = Problem::TooLong { limit };
        assert_eq!(refused(&sized(limit - frame + 1, 0), kind).problem(), &over);
    }
    assert!(matches!(refused(&sized(1, 70_000), Kind::Identity).problem(), Problem::TooLong { .. }));
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    for text in [deep.as_str(), r#"{"Statement": [[[[[[[[[1]]]]]]]]]}"#] {
        let error = refused(text, Kind::Identity);
        assert!(error.to_string().contains("nested too deeply"), "{error}");
    }
}

#[test]
fn an_error_repeats_little_of_a_long_text() {
    let members = format!(r#""Effect": "{}", "Action": "*", "Resource": "*""#, "é".repeat(3_000));
    assert!(refused(&statement(&members), Kind::Identity).to_string().chars().count() < 200);
}

#[test]
fn the_text_is_kept_to_the_character() {
    let text = "\t{ \"Statement\" : {\"Effect\":\"Deny\",\r\n\"Action\":\"\\u002a\",\"Resource\":[\"*\"]} } ";
    let document = Document::parse(text, Kind::Identity).unwrap();
    assert_eq!(document.text(), text);
    assert_eq!((document.kind(), document.version()), (Kind::Identity, Version::V2008));
}
