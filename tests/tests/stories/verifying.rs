//! A contact that is changed, or was never proven, is proven by a code.

use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::Answer;
use tests::person::{PASSWORD, Pool};

struct Account {
    pool: Pool,
    token: Value,
}

impl Account {
    fn of(pool: &Pool, name: &str) -> Self {
        Self { pool: pool.clone(), token: pool.tokens(name)["AccessToken"].clone() }
    }
    fn set(&self, name: &str, value: &str) -> Answer {
        let attributes = json!([{ "Name": name, "Value": value }]);
        let input = json!({ "AccessToken": self.token, "UserAttributes": attributes });
        self.pool.world.idp("UpdateUserAttributes", &input)
    }
    fn ask(&self, name: &str) -> Answer {
        let input = json!({ "AccessToken": self.token, "AttributeName": name });
        self.pool.world.idp("GetUserAttributeVerificationCode", &input)
    }
    fn verify(&self, name: &str, code: &str) -> Answer {
        let input = json!({ "AccessToken": self.token, "AttributeName": name, "Code": code });
        self.pool.world.idp("VerifyUserAttribute", &input)
    }
    /// An attribute as it stands.
    fn get(&self, name: &str) -> Option<String> {
        let got = self.pool.world.idp("GetUser", &json!({ "AccessToken": self.token })).ok();
        let list = got["UserAttributes"].as_array().unwrap();
        let found = list.iter().find(|entry| entry["Name"] == name)?;
        Some(found["Value"].as_str().unwrap().to_owned())
    }
    fn is(&self, email: &str, verified: &str) {
        assert_eq!(self.get("email").as_deref(), Some(email));
        assert_eq!(self.get("email_verified").as_deref(), Some(verified));
    }
}

fn ann(world: &Rc<World>, pool: &Value) -> Account {
    let pool = Pool::with(world, pool, &json!({}));
    pool.person("ann", "ann@example.com");
    Account::of(&pool, "ann")
}

fn forgot(pool: &Pool, name: &str) -> Answer {
    pool.world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": name }))
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[test]
fn a_new_address_is_proven_by_its_code_and_recovers_the_account() {
    let world = World::with_shards(3);
    let ann = ann(&world, &json!({}));
    ann.set("email", "ann@example.org").ok();
    ann.is("ann@example.org", "false");
    forgot(&ann.pool, "ann").fails("InvalidParameterException");
    let code = world.code("ann@example.org");
    ann.verify("email", wrong(&code)).fails("CodeMismatchException");
    ann.verify("phone_number", &code).fails("ExpiredCodeException");
    ann.verify("name", &code).fails("InvalidParameterException");
    assert_eq!(ann.verify("email", &code).ok(), json!({}));
    ann.is("ann@example.org", "true");
    ann.verify("email", &code).fails("ExpiredCodeException");
    let sent = forgot(&ann.pool, "ann").ok();
    assert_eq!(sent["CodeDeliveryDetails"]["Destination"], "a***@e***");
    assert_eq!(world.messages("ann@example.org").len(), 2);
}

#[test]
fn an_address_that_waits_to_be_proven_takes_the_old_ones_place_then() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let deferring = json!({
            "AliasAttributes": ["email"],
            "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
        });
        let ann = ann(&world, &deferring);
        ann.set("email", "ann@example.org").ok();
        ann.is("ann@example.com", "true");
        // The code that is asked for again goes to the one that waits, and the first is none any more.
        let first = world.code("ann@example.org");
        ann.ask("email").ok();
        let second = world.code("ann@example.org");
        if first != second {
            ann.verify("email", &first).fails("CodeMismatchException");
        }
        ann.pool.tokens("ann@example.com");
        ann.verify("email", &second).ok();
        ann.is("ann@example.org", "true");
        ann.pool.tokens("ann@example.org");
        assert_ne!(ann.pool.sign_in("ann@example.com", PASSWORD).status, 200);
        // The old address is anybody's now.
        ann.pool.person("ben", "ann@example.com");
        assert_eq!(ann.pool.user("ann@example.com").ok()["Username"], "ben");
    }
}

#[test]
fn a_proven_address_is_a_name_that_one_has_alone() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let ann = ann(&world, &json!({ "AliasAttributes": ["email"] }));
        ann.pool.person("ben", "ben@example.com");
        ann.set("email", "ben@example.com").ok();
        let taken = world.code("ben@example.com");
        ann.verify("email", wrong(&taken)).fails("CodeMismatchException");
        let refused = ann.verify("email", &taken);
        refused.fails("AliasExistsException");
        assert!(refused.text().contains("given email"), "{}", refused.text());
        ann.is("ben@example.com", "false");
        assert_eq!(ann.pool.user("ben@example.com").ok()["Username"], "ben");
        // Once its owner has left it the same code works.
        world.operate("AdminDeleteUser", &json!({ "UserPoolId": ann.pool.id, "Username": "ben" })).ok();
        ann.verify("email", &taken).ok();
        ann.pool.tokens("ben@example.com");
        // Proving it once more changes nothing.
        ann.ask("email").ok();
        ann.verify("email", &world.code("ben@example.com")).ok();
        ann.is("ben@example.com", "true");
        assert_eq!(ann.pool.user("ben@example.com").ok()["Username"], "ann");
    }
}

#[test]
fn where_addresses_are_usernames_the_one_that_waited_signs_in_once_it_is_proven() {
    for shards in [1, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::with(
            &world,
            &json!({
                "UsernameAttributes": ["email"],
                "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
            }),
            &json!({}),
        );
        pool.person("ann@example.com", "ann@example.com");
        let ann = Account::of(&pool, "ann@example.com");
        ann.set("email", "ann@example.org").ok();
        pool.tokens("ann@example.com");
        ann.verify("email", &world.code("ann@example.org")).ok();
        pool.tokens("ann@example.org");
        pool.user("ann@example.com").fails("UserNotFoundException");
    }
}

/// Else somebody could prove their own address, and have another's stand as proven.
#[test]
fn a_code_proves_no_address_that_came_after_it() {
    let world = World::with_shards(3);
    let ann = ann(&world, &json!({}));
    ann.set("email", "own@example.com").ok();
    let own = world.code("own@example.com");
    ann.set("email", "victim@example.com").ok();
    if own != world.code("victim@example.com") {
        ann.verify("email", &own).fails("CodeMismatchException");
    }
    ann.is("victim@example.com", "false");
    // Nor when the pool has ceased to send codes of itself.
    let code = world.code("victim@example.com");
    world.operate("UpdateUserPool", &json!({ "UserPoolId": ann.pool.id, "AutoVerifiedAttributes": [] })).ok();
    ann.set("email", "other@example.com").ok();
    ann.verify("email", &code).fails("ExpiredCodeException");
    ann.is("other@example.com", "false");
    ann.ask("email").ok();
    ann.set("email", "").ok();
    ann.verify("email", &world.code("other@example.com")).fails("ExpiredCodeException");
    assert_eq!(ann.get("email"), None);
    ann.ask("email").fails("InvalidParameterException");
}

#[test]
fn a_contact_that_no_sign_up_proves_is_proven_by_asking() {
    let world = World::with_shards(3);
    let ann = ann(&world, &json!({}));
    ann.ask("phone_number").fails("InvalidParameterException");
    ann.ask("name").fails("InvalidParameterException");
    ann.set("phone_number", "+15550100001").ok();
    assert_eq!(world.messages("+15550100001").len(), 0);
    let sent = ann.ask("phone_number").ok();
    assert_eq!(
        sent["CodeDeliveryDetails"],
        json!({ "Destination": "+*******0001", "DeliveryMedium": "SMS", "AttributeName": "phone_number" })
    );
    ann.verify("phone_number", &world.code("+15550100001")).ok();
    assert_eq!(ann.get("phone_number_verified").as_deref(), Some("true"));
}

#[test]
fn five_codes_an_hour_are_sent_and_fifteen_answers_looked_at() {
    let world = World::with_shards(3);
    let ann = ann(&world, &json!({}));
    for _ in 0..5 {
        ann.ask("email").ok();
    }
    ann.ask("email").fails("LimitExceededException");
    let code = world.code("ann@example.com");
    for _ in 0..15 {
        ann.verify("email", wrong(&code)).fails("CodeMismatchException");
    }
    ann.verify("email", &code).fails("LimitExceededException");
}

#[test]
fn a_code_is_good_for_a_day_and_only_to_a_session_that_stands() {
    let world = World::with_shards(3);
    let ann = ann(&world, &json!({}));
    ann.set("email", "ann@example.org").ok();
    world.advance(24 * 3600);
    let later = Account::of(&ann.pool, "ann");
    later.verify("email", &world.code("ann@example.org")).fails("ExpiredCodeException");
    later.ask("email").ok();
    world.idp("GlobalSignOut", &json!({ "AccessToken": later.token })).ok();
    later.verify("email", &world.code("ann@example.org")).fails("NotAuthorizedException");
    later.ask("email").fails("NotAuthorizedException");
    let again = Account::of(&ann.pool, "ann");
    world.stop_sending();
    again.ask("email").fails("CodeDeliveryFailureException");
    again.verify("email", &world.code("ann@example.org")).ok();
}
