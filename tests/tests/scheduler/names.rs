//! Two claims to one name never both win, and a name nobody holds can be had.

use super::{Answers, everywhere, seeds};
use edge::cache::Cache;
use serde_json::json;
use std::rc::Rc;
use tests::person::Pool;
use tests::schedule::{Trouble, interleave};
use tests::{Setup, World};

fn holders(world: &World, kind: &str, key: &str) -> Vec<String> {
    everywhere(world, &format!("SELECT sub FROM name WHERE kind = '{kind}' AND key = '{key}'"))
}

/// Each user's names are claimed by that user where the names live.
fn assert_sound(world: &World) {
    let names = everywhere(world, "SELECT kind || ' ' || key || ' ' || sub FROM name");
    let claims = everywhere(world, "SELECT kind || ' ' || key || ' ' || sub FROM claim");
    for name in &names {
        assert!(claims.contains(name), "`{name}` is held without a claim: another could take it");
    }
    let mut keys: Vec<_> = names.iter().map(|name| name.rsplit_once(' ').unwrap().0).collect();
    keys.sort_unstable();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all, "a name has two holders: {names:?}");
    let mut texts = everywhere(world, "SELECT DISTINCT key || ' ' || sub FROM name");
    texts.sort_unstable();
    let same = |pair: &[String]| pair[0].split(' ').next() == pair[1].split(' ').next();
    assert!(!texts.windows(2).any(same), "a text is of two people, in two kinds: {names:?}");
}

fn aliased(world: &Rc<World>) -> Pool {
    let aliases = json!({
        "AliasAttributes": ["email", "preferred_username"],
        "UsernameConfiguration": { "CaseSensitive": false },
    });
    Pool::with(world, &aliases, &json!({}))
}

#[test]
fn of_many_who_sign_up_under_one_name_one_wins() {
    for shards in [1, 3, 8] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(60, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = Pool::new(&world);
                let answers = Answers::default();
                let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
                let flows = (0..8).map(|n| {
                    let name = if n % 2 == 0 { "ann" } else { "Ann" };
                    let input =
                        pool.sign_up_input(name.to_lowercase().as_str(), Some(&format!("{n}@example.com")));
                    answers.noting(n, pool.asking(&isolates[n % 3], "SignUp", &input))
                });
                interleave(&world, seed, trouble, flows.collect());
                world.advance(60);
                let users = everywhere(&world, "SELECT sub FROM user");
                assert!(users.len() <= 1, "{users:?}");
                let good = answers.good();
                assert!(good.len() <= 1);
                for (_, answer) in &good {
                    assert_eq!(answer.json()["UserSub"].as_str(), users.first().map(String::as_str));
                }
                if trouble.hang_up == 0 {
                    assert_eq!((good.len(), answers.all().len()), (1, 8));
                }
                assert_sound(&world);
                // Whatever happened, the name is either somebody's or free.
                let again = pool.sign_up("ann", "late@example.com");
                assert_eq!(again.status == 200, users.is_empty(), "{}", again.text());
            });
        }
    }
}

#[test]
fn of_two_who_prove_one_address_one_has_it_as_a_name() {
    for shards in [1, 3, 8] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(120, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = aliased(&world);
                let names = ["ann", "ben", "cleo"];
                let codes: Vec<_> = names
                    .iter()
                    .map(|name| {
                        pool.sign_up(name, "same@example.com").ok();
                        world.code("same@example.com")
                    })
                    .collect();
                let answers = Answers::default();
                let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
                let flows = (0..6).map(|n| {
                    let input = json!({
                        "ClientId": pool.client,
                        "Username": names[n % 3],
                        "ConfirmationCode": codes[n % 3],
                    });
                    answers.noting(n % 3, pool.asking(&isolates[n % 2], "ConfirmSignUp", &input))
                });
                interleave(&world, seed, trouble, flows.collect());
                world.advance(60);
                assert_sound(&world);
                let holding = holders(&world, "email", "same@example.com");
                let mut winners: Vec<_> = answers.good().iter().map(|(n, _)| *n).collect();
                winners.sort_unstable();
                winners.dedup();
                assert!(winners.len() <= 1, "{winners:?} were both told that they have it");
                if let Some(winner) = winners.first() {
                    assert_eq!(pool.user("same@example.com").ok()["Username"], names[*winner]);
                }
                if trouble.hang_up == 0 {
                    // Contenders may all be told to retry, but what is told is true.
                    assert_eq!(winners.len(), holding.len());
                }
                // An address that nobody holds can be had: nothing half done stands in the way.
                if holding.is_empty() {
                    let late = pool.confirm("ann", &codes[0]);
                    if late.status != 200 {
                        assert_eq!(late.exception(), "LimitExceededException", "{}", late.text());
                    }
                }
                assert_sound(&world);
            });
        }
    }
}

#[test]
fn preferred_names_that_people_swap_and_fight_over_have_one_holder_each() {
    for shards in [1, 3, 8] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(100, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = aliased(&world);
                let people = ["ann", "ben"];
                let tokens: Vec<_> = people
                    .iter()
                    .map(|name| {
                        pool.person(name, &format!("{name}@example.com"));
                        pool.tokens(name)["AccessToken"].clone()
                    })
                    .collect();
                let answers = Answers::default();
                let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
                let wishes = ["sun", "moon", "sun", "moon", "sun", ""];
                let flows = wishes.iter().enumerate().map(|(n, wish)| {
                    let input = json!({
                        "AccessToken": tokens[n % 2],
                        "UserAttributes": [{ "Name": "preferred_username", "Value": wish }],
                    });
                    answers.noting(n, pool.asking(&isolates[n % 2], "UpdateUserAttributes", &input))
                });
                interleave(&world, seed, trouble, flows.collect());
                world.advance(60);
                assert_sound(&world);
                for name in ["sun", "moon"] {
                    let holding = holders(&world, "preferred_username", name);
                    let found = pool.user(name);
                    assert_eq!(found.status == 200, holding.len() == 1, "{name}: {}", found.text());
                }
                // A third may have what nobody has.
                pool.person("cleo", "cleo@example.com");
                let token = pool.tokens("cleo")["AccessToken"].clone();
                for name in ["sun", "moon"] {
                    let free = holders(&world, "preferred_username", name).is_empty();
                    let attributes = json!([{ "Name": "preferred_username", "Value": name }]);
                    let input = json!({ "AccessToken": token, "UserAttributes": attributes });
                    let got = world.idp("UpdateUserAttributes", &input);
                    assert_eq!(got.status == 200, free, "{name}: {}", got.text());
                    assert_sound(&world);
                }
            });
        }
    }
}

#[test]
fn of_those_who_want_one_text_in_different_kinds_one_has_it() {
    for shards in [1, 3, 8] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(100, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = aliased(&world);
                let answers = Answers::default();
                let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
                let mut flows = Vec::new();
                for (n, name) in ["ann", "ben"].into_iter().enumerate() {
                    pool.person(name, &format!("{name}@example.com"));
                    let token = pool.tokens(name)["AccessToken"].clone();
                    for (m, preferred) in ["sun", ["moon", ""][n], "Sun"].into_iter().enumerate() {
                        let attributes = json!([{ "Name": "preferred_username", "Value": preferred }]);
                        let input = json!({ "AccessToken": token, "UserAttributes": attributes });
                        let update = pool.asking(&isolates[m % 2], "UpdateUserAttributes", &input);
                        flows.push(answers.noting(n, update));
                    }
                    let sign_up = pool.sign_up_input(["sun", "moon"][n], None);
                    flows.push(answers.noting(2 + n, pool.asking(&isolates[n], "SignUp", &sign_up)));
                }
                interleave(&world, seed, trouble, flows);
                world.advance(60);
                assert_sound(&world);
                // A third may have what nobody has, in either kind.
                for name in ["sun", "moon"] {
                    let free = ["username", "preferred_username"]
                        .iter()
                        .all(|k| holders(&world, k, name).is_empty());
                    let got = pool.sign_up(name, &format!("{name}@example.com"));
                    assert_eq!(got.status == 200, free, "{name}: {}", got.text());
                    assert_sound(&world);
                }
            });
        }
    }
}

#[test]
fn a_name_whose_holder_leaves_while_others_come_goes_to_one_of_them() {
    for shards in [1, 3, 8] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(80, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = aliased(&world);
                pool.person("ann", "same@example.com");
                let token = pool.tokens("ann")["AccessToken"].clone();
                pool.sign_up("ben", "same@example.com").ok();
                let code = world.code("same@example.com");
                let answers = Answers::default();
                let isolate: Rc<Cache> = Rc::default();
                let leave = json!({ "AccessToken": token });
                let prove = json!({ "ClientId": pool.client, "Username": "ben", "ConfirmationCode": code });
                let again = pool.sign_up_input("ann", Some("new@example.com"));
                let flows = vec![
                    answers.noting(0, pool.asking(&isolate, "DeleteUser", &leave)),
                    answers.noting(1, pool.asking(&isolate, "ConfirmSignUp", &prove)),
                    answers.noting(2, pool.asking(&isolate, "SignUp", &again)),
                    answers.noting(3, pool.asking(&isolate, "ConfirmSignUp", &prove)),
                ];
                interleave(&world, seed, trouble, flows);
                world.advance(60);
                assert_sound(&world);
                let left = answers.good().iter().any(|(n, _)| *n == 0);
                if left && holders(&world, "email", "same@example.com").is_empty() {
                    let late = pool.confirm("ben", &code);
                    assert_eq!(late.status, 200, "{}", late.text());
                    assert_sound(&world);
                }
            });
        }
    }
}
