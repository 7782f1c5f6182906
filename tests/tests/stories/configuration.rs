//! A change of configuration counts for the very next request, whatever dies meanwhile.

use edge::cache::Cache;
use edge::platform::Platform;
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, IDP, aws, sign};
use tests::gate::Fate;
use tests::person::Pool;

/// A call served by an isolate of its own, whose cache is what it remembered.
fn on(world: &Rc<World>, isolate: &Rc<Cache>, operation: &str, input: &Value) -> Answer {
    let request = sign(aws(IDP, operation, input), &Credentials::operator(), "cognito-idp", world.now());
    let serving = Rc::clone(world).serving(Rc::clone(isolate), request);
    world.run(async { Answer::read(serving.await).await })
}

fn longer(pool: &Pool) -> Value {
    let policy = json!({ "PasswordPolicy": { "MinimumLength": 20 } });
    json!({ "UserPoolId": pool.id, "Policies": policy, "AutoVerifiedAttributes": ["email"] })
}

#[test]
fn a_change_made_on_one_isolate_counts_for_the_next_request_on_another() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::new(&world);
        let other: Rc<Cache> = Rc::default();
        // The other isolate knows the pool as it was.
        on(&world, &other, "SignUp", &pool.sign_up_input("ann", Some("ann@example.com"))).ok();
        world.operate("UpdateUserPool", &longer(&pool)).ok();
        for n in 0..10 {
            let input = pool.sign_up_input(&format!("user{n}"), Some("user@example.com"));
            on(&world, &other, "SignUp", &input).fails("InvalidPasswordException");
        }
    }
}

#[test]
fn a_client_whose_flow_is_switched_off_is_refused_on_every_isolate_at_once() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let other: Rc<Cache> = Rc::default();
    let input = pool.sign_in_input("ann", tests::person::PASSWORD);
    on(&world, &other, "InitiateAuth", &input).ok();
    let update = json!({
        "UserPoolId": pool.id,
        "ClientId": pool.client,
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
    });
    world.operate("UpdateUserPoolClient", &update).ok();
    let refused = on(&world, &other, "InitiateAuth", &input);
    assert_eq!(refused.status, 400, "{}", refused.text());
}

#[test]
fn a_change_whose_teller_dies_is_finished_by_the_pools_own_alarm() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    let other: Rc<Cache> = Rc::default();
    on(&world, &other, "SignUp", &pool.sign_up_input("ann", Some("ann@example.com"))).ok();
    // The pool is read, the change is stored, and no shard can be told.
    let mut fates = vec![Fate::Well; 2];
    fates.extend([Fate::LostCommand; 40]);
    on(&world, &other, "DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
    world.next_calls(&fates);
    let answer = on(&world, &other, "UpdateUserPool", &longer(&pool));
    assert_eq!(answer.status, 500, "{}", answer.text());
    assert!(answer.text().contains("stored"), "the answer says that the write stands: {}", answer.text());
    world.next_calls(&[]);
    world.advance(60);
    let stale: Rc<Cache> = other;
    on(&world, &stale, "SignUp", &pool.sign_up_input("ben", Some("ben@example.com")))
        .fails("InvalidPasswordException");
    let shards = world.objects.addresses().into_iter().filter(|a| a.kind == domain::address::Kind::UserShard);
    for shard in shards {
        let version = world.objects.rows(&shard, "SELECT version FROM meta")[0].integer(0).unwrap();
        assert_eq!(version, 2, "{shard}");
    }
}

#[test]
fn a_pool_that_is_deleted_is_gone_everywhere_also_when_the_deletion_was_cut_short() {
    for lost in [false, true] {
        let world = World::with_shards(3);
        let pool = Pool::new(&world);
        pool.person("ann", "ann@example.com");
        let tokens = pool.tokens("ann");
        if lost {
            let mut fates = vec![Fate::Well; 2];
            fates.extend([Fate::LostCommand; 40]);
            world.next_calls(&fates);
            assert_eq!(world.operate("DeleteUserPool", &json!({ "UserPoolId": pool.id })).status, 500);
            world.next_calls(&[]);
            world.advance(60);
        } else {
            world.operate("DeleteUserPool", &json!({ "UserPoolId": pool.id })).ok();
        }
        world
            .operate("DescribeUserPool", &json!({ "UserPoolId": pool.id }))
            .fails("ResourceNotFoundException");
        pool.sign_in("ann", tests::person::PASSWORD).fails("ResourceNotFoundException");
        let get = world.idp("GetUser", &json!({ "AccessToken": tokens["AccessToken"] }));
        assert_eq!(get.status, 400, "{}", get.text());
        let listed = world.operate("ListUserPools", &json!({ "MaxResults": 10 })).ok();
        assert_eq!(listed["UserPools"], json!([]));
    }
}

#[test]
fn clients_are_made_described_listed_and_deleted() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    let mut ids = vec![pool.client.clone()];
    for n in 0..4 {
        let input =
            json!({ "UserPoolId": pool.id, "ClientName": format!("app{n}"), "GenerateSecret": n % 2 == 0 });
        let made = world.operate("CreateUserPoolClient", &input).ok()["UserPoolClient"].clone();
        let input = json!({ "UserPoolId": pool.id, "ClientId": made["ClientId"] });
        let described = world.operate("DescribeUserPoolClient", &input).ok()["UserPoolClient"].clone();
        assert_eq!(described["ClientSecret"], made["ClientSecret"]);
        assert_eq!(described["ClientSecret"].is_string(), n % 2 == 0);
        ids.push(made["ClientId"].as_str().unwrap().to_owned());
    }
    ids.sort();
    let mut found = Vec::new();
    let mut token = Value::Null;
    loop {
        let mut ask = json!({ "UserPoolId": pool.id, "MaxResults": 2 });
        if !token.is_null() {
            ask["NextToken"] = token;
        }
        let page = world.operate("ListUserPoolClients", &ask).ok();
        found.extend(
            page["UserPoolClients"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| c["ClientId"].as_str().unwrap().to_owned()),
        );
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(found, ids);
    let gone = json!({ "UserPoolId": pool.id, "ClientId": pool.client });
    let mut look = gone.clone();
    look["CSS"] = json!(".label-customizable { font-weight: 400; }");
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    let version = world.operate("SetUICustomization", &look).ok()["UICustomization"]["CSSVersion"].clone();
    let sheet = format!("/_hosted/demo/branding/{}.{}/style.css", pool.client, version.as_str().unwrap());
    // As an isolate sees it that has not read it before.
    let served = || {
        let request = World::request(http::Method::GET, &sheet);
        world.run(Rc::clone(&world).serving(Rc::default(), request)).status.as_u16()
    };
    assert_eq!(served(), 200);
    world.operate("DeleteUserPoolClient", &gone).ok();
    assert_eq!(served(), 404, "its look goes with it");
    world.operate("DescribeUserPoolClient", &gone).fails("ResourceNotFoundException");
    pool.sign_up("ann", "ann@example.com").fails("ResourceNotFoundException");
}

#[test]
fn a_change_is_no_reason_to_send_anybody_away_at_the_token_endpoint_or_a_page() {
    let world = World::with_shards(3);
    let oauth = json!({
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": ["https://app.example/back"],
        "SupportedIdentityProviders": ["COGNITO"],
    });
    let pool = Pool::with(&world, &json!({}), &oauth);
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.person("ann", "ann@example.com");
    let refresh = pool.tokens("ann")["RefreshToken"].as_str().unwrap().to_owned();
    let other: Rc<Cache> = Rc::default();
    let token = || {
        let mut request = tests::call::form(&[
            ("grant_type", "refresh_token"),
            ("client_id", &pool.client),
            ("refresh_token", &refresh),
        ]);
        request.target = "/_hosted/demo/oauth2/token".into();
        let serving = Rc::clone(&world).serving(Rc::clone(&other), request);
        world.run(async { Answer::read(serving.await).await })
    };
    for round in 0..3 {
        token().ok();
        let name = json!({ "UserPoolId": pool.id, "UserPoolTags": { "round": round.to_string() } });
        world.operate("UpdateUserPool", &name).ok();
        token().ok();
    }
    // What a change brings is there at once: a token that rotates.
    let without = json!({ "UserPoolId": pool.id, "ClientId": pool.client,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 0 } });
    world.operate("UpdateUserPoolClient", &without).ok();
    let rotated = token();
    assert!(rotated.ok()["refresh_token"].is_string(), "{}", rotated.text());
}
