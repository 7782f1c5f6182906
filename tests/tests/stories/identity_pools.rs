//! Identity pools as operators make and change them.

use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Credentials, IDENTITY, aws, raw};
use tests::federation::{Federation, MEMBER, put_policy, role_arn};
use tests::gate::Fate;
use tests::person::Pool;

#[test]
fn a_pool_is_made_described_given_roles_and_deleted() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let people = Pool::new(&world);
        let tags = json!({ "IdentityPoolTags": { "stage": "test" }, "AllowClassicFlow": false });
        let pool = Federation::bare(&people, &tags);
        let one = json!({ "IdentityPoolId": pool.id });
        let described = world.federate("DescribeIdentityPool", &one).ok();
        let expected = json!({
            "IdentityPoolId": pool.id,
            "IdentityPoolName": "demo",
            "AllowUnauthenticatedIdentities": true,
            "AllowClassicFlow": false,
            "IdentityPoolTags": { "stage": "test" },
            "CognitoIdentityProviders": [
                { "ProviderName": pool.provider, "ClientId": people.client, "ServerSideTokenCheck": false },
            ],
        });
        assert_eq!(described, expected);
        let roles = || world.federate("GetIdentityPoolRoles", &one).ok()["Roles"].clone();
        assert_eq!(roles(), json!({}));
        pool.set_roles(&json!({ "authenticated": role_arn("A"), "unauthenticated": role_arn("B") })).ok();
        assert_eq!(roles(), json!({ "authenticated": role_arn("A"), "unauthenticated": role_arn("B") }));
        // What is set replaces all that was.
        pool.set_roles(&json!({ "authenticated": role_arn("C") })).ok();
        assert_eq!(roles(), json!({ "authenticated": role_arn("C") }));
        let keys =
            world.ask(World::request(http::Method::GET, &format!("/{}/.well-known/jwks.json", pool.id))).ok();
        assert_eq!((&keys["keys"][0]["alg"], &keys["keys"][0]["d"]), (&json!("RS512"), &Value::Null));

        world.federate("DeleteIdentityPool", &one).ok();
        for operation in ["DescribeIdentityPool", "GetIdentityPoolRoles", "DeleteIdentityPool"] {
            world.federate(operation, &one).fails("ResourceNotFoundException");
        }
        pool.set_roles(&json!({})).fails("ResourceNotFoundException");
    }
}

#[test]
fn identity_pools_are_listed_in_pages_and_apart_from_user_pools() {
    let world = World::with_shards(1);
    let people = Pool::new(&world);
    let mut made: Vec<String> = (0..5).map(|_| Federation::bare(&people, &json!({})).id).collect();
    made.sort();
    let (mut listed, mut token, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let ask = json!({ "MaxResults": 2, "NextToken": token });
        let page = world.federate("ListIdentityPools", &ask).ok();
        for pool in page["IdentityPools"].as_array().unwrap() {
            assert_eq!(pool["IdentityPoolName"], "demo");
            listed.push(pool["IdentityPoolId"].as_str().unwrap().to_owned());
        }
        pages += 1;
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!((listed, pages), (made, 3));
    let user_pools = world.operate("ListUserPools", &json!({ "MaxResults": 10 })).ok();
    assert_eq!(user_pools["UserPools"].as_array().map(Vec::len), Some(1));
    let forged = json!({ "MaxResults": 2, "NextToken": "AAAA" });
    world.federate("ListIdentityPools", &forged).fails("InvalidParameterException");
}

#[test]
fn a_deleted_pool_lets_nobody_in_also_when_its_deletion_was_cut_short() {
    for lost in [0, 1, 2, 3] {
        let world = World::with_shards(3);
        let pool = Federation::new(&world);
        pool.people.person("ann", "ann@example.com");
        let login = pool.login("ann");
        let (identity, guest) = (pool.identity(&login), pool.identity(&json!({})));
        let token = pool.token(&identity, &login);
        let one = json!({ "IdentityPoolId": pool.id });
        if lost == 0 {
            world.federate("DeleteIdentityPool", &one).ok();
        } else {
            // The pool is read and says that it ends; what comes after may be lost.
            let mut fates = vec![Fate::Well; lost + 1];
            fates.extend([Fate::LostCommand; 40]);
            world.next_calls(&fates);
            let cut = world.federate("DeleteIdentityPool", &one);
            assert_eq!(cut.status, 500, "{lost}: {}", cut.text());
            world.next_calls(&[]);
            world.advance(60);
        }
        pool.get_id(&login).fails("ResourceNotFoundException");
        pool.get_id(&json!({})).fails("ResourceNotFoundException");
        for operation in ["GetCredentialsForIdentity", "GetOpenIdToken"] {
            pool.ask_for(operation, &identity, &login).fails("ResourceNotFoundException");
            pool.ask_for(operation, &guest, &json!({})).fails("ResourceNotFoundException");
        }
        let who = json!({ "IdentityId": identity });
        world.federate("DescribeIdentity", &who).fails("ResourceNotFoundException");
        let arn = role_arn(MEMBER);
        let assume = [("RoleArn", &*arn), ("RoleSessionName", "web"), ("WebIdentityToken", &token)];
        world.sts("AssumeRoleWithWebIdentity", &assume).denies(400, "InvalidIdentityToken");
        let listed = world.federate("ListIdentityPools", &json!({ "MaxResults": 10 })).ok();
        assert_eq!(listed["IdentityPools"], json!([]), "{lost}");
    }
}

#[test]
fn administering_identity_pools_wants_a_signature_and_a_policy_that_allows_it() {
    let world = World::with_shards(1);
    let pool = Federation::new(&world);
    let other = Federation::bare(&pool.people, &json!({ "IdentityPoolName": "other" }));
    pool.people.person("ann", "ann@example.com");
    let (identity, ann) = pool.member("ann");
    let inputs = [
        ("CreateIdentityPool", json!({ "IdentityPoolName": "x", "AllowUnauthenticatedIdentities": true })),
        ("DescribeIdentityPool", json!({ "IdentityPoolId": pool.id })),
        ("ListIdentityPools", json!({ "MaxResults": 1 })),
        ("DeleteIdentityPool", json!({ "IdentityPoolId": pool.id })),
        ("SetIdentityPoolRoles", json!({ "IdentityPoolId": pool.id, "Roles": {} })),
        ("GetIdentityPoolRoles", json!({ "IdentityPoolId": pool.id })),
        ("DescribeIdentity", json!({ "IdentityId": identity })),
    ];
    let stored = world.objects.dump();
    for (operation, input) in &inputs {
        let unsigned = world.identity(operation, input);
        assert_eq!(unsigned.status, 403, "{operation}");
        unsigned.fails("MissingAuthenticationTokenException");
        world.identity_by(&ann, operation, input).fails("AccessDeniedException");
    }
    assert_eq!(world.objects.dump(), stored);
    let wrong = Credentials { secret: "x".repeat(40), ..Credentials::operator() };
    world.identity_by(&wrong, "ListIdentityPools", &inputs[2].1).fails("InvalidSignatureException");

    let arn = format!("arn:aws:cognito-identity:us-east-1:000000000000:identitypool/{}", pool.id);
    let allow = json!({ "Effect": "Allow", "Action": "cognito-identity:Describe*", "Resource": arn });
    put_policy(&world, MEMBER, "look", &allow);
    world.identity_by(&ann, "DescribeIdentityPool", &inputs[1].1).ok();
    for (operation, input) in [
        ("DescribeIdentityPool", &json!({ "IdentityPoolId": other.id })),
        ("DeleteIdentityPool", &json!({ "IdentityPoolId": pool.id })),
        // An identity is not known by its pool: only whom all pools are open to may ask.
        ("DescribeIdentity", &json!({ "IdentityId": identity })),
    ] {
        world.identity_by(&ann, operation, input).fails("AccessDeniedException");
    }
}

#[test]
fn what_is_not_honoured_is_refused_by_its_name_and_what_changes_nothing_is_taken() {
    let world = World::with_shards(1);
    let pool = Federation::new(&world);
    let guest = pool.identity(&json!({}));
    let create = |member: &str, value: Value| {
        let mut input = json!({ "IdentityPoolName": "x", "AllowUnauthenticatedIdentities": false });
        input[member] = value;
        ("CreateIdentityPool", input)
    };
    let checked = json!([{ "ProviderName": pool.provider, "ClientId": pool.people.client,
                           "ServerSideTokenCheck": true }]);
    let roles = |mappings: Value| {
        let input = json!({ "IdentityPoolId": pool.id, "Roles": {}, "RoleMappings": mappings });
        ("SetIdentityPoolRoles", input)
    };
    let stored = world.objects.dump();
    for (member, (operation, input)) in [
        (
            "SupportedLoginProviders",
            create("SupportedLoginProviders", json!({ "graph.facebook.com": "123" })),
        ),
        ("DeveloperProviderName", create("DeveloperProviderName", json!("login.example"))),
        (
            "OpenIdConnectProviderARNs",
            create("OpenIdConnectProviderARNs", json!(["arn:aws:iam::000000000000:oidc-provider/x"])),
        ),
        (
            "SamlProviderARNs",
            create("SamlProviderARNs", json!(["arn:aws:iam::000000000000:saml-provider/x"])),
        ),
        ("ServerSideTokenCheck", create("CognitoIdentityProviders", checked)),
        ("RoleMappings", roles(json!({ "graph.facebook.com": { "Type": "Token" } }))),
        (
            "CustomRoleArn",
            ("GetCredentialsForIdentity", json!({ "IdentityId": guest, "CustomRoleArn": role_arn(MEMBER) })),
        ),
    ] {
        let answer = world.federate(operation, &input);
        answer.fails("InvalidParameterException");
        assert!(answer.text().contains(member), "{member}: {}", answer.text());
        assert_eq!(world.objects.dump(), stored, "{member} wrote something");
    }
    for (operation, input) in [
        create("SupportedLoginProviders", json!({})),
        create("OpenIdConnectProviderARNs", json!([])),
        create("SamlProviderARNs", json!([])),
        create("DeveloperProviderName", Value::Null),
        roles(json!({})),
        ("GetId", json!({ "IdentityPoolId": pool.id, "AccountId": "000000000000" })),
    ] {
        world.federate(operation, &input).ok();
    }
}

#[test]
fn operations_that_are_not_built_or_do_not_exist_are_named_so() {
    let world = World::with_shards(1);
    let pool = Federation::bare(&Pool::new(&world), &json!({}));
    let stored = world.objects.dump();
    for operation in [
        "UpdateIdentityPool",
        "ListIdentities",
        "DeleteIdentities",
        "UnlinkIdentity",
        "GetOpenIdTokenForDeveloperIdentity",
        "TagResource",
    ] {
        let answer = world.federate(operation, &json!({ "IdentityPoolId": pool.id }));
        answer.fails("UnknownOperationException");
        assert!(answer.text().contains(operation), "{}", answer.text());
    }
    let nonsense = world.federate("GetNonsense", &json!({}));
    nonsense.fails("UnknownOperationException");
    assert!(!nonsense.text().contains("not supported"), "{}", nonsense.text());
    assert_eq!(world.objects.dump(), stored);
}

#[test]
fn bad_input_at_the_identity_door_is_refused_and_writes_nothing() {
    let world = World::with_shards(3);
    let pool = Federation::new(&world);
    let (stored, objects) = (world.objects.dump(), world.objects.addresses());
    let create = |name: &str| json!({ "IdentityPoolName": name, "AllowUnauthenticatedIdentities": true });
    let providers = |count: usize| {
        let provider = json!({ "ProviderName": pool.provider, "ClientId": pool.people.client });
        let mut input = create("many");
        input["CognitoIdentityProviders"] = Value::from(vec![provider; count]);
        input
    };
    let provider = |provider: Value| {
        let mut input = create("one");
        input["CognitoIdentityProviders"] = json!([provider]);
        input
    };
    let (last, rest) = pool.id.chars().next_back().map(|c| (c, &pool.id[..pool.id.len() - 1])).unwrap();
    let bent = format!("{rest}{}", if last == 'a' { 'b' } else { 'a' });
    let elsewhere = pool.id.replace("us-east-1", "eu-west-1");
    let foreign_role = json!({ "authenticated": "arn:aws:iam::111111111111:role/Member" });
    let long = "x".repeat(129);
    for (what, operation, input, exception) in [
        ("a missing member", "CreateIdentityPool", json!({ "IdentityPoolName": "x" }), "ValidationException"),
        ("a wrong type", "CreateIdentityPool", json!({ "IdentityPoolName": 7 }), "SerializationException"),
        ("an over-long name", "CreateIdentityPool", create(&long), "ValidationException"),
        ("a NUL in the name", "CreateIdentityPool", create("a\u{0}b"), "ValidationException"),
        ("51 providers", "CreateIdentityPool", providers(51), "InvalidParameterException"),
        (
            "a provider that is no pool of ours",
            "CreateIdentityPool",
            provider(json!({ "ProviderName": "cognito-idp.us-east-1.amazonaws.com/us-east-1_AAAAAAAAA",
                             "ClientId": "x" })),
            "InvalidParameterException",
        ),
        (
            "a provider without a client",
            "CreateIdentityPool",
            provider(json!({ "ProviderName": pool.provider })),
            "InvalidParameterException",
        ),
        ("a bent pool id", "GetId", json!({ "IdentityPoolId": bent }), "ResourceNotFoundException"),
        ("another region", "GetId", json!({ "IdentityPoolId": elsewhere }), "ResourceNotFoundException"),
        (
            "a pool id for an identity",
            "GetOpenIdToken",
            json!({ "IdentityId": pool.id }),
            "ResourceNotFoundException",
        ),
        ("no id at all", "GetId", json!({ "IdentityPoolId": "x" }), "ValidationException"),
        (
            "a role of another account",
            "SetIdentityPoolRoles",
            json!({ "IdentityPoolId": pool.id, "Roles": foreign_role }),
            "InvalidParameterException",
        ),
        (
            "a role of no kind",
            "SetIdentityPoolRoles",
            json!({ "IdentityPoolId": pool.id, "Roles": { "admin": role_arn(MEMBER) } }),
            "ValidationException",
        ),
        ("a page of 61", "ListIdentityPools", json!({ "MaxResults": 61 }), "ValidationException"),
        ("a page of none", "ListIdentityPools", json!({ "MaxResults": 0 }), "ValidationException"),
    ] {
        let answer = world.federate(operation, &input);
        assert_eq!(answer.exception(), exception, "{what}: {}", answer.text());
        assert_eq!(answer.status, 400, "{what}");
        assert_eq!(world.objects.dump(), stored, "{what} wrote something");
    }
    for body in ["", "{", "[]", "{} {}", r#"{"IdentityPoolId":"\ud800"}"#, "\u{1}"] {
        let answer = world.ask(raw(&format!("{IDENTITY}.GetId"), body.as_bytes().to_vec()));
        assert_eq!(answer.exception(), "SerializationException", "{body:?}: {}", answer.text());
    }
    let huge = world.ask(aws(IDENTITY, "GetId", &json!({ "IdentityPoolId": "x".repeat(600_000) })));
    assert_eq!(huge.status, 413, "{}", huge.text());
    assert_eq!(world.objects.addresses(), objects, "an unchecked name addressed an object");
    let most = world.federate("CreateIdentityPool", &providers(50)).ok();
    assert_eq!(most["CognitoIdentityProviders"].as_array().map(Vec::len), Some(50));
    world.federate("CreateIdentityPool", &create(&"x".repeat(128))).ok();
}

#[test]
fn a_lost_reply_does_not_make_two_pools() {
    let world = World::with_shards(1);
    let people = Pool::new(&world);
    world.next_calls(&[Fate::LostReply, Fate::Well, Fate::LostReply, Fate::Well]);
    let pool = Federation::bare(&people, &json!({}));
    let listed = world.federate("ListIdentityPools", &json!({ "MaxResults": 10 })).ok();
    let ids: Rc<[Value]> =
        listed["IdentityPools"].as_array().unwrap().iter().map(|p| p["IdentityPoolId"].clone()).collect();
    assert_eq!(*ids, [json!(pool.id)]);
}
