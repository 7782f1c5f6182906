//! The token endpoint under races: a code is used once, and a refresh token has one successor at both doors.

use super::{Answers, everywhere, seeds};
use edge::cache::Cache;
use serde_json::json;
use std::rc::Rc;
use tests::browser::Browser;
use tests::person::Pool;
use tests::schedule::{Trouble, interleave};
use tests::site::{code, pool_in, posted, redeem, redemption, token, user_info};
use tests::{Setup, World};

/// A site with ada in it, who holds a code.
fn with_code(world: &Rc<World>) -> (Pool, String) {
    let pool = pool_in(world, &json!({}));
    pool.person("ada", "ada@example.com");
    let code = code(&Browser::new(world), &pool);
    (pool, code)
}

#[test]
fn a_code_redeemed_by_many_at_once_gives_tokens_once_and_the_rest_end_them() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(60, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let (pool, code) = with_code(&world);
            let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let flows = (0..6).map(|n| {
                let request = posted("/oauth2/token", &redemption(&pool, &code));
                answers.noting(n, world.asking(&isolates[n % 3], request))
            });
            interleave(&world, seed, trouble, flows.collect());
            let good = answers.good();
            assert!(good.len() <= 1, "{} had tokens of one code", good.len());
            for (_, answer) in answers.all() {
                let refused = answer.status == 400 && answer.json()["error"] == "invalid_grant";
                let ours = answer.status == 500 || answer.status == 503;
                assert!(
                    answer.status == 200 || refused || (ours && trouble.hang_up > 0),
                    "{}",
                    answer.text()
                );
            }
            let families = everywhere(&world, "SELECT id FROM family");
            assert!(families.len() <= 1, "{families:?}");
            if trouble.hang_up == 0 {
                assert_eq!((good.len(), answers.all().len(), families.len()), (1, 6, 1));
            }
            // Whoever comes now is late, and what the code gave is over.
            assert_eq!(redeem(&pool, &code).status == 200, families.is_empty());
            if !families.is_empty() {
                assert_eq!(everywhere(&world, "SELECT id FROM family WHERE ended IS NULL"), [""; 0]);
            }
            for (_, answer) in good {
                let tokens = answer.json();
                let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
                assert_eq!(user_info(&pool, &text("access_token")).status, 401);
                let refreshed = token(
                    &pool,
                    &[("grant_type", "refresh_token"), ("refresh_token", &text("refresh_token"))],
                );
                assert_eq!(refreshed.json()["error"], "invalid_grant");
            }
        });
    }
}

#[test]
fn a_stolen_code_without_its_verifier_spoils_the_race_and_wins_nothing() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(40, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let (pool, code) = with_code(&world);
            let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let wrong = "w".repeat(43);
            let flows = (0..4).map(|n| {
                let mut fields = redemption(&pool, &code);
                if n > 0 {
                    fields[4].1 = &wrong;
                }
                answers.noting(n, world.asking(&isolates[n % 2], posted("/oauth2/token", &fields)))
            });
            interleave(&world, seed, trouble, flows.collect());
            let good: Vec<usize> = answers.good().iter().map(|(n, _)| *n).collect();
            assert!(good.is_empty() || good == [0], "{good:?}");
            // Once anybody was told of it, the code is spent; and whoever comes late ends what it gave.
            let told = answers.all().iter().any(|(_, answer)| answer.status == 200 || answer.status == 400);
            assert!(told || trouble.hang_up > 0);
            if told {
                assert_eq!(redeem(&pool, &code).json()["error"], "invalid_grant");
                assert_eq!(everywhere(&world, "SELECT id FROM family WHERE ended IS NULL"), [""; 0]);
            }
        });
    }
}

#[test]
fn refreshes_at_the_token_endpoint_and_at_the_api_give_one_successor() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(40, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let rotation = json!({
                "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 },
                "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
            });
            let pool = pool_in(&world, &rotation);
            pool.person("ada", "ada@example.com");
            let mut current = pool.tokens("ada")["RefreshToken"].as_str().unwrap().to_owned();
            let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
            for round in 0..2 {
                let answers = Answers::default();
                let input = pool.refresh_input(&current);
                let fields = [
                    ("client_id", pool.client.as_str()),
                    ("grant_type", "refresh_token"),
                    ("refresh_token", current.as_str()),
                ];
                let flows = (0..8).map(|n| {
                    let isolate = &isolates[n % 3];
                    if n % 2 == 0 {
                        answers.noting(n, world.asking(isolate, posted("/oauth2/token", &fields)))
                    } else {
                        answers.noting(n, pool.asking(isolate, "GetTokensFromRefreshToken", &input))
                    }
                });
                interleave(&world, seed * 2 + round, trouble, flows.collect());
                let successor = |n: usize, answer: &tests::call::Answer| {
                    let json = answer.json();
                    let token = if n.is_multiple_of(2) {
                        &json["refresh_token"]
                    } else {
                        &json["AuthenticationResult"]["RefreshToken"]
                    };
                    token.as_str().unwrap().to_owned()
                };
                let mut successors: Vec<String> =
                    answers.good().iter().map(|(n, answer)| successor(*n, answer)).collect();
                if trouble.hang_up == 0 {
                    assert_eq!(successors.len(), 8);
                }
                for (_, answer) in answers.all() {
                    let told = answer.status.as_u16();
                    assert!([200, 500, 503].contains(&told), "nobody is called a thief: {}", answer.text());
                }
                successors.sort();
                successors.dedup();
                assert!(successors.len() <= 1, "{successors:?}");
                let next = successor(0, &token(&pool, &fields[1..]));
                assert!(successors.iter().all(|successor| *successor == next));
                assert_ne!(next, current);
                current = next;
            }
            assert_eq!(everywhere(&world, "SELECT id FROM family WHERE ended IS NULL").len(), 1);
        });
    }
}
