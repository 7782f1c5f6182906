//! STS: roles assumed by the classic flow's tokens, and who a caller is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use edge::platform::Platform;
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, form, sign};
use tests::federation::{Federation, GUEST, MEMBER, assumed, role, role_arn, trust};
use tests::world::START;

fn assume(world: &Rc<World>, role: &str, token: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("RoleArn", role), ("RoleSessionName", "web"), ("WebIdentityToken", token)];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend(more);
    world.sts("AssumeRoleWithWebIdentity", &fields)
}

fn caller(world: &Rc<World>, by: &Credentials) -> Answer {
    world.ask(world.signed(caller_call(), by, "sts"))
}

fn caller_call() -> edge::message::Request {
    form(&[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")])
}

/// A federation with ann in it, and the tokens of ann and of a guest.
struct Setting {
    world: Rc<World>,
    pool: Federation,
    ann: String,
    anns: String,
    guests: String,
}

fn setting() -> Setting {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let login = pool.login("ann");
    let (ann, guest) = (pool.identity(&login), pool.identity(&json!({})));
    let (anns, guests) = (pool.token(&ann, &login), pool.token(&guest, &json!({})));
    Setting { world, pool, ann, anns, guests }
}

#[test]
fn a_token_becomes_credentials_of_a_role_that_trusts_its_pool() {
    let Setting { world, pool, ann, anns, guests } = setting();
    let answer = assume(&world, &role_arn(MEMBER), &anns, &[]);
    let credentials = assumed(&answer);
    let text = answer.text();
    assert!(
        text.starts_with(
            "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        ),
        "{text}"
    );
    let role_id = world.iam("GetRole", &[("RoleName", MEMBER)]).element("RoleId");
    for (name, value) in [
        ("SubjectFromWebIdentityToken", ann.as_str()),
        ("Audience", &pool.id),
        ("Provider", "cognito-identity.amazonaws.com"),
        ("Arn", "arn:aws:sts::000000000000:assumed-role/Member/web"),
        ("AssumedRoleId", &format!("{role_id}:web")),
        ("Expiration", "2023-11-14T23:13:20Z"),
    ] {
        assert_eq!(answer.element(name), value, "{name}");
    }
    assert!(credentials.access_key_id.starts_with("ASIA"));
    let told = caller(&world, &credentials);
    assert_eq!(told.fine().element("Arn"), "arn:aws:sts::000000000000:assumed-role/Member/web");
    assert_eq!(told.element("UserId"), format!("{role_id}:web"));
    assert_eq!(told.element("Account"), "000000000000");
    let guest = assumed(&assume(&world, &role_arn(GUEST), &guests, &[]));
    assert!(caller(&world, &guest).element("Arn").ends_with("assumed-role/Guest/web"));
}

#[test]
fn a_trust_policys_conditions_decide_who_may_assume_a_role() {
    let Setting { world, pool, ann, anns, guests } = setting();
    let other = Federation::bare(&pool.people, &json!({}));
    let login = other.login("ann");
    let theirs = other.token(&other.identity(&login), &login);
    let federated = json!({ "Federated": "cognito-identity.amazonaws.com" });
    let key = |name: &str| format!("cognito-identity.amazonaws.com:{name}");
    let document = |principal: &Value, condition: &Value| {
        json!({
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Principal": principal,
                "Action": "sts:AssumeRoleWithWebIdentity", "Condition": condition }],
        })
    };
    let when = |condition: Value| document(&federated, &condition);
    let any = |name: &str, value: &Value| json!({ "ForAnyValue:StringLike": { key(name): value } });
    let aud = json!({ "StringEquals": { key("aud"): pool.id } });
    let mut denied = when(aud.clone());
    denied["Statement"].as_array_mut().unwrap().push(json!({
        "Effect": "Deny", "Principal": federated, "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": any("amr", &json!("unauthenticated")),
    }));
    let by_provider = any("amr", &json!(format!("{}:CognitoSignIn:*", pool.provider)));
    // Whom each role lets in: ann, a guest, ann by another identity pool.
    for (name, trust, lets_in) in [
        ("Kind", trust(&pool.id, "authenticated"), [true, false, false]),
        ("Guests", trust(&pool.id, "unauthenticated"), [false, true, false]),
        ("Aud", when(aud.clone()), [true, true, false]),
        ("Auds", when(json!({ "StringEquals": { key("aud"): [pool.id, other.id] } })), [true, true, true]),
        ("Sub", when(json!({ "StringEquals": { key("sub"): ann } })), [true, false, false]),
        ("Provider", when(by_provider), [true, false, true]),
        ("Anybody", when(json!({})), [true, true, true]),
        ("NotAnn", when(json!({ "StringNotEquals": { key("sub"): ann } })), [false, true, true]),
        ("Tagged", when(json!({ "StringEquals": { "aws:PrincipalTag/team": "x" } })), [false; 3]),
        ("Denied", denied, [true, false, false]),
        ("Google", document(&json!({ "Federated": "accounts.google.com" }), &json!({})), [false; 3]),
        ("Account", document(&json!({ "AWS": "000000000000" }), &json!({})), [false; 3]),
    ] {
        let arn = role(&world, name, &trust);
        for (who, token, lets_in) in [
            ("ann", &anns, lets_in[0]),
            ("a guest", &guests, lets_in[1]),
            ("another pool's", &theirs, lets_in[2]),
        ] {
            let answer = assume(&world, &arn, token, &[]);
            if lets_in {
                assert_eq!(answer.status, 200, "{name}, {who}: {}", answer.text());
            } else {
                assert_eq!(
                    (answer.status.as_u16(), answer.element("Code").as_str()),
                    (403, "AccessDenied"),
                    "{name}, {who}: {}",
                    answer.text()
                );
            }
        }
    }
}

#[test]
fn a_role_that_is_not_there_is_denied_as_one_that_may_not_be_assumed() {
    let Setting { world, pool: _, ann: _, anns, guests } = setting();
    let said = |answer: Answer| (answer.status, answer.element("Code"), answer.element("Message"));
    let untrusted = said(assume(&world, &role_arn(MEMBER), &guests, &[]));
    assert_eq!(untrusted.1, "AccessDenied");
    for arn in [
        role_arn("Nobody"),
        role_arn("staff/Member"),
        "arn:aws:iam::111111111111:role/Member".to_owned(),
        "arn:aws:iam::000000000000:user/Member".to_owned(),
        "this is no arn of any role at all".to_owned(),
    ] {
        assert_eq!(said(assume(&world, &arn, &anns, &[])), untrusted, "{arn}");
    }
}

#[test]
fn a_token_that_is_not_the_pools_own_or_too_old_assumes_nothing() {
    let Setting { world, pool, ann, anns, guests } = setting();
    let member = role_arn(MEMBER);
    let id_token = pool.people.tokens("ann")["IdToken"].as_str().unwrap().to_owned();
    let parts: Vec<&str> = anns.split('.').collect();
    let part = |token: &str, n: usize| token.split('.').nth(n).unwrap().to_owned();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let claiming = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(claims.to_string()), parts[2])
    };
    let other = Federation::bare(&pool.people, &json!({}));
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    for (what, token) in [
        ("no token", "nonsense".to_owned()),
        ("a user pool's token", id_token),
        ("alg none", format!("{none}.{}.", parts[1])),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("another's signature", format!("{}.{}.{}", parts[0], parts[1], part(&guests, 2))),
        ("another subject", claiming("sub", json!("us-east-1:other"))),
        ("more methods", claiming("amr", json!(["authenticated", "admin"]))),
        ("a longer life", claiming("exp", json!(START + 9_000))),
        ("another pool", claiming("aud", json!(other.id))),
        ("no pool of ours", claiming("aud", json!("us-east-1:00000000-0000-4000-8000-000000000000"))),
        ("another issuer", claiming("iss", json!("https://accounts.google.com"))),
    ] {
        let answer = assume(&world, &member, &token, &[]);
        let told = (answer.status.as_u16(), answer.element("Code"));
        assert_eq!(told, (400, "InvalidIdentityToken".to_owned()), "{what}: {}", answer.text());
        assert!(!answer.text().contains(&token), "{what}: a token is never said again");
    }
    world.advance(600 + 9);
    assumed(&assume(&world, &member, &anns, &[]));
    world.advance(1);
    let late = assume(&world, &member, &anns, &[]);
    late.denies(400, "ExpiredTokenException");
    assert!(late.element("Message").contains("expired"), "{}", late.text());
    // Assuming again takes a fresh token of the same person.
    let login = pool.login("ann");
    assumed(&assume(&world, &member, &pool.token(&ann, &login), &[]));
}

#[test]
fn a_session_lasts_as_long_as_asked_within_the_roles_bounds() {
    let Setting { world, pool, ann: _, anns, guests: _ } = setting();
    let trusted = trust(&pool.id, "authenticated").to_string();
    let long = [("RoleName", "Long"), ("AssumeRolePolicyDocument", &trusted), ("MaxSessionDuration", "7200")];
    world.iam("CreateRole", &long).fine();
    let asked =
        |role: &str, seconds: &str| assume(&world, &role_arn(role), &anns, &[("DurationSeconds", seconds)]);
    for (role, seconds) in [
        (MEMBER, "899"),
        (MEMBER, "3601"),
        (MEMBER, "43201"),
        (MEMBER, "-900"),
        (MEMBER, "soon"),
        ("Long", "7201"),
        ("Long", "43200"),
    ] {
        let answer = asked(role, seconds);
        assert_eq!(answer.status, 400, "{role} {seconds}: {}", answer.text());
        assert_eq!(answer.elements("AccessKeyId"), Vec::<String>::new(), "{role} {seconds}");
    }
    asked(MEMBER, "3601").denies(400, "ValidationError");
    let short = assumed(&asked(MEMBER, "900"));
    let hour = assumed(&asked(MEMBER, "3600"));
    let answer = asked("Long", "7200");
    assert_eq!(answer.element("Expiration"), "2023-11-15T00:13:20Z");
    let two = assumed(&answer);
    for (at, alive) in [
        (899, [true, true, true]),
        (900, [false, true, true]),
        (3600, [false, false, true]),
        (7200, [false; 3]),
    ] {
        world.advance(START + at - world.now());
        for (credentials, alive) in [&short, &hour, &two].into_iter().zip(alive) {
            let answer = caller(&world, credentials);
            if alive {
                answer.fine();
            } else {
                answer.denies(403, "ExpiredToken");
            }
        }
    }
}

#[test]
fn a_caller_is_told_who_they_are_and_nobody_else_is_told_anything() {
    let Setting { world, pool, ann: _, anns, guests: _ } = setting();
    let operator = caller(&world, &Credentials::operator());
    operator.fine();
    assert_eq!(operator.element("Arn"), "arn:aws:iam::000000000000:root");
    assert_eq!(operator.element("Account"), "000000000000");
    let (_, ann) = pool.member("ann");
    let arn = caller(&world, &ann).element("Arn");
    assert_eq!(arn, "arn:aws:sts::000000000000:assumed-role/Member/CognitoIdentityCredentials");

    let other = assumed(&assume(&world, &role_arn(MEMBER), &anns, &[]));
    let with = |token: Option<&str>| Credentials { session_token: token.map(str::to_owned), ..ann.clone() };
    let own = ann.session_token.clone().unwrap();
    for (what, by) in [
        ("another key's session token", with(other.session_token.as_deref())),
        ("no session token", with(None)),
        ("a cut session token", with(Some(&own[..own.len() - 4]))),
        (
            "an operator's key with a session token",
            Credentials { session_token: Some(own.clone()), ..Credentials::operator() },
        ),
    ] {
        let answer = caller(&world, &by);
        assert_eq!(
            (answer.status.as_u16(), answer.element("Code").as_str()),
            (403, "InvalidClientTokenId"),
            "{what}: {}",
            answer.text()
        );
    }
    let wrong = Credentials { secret: other.secret.clone(), ..ann.clone() };
    caller(&world, &wrong).denies(403, "SignatureDoesNotMatch");
    world.ask(caller_call()).denies(403, "MissingAuthenticationToken");
    world.ask(sign(caller_call(), &ann, "iam", world.now())).denies(403, "SignatureDoesNotMatch");
    // Whose role is gone still has valid keys, which open nothing more.
    world.iam("DeleteRole", &[("RoleName", MEMBER)]).fine();
    caller(&world, &ann).fine();
}

#[test]
fn what_sts_has_and_we_do_not_is_refused_by_its_name() {
    let Setting { world, pool: _, ann: _, anns, guests: _ } = setting();
    let policy = r#"{"Version":"2012-10-17","Statement":[]}"#;
    for (member, more) in [
        ("Policy", vec![("Policy", policy)]),
        ("PolicyArns", vec![("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess")]),
        ("ProviderId", vec![("ProviderId", "graph.facebook.com")]),
    ] {
        let answer = assume(&world, &role_arn(MEMBER), &anns, &more);
        answer.denies(400, "ValidationError");
        assert!(answer.element("Message").contains(member), "{member}: {}", answer.text());
    }
    for name in ["", "x", "with space", &"x".repeat(65)] {
        let answer = assume(&world, &role_arn(MEMBER), &anns, &[("RoleSessionName", name)]);
        assert_eq!(answer.element("Code"), "ValidationError", "{name}: {}", answer.text());
    }
    for operation in ["AssumeRole", "GetSessionToken", "Nonsense"] {
        let answer = world.sts(operation, &[]);
        answer.denies(400, "UnknownOperationException");
        assert!(answer.element("Message").contains(operation), "{}", answer.text());
    }
}
