//! Sessions under races: one successor, one answer, no way back.

use super::{Answers, everywhere, seeds};
use edge::cache::Cache;
use serde_json::{Value, json};
use std::rc::Rc;
use tests::person::Pool;
use tests::schedule::{Trouble, interleave};
use tests::{Setup, World};

fn rotating(world: &Rc<World>) -> Pool {
    let rotation = json!({
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 },
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
    });
    Pool::with(world, &json!({}), &rotation)
}

fn refresh_token(result: &Value) -> String {
    result["AuthenticationResult"]["RefreshToken"].as_str().unwrap().to_owned()
}

#[test]
fn parallel_refreshes_of_one_token_give_one_successor() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(40, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = rotating(&world);
            pool.person("ann", "ann@example.com");
            let mut token = pool.tokens("ann")["RefreshToken"].as_str().unwrap().to_owned();
            let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
            for round in 0..3 {
                let answers = Answers::default();
                let input = pool.refresh_input(&token);
                let flows = (0..10).map(|n| {
                    answers.noting(n, pool.asking(&isolates[n % 3], "GetTokensFromRefreshToken", &input))
                });
                interleave(&world, seed * 3 + round, trouble, flows.collect());
                let mut successors: Vec<_> =
                    answers.good().iter().map(|(_, a)| refresh_token(&a.json())).collect();
                if trouble.hang_up == 0 {
                    assert_eq!(successors.len(), 10);
                }
                for (_, answer) in answers.all() {
                    assert!(
                        answer.status == 200 || answer.status == 500,
                        "nobody is called a thief: {}",
                        answer.text()
                    );
                }
                successors.sort();
                successors.dedup();
                assert!(successors.len() <= 1);
                // One that was lost to trouble can be asked for again.
                let again = world.idp("GetTokensFromRefreshToken", &input).ok();
                let next = refresh_token(&again);
                assert!(successors.iter().all(|successor| *successor == next));
                token = next;
            }
            assert_eq!(everywhere(&world, "SELECT id FROM family WHERE ended IS NULL").len(), 1);
        });
    }
}

#[test]
fn a_session_that_is_ended_while_others_refresh_stays_ended() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(80, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = rotating(&world);
            pool.person("ann", "ann@example.com");
            let tokens = pool.tokens("ann");
            let first = tokens["RefreshToken"].as_str().unwrap();
            let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let out = json!({ "AccessToken": tokens["AccessToken"] });
            let mut flows = vec![answers.noting(99, pool.asking(&isolates[0], "GlobalSignOut", &out))];
            for n in 0..5 {
                let input = pool.refresh_input(first);
                flows.push(
                    answers.noting(n, pool.asking(&isolates[n % 2], "GetTokensFromRefreshToken", &input)),
                );
            }
            interleave(&world, seed, trouble, flows);
            if answers.good().iter().any(|(n, _)| *n == 99) {
                for token in std::iter::once(first.to_owned()).chain(
                    answers.good().iter().filter(|(n, _)| *n != 99).map(|(_, a)| refresh_token(&a.json())),
                ) {
                    world
                        .idp("GetTokensFromRefreshToken", &pool.refresh_input(&token))
                        .fails("NotAuthorizedException");
                }
                let me = world.idp("GetUser", &out);
                me.fails("NotAuthorizedException");
            }
        });
    }
}

#[test]
fn a_challenge_answered_in_parallel_lets_one_in() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(60, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Pool::new(&world);
            let invite = json!({
                "UserPoolId": pool.id,
                "Username": "ben",
                "TemporaryPassword": "Temporary-horse-1",
                "MessageAction": "SUPPRESS",
            });
            world.operate("AdminCreateUser", &invite).ok();
            let challenge = pool.sign_in("ben", "Temporary-horse-1").ok();
            let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let password = |n: usize| format!("Horse-number-{n}");
            let flows = (0..5).map(|n| {
                let input = json!({
                    "ClientId": pool.client,
                    "ChallengeName": "NEW_PASSWORD_REQUIRED",
                    "Session": challenge["Session"],
                    "ChallengeResponses": { "USERNAME": "ben", "NEW_PASSWORD": password(n) },
                });
                answers.noting(n, pool.asking(&isolates[n % 2], "RespondToAuthChallenge", &input))
            });
            interleave(&world, seed, trouble, flows.collect());
            let good = answers.good();
            assert!(good.len() <= 1);
            assert!(everywhere(&world, "SELECT id FROM family").len() <= 1);
            if let Some((winner, _)) = good.first() {
                pool.sign_in("ben", &password(*winner)).ok();
            }
        });
    }
}
