//! Messages in the words of their pool.

use serde_json::{Value, json};
use tests::World;
use tests::person::Pool;

const VERIFIED: (&str, &str) = ("Welcome to Harbour", "Ahoy! <b>{####}</b> brings you aboard.");

fn text(pool: &Pool, to: &str) -> (String, String) {
    let message = pool.world.messages(to).remove(0);
    (message.message.subject, message.message.body)
}

/// A user with a temporary password and an address.
fn invited(pool: &Pool, name: &str, attribute: (&str, &str), medium: &str) {
    let input = json!({ "UserPoolId": pool.id, "Username": name, "TemporaryPassword": "Temporary-1",
        "UserAttributes": [{ "Name": attribute.0, "Value": attribute.1 }], "DesiredDeliveryMediums": [medium] });
    pool.world.operate("AdminCreateUser", &input).ok();
}

#[test]
fn codes_are_sent_in_the_pools_words() {
    let (subject, body) = VERIFIED;
    let template =
        json!({ "VerificationMessageTemplate": { "EmailSubject": subject, "EmailMessage": body } });
    let legacy = json!({ "EmailVerificationSubject": subject, "EmailVerificationMessage": body });
    for settings in [template, legacy] {
        let world = World::with_shards(3);
        let pool = Pool::with(&world, &settings, &json!({}));
        pool.person("ann", "ann@example.com");
        world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": "ann" })).ok();
        let sent = world.messages("ann@example.com");
        assert_eq!(sent.len(), 2, "a sign-up and a reset");
        for sent in sent {
            let (before, after) = body.split_once("{####}").unwrap();
            let code =
                sent.message.body.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).unwrap();
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
            assert_eq!(sent.message.subject, subject);
        }
        let described = world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
        let told = &described["UserPool"];
        for texts in [
            &told["VerificationMessageTemplate"],
            &json!({
            "EmailSubject": told["EmailVerificationSubject"], "EmailMessage": told["EmailVerificationMessage"] }),
        ] {
            assert_eq!(
                (texts["EmailSubject"].as_str(), texts["EmailMessage"].as_str()),
                (Some(subject), Some(body))
            );
        }
    }
}

#[test]
fn invitations_are_sent_in_the_pools_words() {
    let world = World::with_shards(3);
    let invite = json!({ "EmailSubject": "Come aboard", "EmailMessage": "{username}: {####}!",
        "SMSMessage": "Aboard: {username} {####}" });
    let settings = json!({ "AdminCreateUserConfig": { "InviteMessageTemplate": invite } });
    let pool = Pool::with(&world, &settings, &json!({}));
    invited(&pool, "ben", ("email", "ben@example.com"), "EMAIL");
    assert_eq!(text(&pool, "ben@example.com"), ("Come aboard".into(), "ben: Temporary-1!".into()));
    invited(&pool, "cleo", ("phone_number", "+15555550100"), "SMS");
    assert_eq!(text(&pool, "+15555550100"), (String::new(), "Aboard: cleo Temporary-1".into()));
    let described = world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
    assert_eq!(described["UserPool"]["AdminCreateUserConfig"]["InviteMessageTemplate"], invite);
}

#[test]
fn a_text_message_has_the_pools_words_by_either_name() {
    let template = json!({ "VerificationMessageTemplate": { "SmsMessage": "Harbour: {####}" } });
    let legacy = json!({ "SmsVerificationMessage": "Harbour: {####}" });
    for settings in [template, legacy] {
        let world = World::with_shards(3);
        let mut settings = settings;
        settings["AutoVerifiedAttributes"] = json!(["phone_number"]);
        let pool = Pool::with(&world, &settings, &json!({}));
        let mut input = pool.sign_up_input("ann", None);
        input["UserAttributes"] = json!([{ "Name": "phone_number", "Value": "+15555550101" }]);
        world.idp("SignUp", &input).ok();
        let (subject, body) = text(&pool, "+15555550101");
        assert_eq!((subject.as_str(), body.len()), ("", "Harbour: 123456".len()));
        assert!(body.starts_with("Harbour: "));
        pool.confirm("ann", &world.code("+15555550101")).ok();
    }
}

#[test]
fn words_without_a_place_for_the_code_are_refused_by_name() {
    let world = World::with_shards(1);
    let invite = |name: &str, text: &str| json!({ "AdminCreateUserConfig": { "InviteMessageTemplate": { name: text } } });
    for (name, settings) in [
        ("emailMessage", json!({ "VerificationMessageTemplate": { "EmailMessage": "Welcome" } })),
        ("emailVerificationMessage", json!({ "EmailVerificationMessage": "Welcome" })),
        ("smsVerificationMessage", json!({ "SmsVerificationMessage": "Welcome" })),
        ("EmailMessage must contain {username} and {####}", invite("EmailMessage", "Welcome, {username}")),
        ("EmailMessage must contain {username} and {####}", invite("EmailMessage", "Password: {####}")),
        ("SMSMessage must contain {username} and {####}", invite("SMSMessage", "Welcome, {username}")),
    ] {
        let mut input: Value = settings;
        input["PoolName"] = json!("people");
        let refused = world.operate("CreateUserPool", &input);
        refused.fails("InvalidParameterException");
        assert!(refused.text().contains(name), "{name}: {}", refused.text());
    }
}
