//! The version handshake: after a change is acknowledged no request is decided by what was before, on any isolate.

use super::{Answers, everywhere, operating, seeds, shards};
use edge::cache::Cache;
use edge::message::Body;
use edge::platform::Platform;
use http::Method;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tests::call::{Answer, Credentials, IDP, sign};
use tests::person::Pool;
use tests::schedule::{Trouble, interleave};
use tests::{Setup, World};

/// The API, and what signatures call it.
const API: (&str, &str) = (IDP, "cognito-idp");

fn closing(pool: &Pool) -> Value {
    json!({
        "UserPoolId": pool.id,
        "AutoVerifiedAttributes": ["email"],
        "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true },
    })
}

#[test]
fn after_sign_up_was_closed_nobody_signs_up_on_any_isolate() {
    for count in [1, 3, 8] {
        for trouble in [Trouble::NONE, Trouble::MUCH] {
            seeds(60, |seed| {
                let world = World::new(Setup { seed, shards: count });
                let pool = Pool::new(&world);
                let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
                for (n, isolate) in isolates.iter().enumerate() {
                    let input = pool.sign_up_input(&format!("early{n}"), None);
                    world.run(pool.asking(isolate, "SignUp", &input)).ok();
                }
                let acknowledged = Rc::new(Cell::new(false));
                let wrongly = Rc::new(RefCell::new(Vec::new()));
                let change = {
                    let call = operating(&world, &isolates[0], API, "UpdateUserPool", &closing(&pool));
                    let acknowledged = Rc::clone(&acknowledged);
                    async move { acknowledged.set(call.await.status == 200) }
                };
                let mut flows: Vec<domain::jose::LocalBoxFuture<'static, ()>> = vec![Box::pin(change)];
                for n in 0..6usize {
                    let (pool, isolates) = (pool.clone(), isolates.clone());
                    let (acknowledged, wrongly) = (Rc::clone(&acknowledged), Rc::clone(&wrongly));
                    flows.push(Box::pin(async move {
                        for step in 0..4 {
                            let begun_after = acknowledged.get();
                            let input = pool.sign_up_input(&format!("late{n}x{step}"), None);
                            let answer = pool.asking(&isolates[n % 3], "SignUp", &input).await;
                            if begun_after && answer.status == 200 {
                                wrongly.borrow_mut().push((n, step));
                            }
                        }
                    }));
                }
                interleave(&world, seed, trouble, flows);
                assert_eq!(*wrongly.borrow(), [], "signed up after it was closed");
                // Whether or not anybody was left to acknowledge it: a change that is stored is made known.
                world.advance(60);
                world.advance(3600);
                let described = world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
                let closed =
                    described["UserPool"]["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] == true;
                assert!(closed || !acknowledged.get());
                for isolate in &isolates {
                    let input = pool.sign_up_input("last", None);
                    let answer = world.run(pool.asking(isolate, "SignUp", &input));
                    if closed {
                        answer.fails("NotAuthorizedException");
                    }
                }
                if closed {
                    let versions = everywhere(&world, "SELECT CAST(version AS TEXT) FROM meta");
                    assert!(versions.iter().all(|version| version == "2"), "{versions:?}");
                    assert_eq!(shards(&world).len(), usize::from(count));
                }
            });
        }
    }
}

#[test]
fn a_pool_that_is_deleted_while_people_sign_up_is_gone_for_good() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(80, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Pool::new(&world);
            let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let delete = json!({ "UserPoolId": pool.id });
            let rename = json!({ "UserPoolId": pool.id, "AutoVerifiedAttributes": [] });
            let mut flows = vec![
                answers.noting(90, operating(&world, &isolates[0], API, "DeleteUserPool", &delete)),
                answers.noting(91, operating(&world, &isolates[1], API, "UpdateUserPool", &rename)),
                answers.noting(92, operating(&world, &isolates[1], API, "DeleteUserPool", &delete)),
            ];
            for n in 0..4 {
                let input = pool.sign_up_input(&format!("user{n}"), None);
                flows.push(answers.noting(n, pool.asking(&isolates[n % 2], "SignUp", &input)));
            }
            interleave(&world, seed, trouble, flows);
            for _ in 0..12 {
                world.advance(3600);
            }
            let begun = answers.good().iter().any(|(n, _)| *n == 90 || *n == 92);
            let listed = world.operate("ListUserPools", &json!({ "MaxResults": 10 })).ok();
            let gone = listed["UserPools"] == json!([]);
            assert!(gone || !begun, "acknowledged, yet listed");
            if gone {
                let tombs = everywhere(&world, "SELECT CAST(gone AS TEXT) FROM meta");
                assert!(tombs.iter().all(|gone| gone == "1"), "{tombs:?}");
                world.operate("DescribeUserPool", &delete).fails("ResourceNotFoundException");
                pool.sign_up("late", "late@example.com").fails("ResourceNotFoundException");
            } else {
                // Nothing half deleted is left either.
                let fine = world.operate("DescribeUserPool", &delete);
                assert_eq!(fine.status, 200, "{}", fine.text());
                pool.sign_up("late", "late@example.com").ok();
            }
        });
    }
}

/// The operator's new document, from an isolate.
fn putting(world: &Rc<World>, isolate: &Rc<Cache>, put: &Value) -> impl Future<Output = Answer> + use<> {
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.body = Body::Bytes(put.to_string().into_bytes());
    world.asking(isolate, sign(request, &Credentials::operator(), "tidegate", world.now()))
}

#[test]
fn an_isolate_that_acknowledged_a_gate_document_acts_on_it_from_then_on() {
    let to = |path: &str, version: u64| {
        json!({ "version": version, "routes": [{ "id": "a", "match": { "path": path }, "auth": { "kind": "iam" },
                "upstream": { "kind": "echo" } }] })
    };
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(200, |seed| {
            let world = World::new(Setup { seed, shards: 1 });
            let isolate: Rc<Cache> = Rc::default();
            world.run(putting(&world, &isolate, &to("/old", 0))).ok();
            // Whoever comes now reads the account.
            world.advance(60);
            let answers = Answers::default();
            let mut flows = vec![answers.noting(9, putting(&world, &isolate, &to("/new", 1)))];
            for n in 0..4 {
                let request = World::request(Method::GET, "/old");
                flows.push(answers.noting(n, world.asking(&isolate, request)));
            }
            interleave(&world, seed, trouble, flows);
            if answers.all().iter().any(|(n, answer)| *n == 9 && answer.status == 200) {
                let status = |path: &str| {
                    world.run(world.asking(&isolate, World::request(Method::GET, path))).status.as_u16()
                };
                assert_eq!((status("/old"), status("/new")), (404, 403));
            }
        });
    }
}
