//! Identities under races: a login has one identity, and a pool that is gone admits nobody.

use super::{Answers, of_kind, operating, over, seeds};
use domain::address::Kind;
use domain::jose::LocalBoxFuture;
use edge::cache::Cache;
use serde_json::{Value, json};
use std::rc::Rc;
use tests::call::{Answer, IDENTITY, aws};
use tests::federation::{Federation, GUEST, role_arn};
use tests::schedule::{Trouble, interleave};
use tests::{Setup, World};

/// The API, and what signatures call it.
const API: (&str, &str) = (IDENTITY, "cognito-identity");

fn asking(
    world: &Rc<World>,
    isolate: &Rc<Cache>,
    operation: &str,
    input: &Value,
) -> impl Future<Output = Answer> + use<> {
    world.asking(isolate, aws(IDENTITY, operation, input))
}

#[test]
fn a_login_that_comes_many_times_at_once_has_one_identity() {
    for (shards, count) in [(1, 20), (3, 50), (8, 20)] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(count, |seed| {
                let world = World::new(Setup { seed, shards });
                let pool = Federation::new(&world);
                let people = ["ann", "ben"];
                let logins = people.map(|name| {
                    pool.people.person(name, &format!("{name}@example.com"));
                    pool.login(name)
                });
                let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
                let answers = Answers::default();
                let flows = (0..12).map(|n| {
                    let input = json!({ "IdentityPoolId": pool.id, "Logins": logins[n % 2] });
                    answers.noting(n, asking(&world, &isolates[n % 3], "GetId", &input))
                });
                interleave(&world, seed, trouble, flows.collect());
                let settled = [pool.identity(&logins[0]), pool.identity(&logins[1])];
                assert_ne!(settled[0], settled[1]);
                for (n, answer) in answers.good() {
                    assert_eq!(answer.json()["IdentityId"], settled[n % 2]);
                }
                if trouble.hang_up == 0 {
                    assert_eq!(answers.good().len(), 12);
                }
                let mut identities = over(&world, Kind::IdentityShard, "SELECT id FROM identity");
                identities.sort();
                let mut expected = settled.to_vec();
                expected.sort();
                assert_eq!(identities, expected, "an identity that is nobody's");
                for table in ["login", "login_claim"] {
                    let select = format!("SELECT subject FROM {table}");
                    assert_eq!(over(&world, Kind::IdentityShard, &select).len(), 2, "{table}");
                }
                for (identity, login) in settled.iter().zip(&logins) {
                    pool.credentials(identity, login);
                }
            });
        }
    }
}

#[test]
fn once_guests_have_no_role_no_isolate_gives_them_credentials() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(60, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Federation::new(&world);
            let guest = pool.identity(&json!({}));
            let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
            let input = json!({ "IdentityId": guest });
            for isolate in &isolates {
                world.run(asking(&world, isolate, "GetCredentialsForIdentity", &input)).ok();
            }
            let done = Rc::new(std::cell::Cell::new(false));
            let wrongly = Rc::new(std::cell::Cell::new(0));
            let bare = json!({ "IdentityPoolId": pool.id, "Roles": {} });
            let change = operating(&world, &isolates[0], API, "SetIdentityPoolRoles", &bare);
            let acknowledged = Rc::clone(&done);
            let mut flows: Vec<LocalBoxFuture<'static, ()>> =
                vec![Box::pin(async move { acknowledged.set(change.await.status == 200) })];
            for n in 0..5 {
                let (world, isolate, input) = (Rc::clone(&world), Rc::clone(&isolates[n % 3]), input.clone());
                let (done, wrongly) = (Rc::clone(&done), Rc::clone(&wrongly));
                flows.push(Box::pin(async move {
                    for _ in 0..4 {
                        let begun_after = done.get();
                        let answer = asking(&world, &isolate, "GetCredentialsForIdentity", &input).await;
                        if begun_after && answer.status == 200 {
                            wrongly.set(wrongly.get() + 1);
                        }
                    }
                }));
            }
            interleave(&world, seed, trouble, flows);
            assert_eq!(wrongly.get(), 0, "credentials of a role that was taken away");
            world.advance(60);
            world.advance(3600);
            let roles = world.federate("GetIdentityPoolRoles", &json!({ "IdentityPoolId": pool.id })).ok();
            for isolate in &isolates {
                let answer = world.run(asking(&world, isolate, "GetCredentialsForIdentity", &input));
                if roles["Roles"] == json!({}) {
                    answer.fails("InvalidIdentityPoolConfigurationException");
                } else {
                    assert!(!done.get(), "acknowledged, but not stored");
                    assert_eq!(roles["Roles"]["unauthenticated"], role_arn(GUEST));
                    answer.ok();
                }
            }
        });
    }
}

#[test]
fn an_identity_pool_that_is_deleted_while_people_come_is_gone_for_good() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(60, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Federation::new(&world);
            pool.people.person("ann", "ann@example.com");
            let login = pool.login("ann");
            let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let one = json!({ "IdentityPoolId": pool.id });
            let mut flows = vec![
                answers.noting(90, operating(&world, &isolates[0], API, "DeleteIdentityPool", &one)),
                answers.noting(91, operating(&world, &isolates[1], API, "DeleteIdentityPool", &one)),
            ];
            for n in 0..6 {
                let logins = if n % 2 == 0 { login.clone() } else { json!({}) };
                let input = json!({ "IdentityPoolId": pool.id, "Logins": logins });
                flows.push(answers.noting(n, asking(&world, &isolates[n % 2], "GetId", &input)));
            }
            interleave(&world, seed, trouble, flows);
            for _ in 0..12 {
                world.advance(3600);
            }
            let login = pool.login("ann");
            let deleted = answers.good().iter().any(|(n, _)| *n >= 90);
            let listed = world.federate("ListIdentityPools", &json!({ "MaxResults": 10 })).ok();
            let gone = listed["IdentityPools"] == json!([]);
            assert!(gone || !deleted, "acknowledged, yet listed");
            if gone {
                world.federate("DescribeIdentityPool", &one).fails("ResourceNotFoundException");
                let tombs = over(&world, Kind::IdentityShard, "SELECT CAST(gone AS TEXT) FROM meta");
                assert!(tombs.iter().all(|gone| gone == "1"), "{tombs:?}");
                assert_eq!(of_kind(&world, Kind::IdentityShard).len(), 3);
                pool.get_id(&login).fails("ResourceNotFoundException");
            } else {
                // Nothing half deleted is left either.
                pool.identity(&login);
                pool.identity(&json!({}));
            }
        });
    }
}
