//! Every operator against values, and every modifier against absence.

use super::super::context::{Context, Request};
use super::super::json::Node;
use super::super::principal::Principal;
use super::parse;

const ABSENT: &[&str] = &[];

/// Whether `{operator: {"k:k": policy}}` holds for a context.
fn holds(operator: &str, policy: &str, context: &Context) -> bool {
    let node = Node::parse(&format!(r#"{{"{operator}": {{"K:k": {policy}}}}}"#)).unwrap();
    let conditions = parse(node, true).unwrap_or_else(|error| panic!("{operator} {policy}: {error}"));
    let request = Request {
        action: "a:b",
        resource: "*",
        principal: Principal::Anonymous,
        context,
        now: 1_700_000_000,
    };
    conditions.iter().all(|condition| condition.holds(&request))
}

fn single(operator: &str, policy: &str, value: &str) -> bool {
    holds(operator, policy, &Context::new().with("k:K", value))
}

fn several(operator: &str, policy: &str, values: &[&str]) -> bool {
    holds(operator, policy, &Context::new().with_many("k:K", values.iter().copied()))
}

fn absent(operator: &str, policy: &str) -> bool {
    holds(operator, policy, &Context::new())
}

/// Rows of (policy values, request value, whether the operator holds); its negation must hold where it does not.
fn table(operator: &str, negation: Option<&str>, rows: &[(&str, &str, bool)]) {
    for (policy, value, expected) in rows {
        assert_eq!(single(operator, policy, value), *expected, "{operator} {policy} {value}");
        if let Some(negation) = negation {
            assert_eq!(single(negation, policy, value), !expected, "{negation} {policy} {value}");
        }
    }
}

#[test]
fn strings() {
    table(
        "StringEquals",
        Some("StringNotEquals"),
        &[
            (r#""a""#, "a", true),
            (r#""a""#, "A", false),
            (r#"["b", "a"]"#, "a", true),
            (r#""a*""#, "ab", false),
            (r#""a*""#, "a*", true),
            (r#""a${*}""#, "a*", true),
            (r#""a?""#, "ab", false),
            (r#""""#, "", true),
            (r#""""#, "a", false),
            (r#""${x:none}""#, "", false),
            (r#""${k:k}""#, "${k:k}", true),
            ("10", "10", true),
            ("true", "true", true),
            ("1.5", "1.5", true),
        ],
    );
    table(
        "StringEqualsIgnoreCase",
        Some("StringNotEqualsIgnoreCase"),
        &[(r#""JohnDoe""#, "johndoe", true), (r#""ÉTÉ""#, "été", true), (r#""John*""#, "johndoe", false)],
    );
    table(
        "StringLike",
        Some("StringNotLike"),
        &[
            (r#""t2.*""#, "t2.micro", true),
            (r#""t2.*""#, "T2.micro", false),
            (r#""t2.*""#, "at2.micro", false),
            (r#"["x", "?2.m*o"]"#, "t2.micro", true),
            (r#""${*}x""#, "ax", false),
            (r#""a*:*/z""#, "a:b:c/d/z", true),
        ],
    );
}

#[test]
fn numbers() {
    table(
        "NumericEquals",
        Some("NumericNotEquals"),
        &[
            ("10", "10", true),
            (r#""10""#, "010.0", true),
            ("10", "10.5", false),
            ("-1.5", "-1.50", true),
            ("0", "-0", true),
            (r#""9007199254740993""#, "9007199254740992", false),
            ("10", "ten", false),
            ("10", "1e1", false),
        ],
    );
    table(
        "NumericLessThan",
        Some("NumericGreaterThanEquals"),
        &[
            ("10", "9.99", true),
            ("10", "10", false),
            ("10", "100", false),
            ("-5", "-10", true),
            ("-5", "-4.9", false),
            ("0.25", "0.3", false),
            ("0.3", "0.25", true),
        ],
    );
    table(
        "NumericLessThanEquals",
        Some("NumericGreaterThan"),
        &[("10", "10", true), ("10", "11", false), ("-1", "1", false)],
    );
    assert!(!single("NumericLessThan", "10", "ten"));
    assert!(!single("NumericGreaterThanEquals", "10", "ten"));
    assert!(single("NumericLessThan", "[1, 5]", "3"));
}

#[test]
fn dates() {
    table(
        "DateEquals",
        Some("DateNotEquals"),
        &[
            (r#""2020-01-01T00:00:01Z""#, "1577836801", true),
            (r#""2020-01-01T01:00:01+01:00""#, "2020-01-01T00:00:01Z", true),
            (r#""2019-12-31T19:00-05:00""#, "2020", true),
            (r#""2020-01""#, "2020-01-01", true),
            (r#""2020-02-29""#, "1582934400", true),
            (r#""1969-12-31T23:59:59Z""#, "-1", true),
            ("1577836801", "2020-01-01T00:00:01.0Z", true),
            (r#""2020-01-01T00:00:01.5Z""#, "2020-01-01T00:00:01.500Z", true),
            (r#""2020-01-01T00:00:01.5Z""#, "1577836801", false),
            (r#""2020-01-01""#, "never", false),
        ],
    );
    table(
        "DateLessThan",
        Some("DateGreaterThanEquals"),
        &[
            (r#""2020-01-01T00:00:01Z""#, "2020-01-01T00:00:00Z", true),
            (r#""2020-01-01T00:00:01Z""#, "2020-01-01T00:00:00.999999999Z", true),
            (r#""2020-01-01T00:00:01Z""#, "2020-01-01T00:00:01Z", false),
        ],
    );
    table(
        "DateLessThanEquals",
        Some("DateGreaterThan"),
        &[
            (r#""2020-01-01T00:00:01Z""#, "2020-01-01T00:00:01Z", true),
            (r#""2020-01-01T00:00:01Z""#, "2020-01-01T00:00:02Z", false),
        ],
    );
}

#[test]
fn a_time_is_written_as_it_is_read() {
    for (seconds, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (1_700_000_000, "2023-11-14T22:13:20Z"),
        (951_827_696, "2000-02-29T12:34:56Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(crate::calendar::extended(seconds), text);
        assert_eq!(super::date::parse(text), Some(i128::from(seconds) * 1_000_000_000));
    }
    for extreme in [i64::MIN, i64::MAX] {
        assert!(crate::calendar::extended(extreme).ends_with('Z'));
    }
}

#[test]
fn booleans() {
    table(
        "Bool",
        None,
        &[
            (r#""true""#, "true", true),
            ("true", "True", true),
            ("false", "true", false),
            ("false", "", false),
            (r#"["true", "false"]"#, "false", true),
            ("false", "no", false),
        ],
    );
}

#[test]
fn binary() {
    table(
        "BinaryEquals",
        None,
        &[
            (r#""QmluYXJ5VmFsdWVJbkJhc2U2NA==""#, "QmluYXJ5VmFsdWVJbkJhc2U2NA==", true),
            (r#""QmluYXJ5VmFsdWVJbkJhc2U2NA==""#, "QmluYXJ5VmFsdWVJbkJhc2U2NB==", false),
            (r#""QmluYXJ5VmFsdWVJbkJhc2U2NA==""#, "qmluyxj5vmfsdwvjbkjhc2u2na==", false),
            (r#""+/8=""#, "+/8=", true),
            (r#""""#, "", true),
        ],
    );
}

#[test]
fn addresses() {
    table(
        "IpAddress",
        Some("NotIpAddress"),
        &[
            (r#""203.0.113.0/24""#, "203.0.113.255", true),
            (r#""203.0.113.0/24""#, "203.0.114.0", false),
            (r#""203.0.113.77/24""#, "203.0.113.1", true),
            (r#""203.0.113.7""#, "203.0.113.7", true),
            (r#""203.0.113.7""#, "203.0.113.8", false),
            (r#""0.0.0.0/0""#, "8.8.8.8", true),
            (r#""0.0.0.0/0""#, "::1", false),
            (r#""::/0""#, "::1", true),
            (r#""::/0""#, "8.8.8.8", false),
            (r#"["203.0.113.0/24", "2001:DB8:1234:5678::/64"]"#, "2001:db8:1234:5678:9::1", true),
            (r#"["203.0.113.0/24", "2001:DB8:1234:5678::/64"]"#, "2001:db8:1234:5679::1", false),
            (r#""203.0.113.0/24""#, "::ffff:203.0.113.9", true),
            (r#""::ffff:203.0.113.0/120""#, "203.0.113.9", true),
            (r#""203.0.113.0/24""#, "203.0.113.9:443", false),
            (r#""203.0.113.0/24""#, "", false),
        ],
    );
}

#[test]
fn arns() {
    let documented = r#""arn:aws:someservice:*:111122223333:finance/*""#;
    let crafted = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
    assert!(single("StringLike", documented, crafted));
    for (equals, not) in [("ArnEquals", "ArnNotEquals"), ("ArnLike", "ArnNotLike")] {
        table(
            equals,
            Some(not),
            &[
                (documented, crafted, false),
                (documented, "arn:aws:someservice:us-east-2:111122223333:finance/a:b", true),
                (r#""arn:aws:iam::111122223333:role/*""#, "arn:aws:iam::111122223333:role/x/y", true),
                (r#""arn:aws:iam::111122223333:role/*""#, "arn:aws:iam::111122223333:Role/x", false),
                (r#""arn:*:*:*:*:*""#, "arn:aws:s3:::b/k", true),
                (r#""arn:*:*:*:*:*""#, "arn:aws:s3", false),
                (r#""arn:aws:ec2:*:?:instance/i-?????""#, "arn:aws:ec2:r:1:instance/i-12345", true),
                (r#""${k:k}""#, "arn:aws:s3:::b/*", true),
            ],
        );
    }
}

#[test]
fn a_key_that_is_absent_fails_a_test_and_passes_its_negation() {
    let operators = [
        ("StringEquals", r#""a""#, false),
        ("StringNotEquals", r#""a""#, true),
        ("StringEqualsIgnoreCase", r#""a""#, false),
        ("StringNotEqualsIgnoreCase", r#""a""#, true),
        ("StringLike", r#""*""#, false),
        ("StringNotLike", r#""*""#, true),
        ("NumericEquals", "1", false),
        ("NumericNotEquals", "1", true),
        ("NumericLessThan", "1", false),
        ("NumericGreaterThanEquals", "1", false),
        ("DateEquals", "1", false),
        ("DateNotEquals", "1", true),
        ("DateLessThan", "1", false),
        ("Bool", "false", false),
        ("BinaryEquals", r#""""#, false),
        ("IpAddress", r#""0.0.0.0/0""#, false),
        ("NotIpAddress", r#""0.0.0.0/0""#, true),
        ("ArnLike", r#""arn:*:*:*:*:*""#, false),
        ("ArnNotLike", r#""arn:*:*:*:*:*""#, true),
    ];
    for (operator, policy, expected) in operators {
        assert_eq!(absent(operator, policy), expected, "{operator}");
        assert_eq!(several(operator, policy, ABSENT), expected, "{operator} of nothing");
        assert!(absent(&format!("{operator}IfExists"), policy), "{operator}IfExists");
        assert!(absent(&format!("ForAllValues:{operator}"), policy), "ForAllValues:{operator}");
        assert!(!absent(&format!("ForAnyValue:{operator}"), policy), "ForAnyValue:{operator}");
        assert!(
            !absent(&format!("ForAnyValue:{operator}IfExists"), policy),
            "ForAnyValue:{operator}IfExists"
        );
    }
}

#[test]
fn if_exists_tests_a_key_that_is_there() {
    assert!(single("StringLikeIfExists", r#"["t1.*", "t2.*"]"#, "t2.micro"));
    assert!(!single("StringLikeIfExists", r#"["t1.*", "t2.*"]"#, "m3.large"));
    assert!(!single("StringNotEqualsIfExists", r#""a""#, "a"));
}

#[test]
fn set_operators_look_at_every_value() {
    let attributes = r#"["PostDateTime", "Message", "Tags"]"#;
    let cases: [(&str, &[&str], bool); 12] = [
        ("ForAllValues:StringLike", &["PostDateTime", "Message"], true),
        ("ForAllValues:StringLike", &["PostDateTime", "UserName"], false),
        ("ForAllValues:StringLike", ABSENT, true),
        ("ForAllValues:StringLike", &[""], true),
        ("ForAllValues:StringLike", &["", "UserName"], false),
        ("ForAnyValue:StringLike", &["PostDateTime", "UserName"], true),
        ("ForAnyValue:StringLike", &["UserName"], false),
        ("ForAnyValue:StringLike", ABSENT, false),
        ("ForAllValues:StringNotEquals", &["UserName", "ID"], true),
        ("ForAllValues:StringNotEquals", &["UserName", "Tags"], false),
        ("ForAnyValue:StringNotEquals", &["UserName", "Tags"], true),
        ("ForAnyValue:StringNotEquals", &["Tags", "Message"], false),
    ];
    for (operator, values, expected) in cases {
        assert_eq!(several(operator, attributes, values), expected, "{operator} {values:?}");
    }
    assert!(single("ForAnyValue:StringEquals", attributes, "Tags"));
}

#[test]
fn an_empty_text_is_an_empty_set_whatever_the_pattern() {
    assert!(!several("ForAnyValue:StringLike", r#""*""#, &[""]));
    assert!(several("ForAllValues:StringNotLike", r#""*""#, &[""]));
}

#[test]
fn without_a_set_operator_each_of_several_values_must_pass() {
    assert!(several("StringEquals", r#"["a", "b"]"#, &["a", "b"]));
    assert!(!several("StringEquals", r#""a""#, &["a", "b"]));
    assert!(!several("StringNotEquals", r#""a""#, &["a", "b"]));
    assert!(several("StringNotEquals", r#""a""#, &["b", "c"]));
}

#[test]
fn null_asks_whether_a_key_has_a_value() {
    assert!(absent("Null", "true"));
    assert!(!absent("Null", r#""false""#));
    assert!(single("Null", "false", "x"));
    assert!(!single("Null", "true", "x"));
    for empty in [ABSENT, &[""]] {
        assert!(several("Null", "true", empty));
        assert!(!several("Null", "false", empty));
    }
}
