//! How often something may be asked or tried.

use domain::sigv4::{Content, Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, IDENTITY, IDP, aws, sign_as, signer};
use tests::person::{PASSWORD, Pool};
use tests::world::START;

fn set(pool: &Pool, token: &Value, name: &str, value: &str) -> Answer {
    let attributes = json!([{ "Name": name, "Value": value }]);
    pool.world.idp("UpdateUserAttributes", &json!({ "AccessToken": token, "UserAttributes": attributes }))
}

#[test]
fn five_codes_for_a_new_address_are_sent_an_hour() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    let sent = |n: u32| world.messages(&format!("ann{n}@example.com")).len();
    for n in 0..5 {
        set(&pool, &token, "email", &format!("ann{n}@example.com")).ok();
        assert_eq!(sent(n), 1);
    }
    for n in 5..8 {
        set(&pool, &token, "email", &format!("ann{n}@example.com")).fails("LimitExceededException");
        assert_eq!(sent(n), 0);
    }
    let now = pool.user("ann").ok();
    assert!(now.to_string().contains("ann4@example.com"), "what was refused changed nothing: {now}");
    set(&pool, &token, "nickname", "A").ok();
    world.advance(3600);
    let token = pool.tokens("ann")["AccessToken"].clone();
    set(&pool, &token, "email", "ann9@example.com").ok();
}

#[test]
fn five_wrong_passwords_an_hour_are_looked_at_in_changing_one() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    let change = |token: &Value, old: &str, new: &str| {
        let input = json!({ "AccessToken": token, "PreviousPassword": old, "ProposedPassword": new });
        world.idp("ChangePassword", &input)
    };
    for _ in 0..4 {
        change(&token, "Wrong-horse-7", "Another-horse-8").fails("NotAuthorizedException");
    }
    // Who knows the password has shown that they were not guessing.
    change(&token, PASSWORD, "Another-horse-8").ok();
    for _ in 0..5 {
        change(&token, "Wrong-horse-7", PASSWORD).fails("NotAuthorizedException");
    }
    world.advance(1800);
    for old in ["Wrong-horse-7", "Another-horse-8"] {
        let refused = change(&token, old, PASSWORD);
        refused.fails("LimitExceededException");
        assert!(refused.text().contains("Attempt limit exceeded, please try after some time."));
    }
    pool.sign_in("ann", "Another-horse-8").ok();
    world.advance(1800);
    let tokens = pool.sign_in("ann", "Another-horse-8").ok()["AuthenticationResult"].clone();
    change(&tokens["AccessToken"], "Another-horse-8", PASSWORD).ok();
}

#[test]
fn somebody_who_is_locked_out_cannot_try_a_change_instead() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].clone();
    for _ in 0..5 {
        pool.sign_in("ann", "Wrong-horse-7").fails("NotAuthorizedException");
    }
    let input =
        json!({ "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": "Another-horse-8" });
    world.idp("ChangePassword", &input).fails("LimitExceededException");
}

/// A call by the operator, signed for a region.
fn in_region(
    world: &Rc<World>,
    region: &str,
    (api, service): (&str, &str),
    name: &str,
    input: &Value,
) -> Answer {
    let request = aws(api, name, input);
    let operator = Credentials::operator();
    let signer = Signer { region, ..signer(&operator, service, START) };
    let content = Content::Sha256(Sha256::digest(input.to_string()).into());
    world.ask(sign_as(request, &signer, content))
}

const POOLS: (&str, &str) = (IDP, "cognito-idp");
const IDENTITIES: (&str, &str) = (IDENTITY, "cognito-identity");

#[test]
fn a_list_has_the_pools_of_the_region_that_was_asked() {
    let world = World::with_shards(1);
    for region in ["us-east-1", "eu-west-1"] {
        for n in 0..3 {
            let name = json!({ "PoolName": format!("{region}-{n}") });
            in_region(&world, region, POOLS, "CreateUserPool", &name).ok();
        }
    }
    for region in ["us-east-1", "eu-west-1", "eu-west-2"] {
        let mut names = Vec::new();
        let mut token = Value::Null;
        loop {
            let mut ask = json!({ "MaxResults": 2 });
            if !token.is_null() {
                ask["NextToken"] = token;
            }
            let page = in_region(&world, region, POOLS, "ListUserPools", &ask).ok();
            names.extend(page["UserPools"].as_array().unwrap().iter().map(|pool| pool["Name"].clone()));
            token = page["NextToken"].clone();
            if token.is_null() {
                break;
            }
        }
        assert!(names.iter().all(|name| name.as_str().unwrap().starts_with(region)), "{region}: {names:?}");
        assert_eq!(names.len(), if region == "eu-west-2" { 0 } else { 3 });
    }
}

#[test]
fn a_pool_is_there_in_its_own_region_only() {
    let world = World::with_shards(1);
    let made = in_region(&world, "eu-west-1", POOLS, "CreateUserPool", &json!({ "PoolName": "people" })).ok();
    let users = json!({ "UserPoolId": made["UserPool"]["Id"] });
    let input = json!({ "IdentityPoolName": "photos", "AllowUnauthenticatedIdentities": true });
    let made = in_region(&world, "eu-west-1", IDENTITIES, "CreateIdentityPool", &input).ok();
    let photos = json!({ "IdentityPoolId": made["IdentityPoolId"] });
    // Who is not signed in names no region.
    let guest = world.identity("GetId", &photos).ok();
    for (api, name, input) in [
        (POOLS, "DescribeUserPool", &users),
        (POOLS, "ListUsers", &users),
        (IDENTITIES, "DescribeIdentityPool", &photos),
        (IDENTITIES, "DescribeIdentity", &guest),
        (IDENTITIES, "DeleteIdentityPool", &photos),
        (POOLS, "DeleteUserPool", &users),
    ] {
        in_region(&world, "us-east-1", api, name, input).fails("ResourceNotFoundException");
        in_region(&world, "eu-west-1", api, name, input).ok();
    }
}

#[test]
fn the_texts_of_links_are_kept_for_the_day_that_links_are_sent() {
    let world = World::with_shards(1);
    let template = json!({ "EmailMessageByLink": "Click {##here##}", "EmailSubjectByLink": "Your link" });
    let pool = Pool::with(&world, &json!({ "VerificationMessageTemplate": template }), &json!({}));
    let described = world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
    let kept = &described["UserPool"]["VerificationMessageTemplate"];
    for name in ["EmailMessageByLink", "EmailSubjectByLink"] {
        assert_eq!(kept[name], template[name]);
    }
}
