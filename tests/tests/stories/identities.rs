//! Identities: whom a login or nobody's word makes, and what they get.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use edge::cache::Cache;
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use tests::call::{Answer, IDENTITY, aws};
use tests::federation::{Federation, GUEST, MEMBER, role, role_arn, trust};
use tests::person::Pool;
use tests::site::claims;
use tests::{Setup, World};

const GETTING: [&str; 2] = ["GetCredentialsForIdentity", "GetOpenIdToken"];

/// Who has credentials: the ARN that STS tells.
fn arn_of(federation: &Federation, identity: &str, logins: &Value) -> String {
    let credentials = federation.credentials(identity, logins);
    let world = &federation.people.world;
    let call = tests::call::form(&[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")]);
    world.ask(world.signed(call, &credentials, "sts")).fine().element("Arn")
}

#[test]
fn a_person_has_one_identity_however_they_come_and_nobody_else_has_it() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Federation::new(&world);
        let mut identities = BTreeSet::new();
        for n in 0..5 {
            let name = format!("person{n}");
            pool.people.person(&name, &format!("{name}@example.com"));
            let login = pool.login(&name);
            let identity = pool.identity(&login);
            assert_eq!(pool.identity(&login), identity);
            world.advance(10);
            assert_eq!(pool.identity(&pool.login(&name)), identity, "by a later token");
            // The issuer's own form is another spelling of the same provider.
            let own = format!("localhost:8787/{}", pool.people.id);
            let token = &login[&pool.provider];
            assert_eq!(pool.identity(&json!({ own.as_str(): token })), identity);
            assert_eq!(
                pool.identity(&json!({ own.as_str(): token, pool.provider.as_str(): token })),
                identity
            );
            let described = world.federate("DescribeIdentity", &json!({ "IdentityId": identity })).ok();
            assert_eq!(described["Logins"], json!([pool.provider]));
            assert_eq!(pool.ask_for(GETTING[0], &identity, &login).ok()["IdentityId"], identity);
            assert!(identities.insert(identity), "two people have one identity");
        }
        // In another identity pool the same person is another identity.
        let other = Federation::bare(&pool.people, &json!({}));
        assert!(!identities.contains(&other.identity(&other.login("person0"))));
    }
}

#[test]
fn each_guest_is_somebody_new_and_comes_only_where_guests_may() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Federation::new(&world);
        let guests: BTreeSet<String> = (0..6).map(|_| pool.identity(&json!({}))).collect();
        assert_eq!(guests.len(), 6);
        for guest in &guests {
            let described = world.federate("DescribeIdentity", &json!({ "IdentityId": guest })).ok();
            assert_eq!(described["Logins"], Value::Null);
            pool.credentials(guest, &json!({}));
        }
        let closed = Federation::bare(&pool.people, &json!({ "AllowUnauthenticatedIdentities": false }));
        let stored = world.objects.dump();
        let answer = closed.get_id(&json!({}));
        answer.fails("NotAuthorizedException");
        assert!(answer.text().contains("Unauthenticated access is not supported"), "{}", answer.text());
        assert_eq!(world.objects.dump(), stored);
        // People are let in there all the same.
        pool.people.person("ann", "ann@example.com");
        closed.identity(&closed.login("ann"));
    }
}

#[test]
fn an_identity_is_opened_by_its_own_login_and_by_nothing_less() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    for name in ["ann", "ben"] {
        pool.people.person(name, &format!("{name}@example.com"));
    }
    let (ann, ben) = (pool.login("ann"), pool.login("ben"));
    let (anns, guest) = (pool.identity(&ann), pool.identity(&json!({})));
    let bens = pool.identity(&ben);
    let stored = world.objects.dump();
    for operation in GETTING {
        for (what, identity, logins, words) in [
            ("nobody's word", &anns, &json!({}), "is forbidden"),
            ("another's login", &anns, &ben, "Logins don't match"),
            ("another's identity", &bens, &ann, "Logins don't match"),
        ] {
            let answer = pool.ask_for(operation, identity, logins);
            answer.fails("NotAuthorizedException");
            assert!(answer.text().contains(words), "{what}: {}", answer.text());
        }
        // A guest does not become a person: linking is refused by its name.
        let linking = pool.ask_for(operation, &guest, &ann);
        linking.fails("InvalidParameterException");
        assert!(linking.text().contains("Logins"), "{}", linking.text());
    }
    assert_eq!(world.objects.dump(), stored);
}

/// A token with a letter of one part changed: 0 header, 1 claims, 2 signature.
fn bent(token: &str, part: usize) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let middle = parts[part].len() / 2;
    let swapped = if parts[part].as_bytes()[middle] == b'A' { "B" } else { "A" };
    parts[part].replace_range(middle..=middle, swapped);
    parts.join(".")
}

#[test]
fn tokens_that_prove_nothing_here_open_no_identity_and_make_none() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let tokens = pool.people.tokens("ann");
    let id_token = tokens["IdToken"].as_str().unwrap().to_owned();
    let identity = pool.identity(&pool.proof(&json!(id_token)));
    // Another client of the same pool, another pool of this deployment, and another deployment.
    let client = json!({ "UserPoolId": pool.people.id, "ClientName": "other",
                         "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
    let made = world.operate("CreateUserPoolClient", &client).ok();
    let other_client =
        Pool { client: made["UserPoolClient"]["ClientId"].as_str().unwrap().into(), ..pool.people.clone() };
    let stranger = Pool::new(&world);
    stranger.person("ann", "ann@example.com");
    let far = World::new(Setup { seed: 2, shards: 3 });
    let far = Pool::new(&far);
    far.person("ann", "ann@example.com");
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    let claims_of = |token: &str| token.split('.').nth(1).unwrap().to_owned();
    let parts: Vec<&str> = id_token.split('.').collect();
    let strangers = stranger.tokens("ann")["IdToken"].as_str().unwrap().to_owned();
    let cases = [
        ("no token", "nonsense".to_owned()),
        ("an access token", tokens["AccessToken"].as_str().unwrap().to_owned()),
        ("a refresh token", tokens["RefreshToken"].as_str().unwrap().to_owned()),
        ("a header bent", bent(&id_token, 0)),
        ("claims bent", bent(&id_token, 1)),
        ("a signature bent", bent(&id_token, 2)),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("alg none", format!("{none}.{}.", parts[1])),
        ("another's claims", format!("{}.{}.{}", parts[0], claims_of(&strangers), parts[2])),
        ("another client's token", other_client.tokens("ann")["IdToken"].as_str().unwrap().to_owned()),
        ("another pool's token", strangers.clone()),
        ("another deployment's token", far.tokens("ann")["IdToken"].as_str().unwrap().to_owned()),
    ];
    let stored = world.objects.dump();
    let refuse = |what: &str, logins: &Value, words: &str| {
        let mut answers = vec![pool.get_id(logins)];
        answers.extend(GETTING.map(|operation| pool.ask_for(operation, &identity, logins)));
        for answer in answers {
            assert_eq!(answer.exception(), "NotAuthorizedException", "{what}: {}", answer.text());
            assert!(answer.text().contains(words), "{what}: {}", answer.text());
        }
        assert_eq!(world.objects.dump(), stored, "{what} wrote something");
    };
    for (what, token) in &cases {
        let words = match *what {
            "no token" | "an access token" | "a refresh token" => {
                "Not a valid OpenId Connect identity token."
            }
            "another client's token" => "Incorrect token audience.",
            "another pool's token" => "Issuer doesn't match providerName",
            _ => "",
        };
        refuse(what, &pool.proof(&json!(token)), &format!("Invalid login token. {words}"));
    }
    let foreign = format!("cognito-idp.us-east-1.amazonaws.com/{}", stranger.id);
    for (what, provider) in [
        ("a pool that is not a provider here", foreign.as_str()),
        ("a provider nobody has", "graph.facebook.com"),
        (
            "the provider at another host",
            &pool.provider.replace("us-east-1.amazonaws", "eu-west-1.amazonaws"),
        ),
    ] {
        let token = if provider == foreign { &strangers } else { &id_token };
        refuse(what, &json!({ provider: token }), "not from a supported provider");
    }
    // One good login does not carry a bad one.
    let both = json!({ pool.provider.as_str(): id_token, foreign.as_str(): strangers });
    refuse("a good and a bad one", &both, "not from a supported provider");
    world.advance(3600 + 60);
    refuse("an expired one", &pool.proof(&json!(id_token)), "Token expired");
}

#[test]
fn a_user_pool_that_is_gone_vouches_for_nobody() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let login = pool.login("ann");
    let identity = pool.identity(&login);
    world.operate("DeleteUserPool", &json!({ "UserPoolId": pool.people.id })).ok();
    pool.get_id(&login).fails("NotAuthorizedException");
    for operation in GETTING {
        pool.ask_for(operation, &identity, &login).fails("NotAuthorizedException");
    }
    // Guests never needed it.
    pool.identity(&json!({}));
}

#[test]
fn a_login_holds_until_its_token_expires_whatever_becomes_of_the_person() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let login = pool.login("ann");
    let identity = pool.identity(&login);
    let who = json!({ "UserPoolId": pool.people.id, "Username": "ann" });
    world.operate("AdminDisableUser", &who).ok();
    pool.credentials(&identity, &login);
    world.operate("AdminDeleteUser", &who).ok();
    pool.credentials(&identity, &login);
    world.advance(3600 + 60);
    pool.ask_for(GETTING[0], &identity, &login).fails("NotAuthorizedException");
}

#[test]
fn credentials_are_of_the_pools_role_for_the_kind_and_live_an_hour() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let login = pool.login("ann");
    let (ann, guest) = (pool.identity(&login), pool.identity(&json!({})));
    let session =
        |role: &str| format!("arn:aws:sts::000000000000:assumed-role/{role}/CognitoIdentityCredentials");
    assert_eq!(arn_of(&pool, &ann, &login), session(MEMBER));
    assert_eq!(arn_of(&pool, &guest, &json!({})), session(GUEST));
    let answer = pool.ask_for(GETTING[0], &ann, &login).ok();
    assert_eq!(answer["Credentials"]["Expiration"], tests::world::START + 3600);
    let key = |answer: &Value| answer["Credentials"]["AccessKeyId"].as_str().unwrap().to_owned();
    let again = pool.ask_for(GETTING[0], &ann, &login).ok();
    assert_ne!(key(&answer), key(&again), "each time a key of its own");
}

#[test]
fn a_pool_whose_role_is_missing_gone_or_does_not_trust_it_gives_no_credentials() {
    let world = World::with_shards(1);
    let pool = Federation::new(&world);
    let other = Federation::bare(&pool.people, &json!({}));
    pool.people.person("ann", "ann@example.com");
    let login = pool.login("ann");
    let identity = pool.identity(&login);
    let arn = |name: &str, trust: &Value| role(&world, name, trust);
    let loose = json!({
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": "*" } },
    });
    for (what, role) in [
        ("no role", None),
        ("a role that never was", Some(role_arn("Nobody"))),
        ("a role for another pool", Some(arn("Elsewhere", &trust(&other.id, "authenticated")))),
        ("a role for guests", Some(role_arn(GUEST))),
        ("a role to be assumed otherwise", Some(arn("Loose", &loose))),
    ] {
        pool.set_roles(&role.map_or_else(|| json!({}), |arn| json!({ "authenticated": arn }))).ok();
        let answer = pool.ask_for(GETTING[0], &identity, &login);
        assert_eq!(answer.exception(), "InvalidIdentityPoolConfigurationException", "{what}");
    }
    pool.set_roles(&json!({ "authenticated": role_arn(MEMBER) })).ok();
    pool.credentials(&identity, &login);
    world.iam("DeleteRole", &[("RoleName", MEMBER)]).fine();
    pool.ask_for(GETTING[0], &identity, &login).fails("InvalidIdentityPoolConfigurationException");
}

#[test]
fn a_change_of_roles_counts_for_the_very_next_credentials_on_every_isolate() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Federation::new(&world);
        let guest = pool.identity(&json!({}));
        let other: Rc<Cache> = Rc::default();
        let on_other = || -> Answer {
            let input = json!({ "IdentityId": guest });
            world.run(world.asking(&other, aws(IDENTITY, GETTING[0], &input)))
        };
        on_other().ok();
        pool.set_roles(&json!({ "authenticated": role_arn(MEMBER) })).ok();
        on_other().fails("InvalidIdentityPoolConfigurationException");
        pool.set_roles(&json!({ "unauthenticated": role_arn(GUEST) })).ok();
        on_other().ok();
    }
}

#[test]
fn an_open_id_token_says_who_is_meant_for_ten_minutes_and_is_proved_by_the_published_key() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let tokens = pool.people.tokens("ann");
    let login = pool.proof(&tokens["IdToken"]);
    let identity = pool.identity(&login);
    let token = pool.token(&identity, &login);
    let said = claims(&json!(token));
    let sub = claims(&tokens["IdToken"])["sub"].clone();
    let method = format!("{}:CognitoSignIn:{}", pool.provider, sub.as_str().unwrap());
    let now = tests::world::START;
    let expected = json!({
        "sub": identity, "aud": pool.id, "iss": "https://cognito-identity.amazonaws.com",
        "amr": ["authenticated", pool.provider, method], "iat": now, "exp": now + 600,
    });
    assert_eq!(said, expected);
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    let keys = world.ask(World::request(Method::GET, &format!("/{}/.well-known/jwks.json", pool.id))).ok();
    assert_eq!((&header["alg"], &header["kid"]), (&keys["keys"][0]["alg"], &keys["keys"][0]["kid"]));
    let jwk: domain::jose::Jwk = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    let key = domain::jose::PublicKey::from_jwk(&jwk).unwrap();
    let verifier = domain::jose::native::Keys::with_pregenerated();
    let unverified = domain::jose::Unverified::parse(&token).unwrap();
    assert!(world.run(unverified.verify(&verifier, &key)).is_ok());

    let guest = pool.identity(&json!({}));
    let said = claims(&json!(pool.token(&guest, &json!({}))));
    assert_eq!((&said["sub"], &said["amr"]), (&json!(guest), &json!(["unauthenticated"])));
    let modern = Federation::bare(&pool.people, &json!({ "AllowClassicFlow": false }));
    let guest = modern.identity(&json!({}));
    let refused = modern.ask_for(GETTING[1], &guest, &json!({}));
    refused.fails("InvalidParameterException");
    assert!(refused.text().contains("classic"), "{}", refused.text());
}

#[test]
fn identities_that_were_never_ours_touch_no_object() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    let guest = pool.identity(&json!({}));
    let objects = world.objects.addresses();
    let mut changed = guest.clone();
    // A digit within the uuid's chance.
    changed.replace_range(20..21, if &guest[20..21] == "0" { "1" } else { "0" });
    let (_, uuid) = guest.split_once(':').unwrap();
    for identity in [changed, format!("eu-west-1:{uuid}")] {
        for operation in GETTING {
            pool.ask_for(operation, &identity, &json!({})).fails("ResourceNotFoundException");
        }
        let who = json!({ "IdentityId": identity });
        world.federate("DescribeIdentity", &who).fails("ResourceNotFoundException");
    }
    assert_eq!(world.objects.addresses(), objects);
}
