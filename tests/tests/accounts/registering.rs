//! The account follows each pool's own object: wherever a change is cut off, the same request again or the pool's alarm
//! completes it.

use edge::platform::Platform;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use tests::call::{Answer, Credentials, IDENTITY, IDP, aws, sign};
use tests::gate::Fate;
use tests::person::Pool;
use tests::schedule::{Trouble, interleave};
use tests::{Setup, World};

/// Enough seeds that each step is the last of some.
const SEEDS: u64 = 60;

/// Runs an operator's calls under this trouble. The answers of those that lived to have one.
fn amid(world: &Rc<World>, seed: u64, trouble: Trouble, calls: &[(&str, &str, Value)]) -> Vec<Answer> {
    let answers: Rc<RefCell<Vec<Answer>>> = Rc::default();
    let flows = calls.iter().map(|(api, operation, input)| {
        let service = if *api == IDP { "cognito-idp" } else { "cognito-identity" };
        let request = sign(aws(api, operation, input), &Credentials::operator(), service, world.now());
        let serving = Rc::clone(world).serving(Rc::default(), request);
        let answers = Rc::clone(&answers);
        let flow = async move {
            let answer = Answer::read(serving.await).await;
            answers.borrow_mut().push(answer);
        };
        Box::pin(flow) as Pin<Box<dyn Future<Output = ()>>>
    });
    interleave(world, seed, trouble, flows.collect());
    answers.take()
}

const CRASH: Trouble = Trouble { crash: 10, ..Trouble::NONE };

fn domain(pool: &Pool, prefix: &str) -> Value {
    json!({ "UserPoolId": pool.id, "Domain": prefix })
}

/// Whose a prefix is: by the account, and by what the pools say.
fn owner(world: &Rc<World>, pools: &[&Pool], prefix: &str) -> Option<String> {
    let described = world.operate("DescribeUserPoolDomain", &json!({ "Domain": prefix })).ok();
    let by_account = described["DomainDescription"]["UserPoolId"].as_str().map(str::to_owned);
    let say = |pool: &&&Pool| {
        let pool = world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id }));
        pool.status == 200 && pool.json()["UserPool"]["Domain"] == prefix
    };
    let by_pools: Vec<_> = pools.iter().filter(say).map(|pool| pool.id.clone()).collect();
    assert_eq!(
        by_account.iter().collect::<Vec<_>>(),
        by_pools.iter().collect::<Vec<_>>(),
        "whose `{prefix}` is"
    );
    by_account
}

fn listed(world: &Rc<World>) -> Vec<(String, String)> {
    let list = world.operate("ListUserPools", &json!({ "MaxResults": 60 })).ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list["UserPools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pool| (text(&pool["Id"]), text(&pool["Name"])))
        .collect()
}

fn alarms(world: &Rc<World>) {
    for _ in 0..12 {
        world.advance(3600);
    }
}

#[test]
fn a_prefix_whose_making_was_cut_off_is_made_or_free() {
    for seed in 0..SEEDS {
        let world = World::new(Setup { seed, shards: 2 });
        let (first, second) = (Pool::new(&world), Pool::new(&world));
        let answers = amid(&world, seed, CRASH, &[(IDP, "CreateUserPoolDomain", domain(&first, "demo"))]);
        if seed % 2 == 0 {
            // The same again completes it at once.
            world.operate("CreateUserPoolDomain", &domain(&first, "demo")).ok();
            assert_eq!(owner(&world, &[&first, &second], "demo"), Some(first.id.clone()));
            continue;
        }
        alarms(&world);
        let owner = owner(&world, &[&first, &second], "demo");
        assert!(answers.is_empty() || owner.is_some(), "seed {seed}: acknowledged, but nobody's");
        let other = world.operate("CreateUserPoolDomain", &domain(&second, "demo"));
        assert_eq!(other.status == 200, owner.is_none(), "seed {seed}: {}", other.text());
        if owner.is_none() {
            world.operate("CreateUserPoolDomain", &domain(&first, "another")).ok();
        }
    }
}

#[test]
fn a_prefix_whose_end_was_cut_off_is_free_or_there() {
    for seed in 0..SEEDS {
        let world = World::new(Setup { seed, shards: 2 });
        let (first, second) = (Pool::new(&world), Pool::new(&world));
        world.operate("CreateUserPoolDomain", &domain(&first, "demo")).ok();
        let answers = amid(&world, seed, CRASH, &[(IDP, "DeleteUserPoolDomain", domain(&first, "demo"))]);
        if seed % 2 == 0 {
            let again = world.operate("DeleteUserPoolDomain", &domain(&first, "demo"));
            // What was done before nobody could say so is no longer there to be deleted.
            let done = again.text().contains("No such domain");
            assert!(again.status == 200 || done, "seed {seed}: {}", again.text());
            assert_eq!(owner(&world, &[&first, &second], "demo"), None);
            world.operate("CreateUserPoolDomain", &domain(&second, "demo")).ok();
            continue;
        }
        alarms(&world);
        let owner = owner(&world, &[&first, &second], "demo");
        assert!(answers.is_empty() || owner.is_none(), "seed {seed}: acknowledged, but still somebody's");
        let other = world.operate("CreateUserPoolDomain", &domain(&second, "demo"));
        assert_eq!(other.status == 200, owner.is_none(), "seed {seed}: {}", other.text());
    }
}

#[test]
fn of_two_who_want_a_prefix_one_gets_it_and_the_other_may_have_another() {
    for trouble in
        [Trouble::NONE, Trouble { hang_up: 4, lost_reply: 6, late: 4, twice: 4, crash: 3, ..Trouble::NONE }]
    {
        for seed in 0..SEEDS {
            let world = World::new(Setup { seed, shards: 2 });
            let pools = [Pool::new(&world), Pool::new(&world), Pool::new(&world)];
            let calls = pools.each_ref().map(|pool| (IDP, "CreateUserPoolDomain", domain(pool, "demo")));
            let answers = amid(&world, seed, trouble, &calls);
            let won = answers.iter().filter(|answer| answer.status == 200).count();
            assert!(won <= 1, "seed {seed}: {won} have it");
            alarms(&world);
            let pools = pools.each_ref();
            let owner = owner(&world, &pools, "demo");
            assert!(won == 0 || owner.is_some(), "seed {seed}: acknowledged, but nobody's");
            if trouble.crash == 0 {
                assert_eq!((won, owner.is_some()), (1, true), "seed {seed}: {answers:?}");
            }
            for (n, pool) in pools.iter().enumerate() {
                if owner.as_ref() != Some(&pool.id) {
                    world.operate("CreateUserPoolDomain", &domain(pool, &format!("other-{n}"))).ok();
                }
            }
        }
    }
}

#[test]
fn a_deleted_pool_leaves_its_prefix() {
    for seed in 0..SEEDS {
        let world = World::new(Setup { seed, shards: 2 });
        let (first, second) = (Pool::new(&world), Pool::new(&world));
        let calls = [
            (IDP, "CreateUserPoolDomain", domain(&first, "demo")),
            (IDP, "DeleteUserPoolDomain", domain(&first, "demo")),
            (IDP, "DeleteUserPool", json!({ "UserPoolId": first.id })),
        ];
        amid(&world, seed, CRASH, &calls);
        alarms(&world);
        let prefix = owner(&world, &[&first, &second], "demo");
        if prefix.is_some() {
            world.operate("DeleteUserPoolDomain", &domain(&first, "demo")).ok();
        }
        if listed(&world).iter().any(|(id, _)| *id == first.id) {
            world.operate("DeleteUserPool", &json!({ "UserPoolId": first.id })).ok();
        }
        world.operate("CreateUserPoolDomain", &domain(&second, "demo")).ok();
        assert_eq!(owner(&world, &[&first, &second], "demo"), Some(second.id.clone()), "seed {seed}");
        assert_eq!(listed(&world).len(), 1);
    }
}

/// How many pools' objects there are that are not gone.
fn living(world: &Rc<World>) -> usize {
    let pools = world.objects.addresses().into_iter().filter(|a| a.kind == domain::address::Kind::Pool);
    let lives = |gone: &domain::sql::Row| gone.integer(0).unwrap() == 0;
    pools.filter(|at| world.objects.rows(at, "SELECT gone FROM meta").iter().any(lives)).count()
}

#[test]
fn a_pool_that_was_made_is_listed() {
    let identity = json!({ "IdentityPoolName": "people", "AllowUnauthenticatedIdentities": false });
    for seed in 0..SEEDS {
        let world = World::new(Setup { seed, shards: 2 });
        let calls = [
            (IDP, "CreateUserPool", json!({ "PoolName": "people" })),
            (IDENTITY, "CreateIdentityPool", identity.clone()),
        ];
        let answers = amid(&world, seed, CRASH, &calls);
        alarms(&world);
        let pools = listed(&world).len();
        let list = sign(
            aws(IDENTITY, "ListIdentityPools", &json!({ "MaxResults": 60 })),
            &Credentials::operator(),
            "cognito-identity",
            world.now(),
        );
        let identity_pools = world.ask(list).ok()["IdentityPools"].as_array().unwrap().len();
        assert_eq!(pools + identity_pools, living(&world), "seed {seed}");
        assert!(pools + identity_pools >= answers.iter().filter(|answer| answer.status == 200).count());
    }
}

#[test]
fn a_pools_new_name_is_listed() {
    for seed in 0..SEEDS {
        let world = World::new(Setup { seed, shards: 2 });
        let pool = Pool::new(&world);
        let rename = |name: &str| (IDP, "UpdateUserPool", json!({ "UserPoolId": pool.id, "PoolName": name }));
        let trouble = Trouble { hang_up: 5, late: 5, twice: 5, ..CRASH };
        amid(&world, seed, trouble, &[rename("second"), rename("third")]);
        alarms(&world);
        let described = world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
        let name = described["UserPool"]["Name"].as_str().unwrap().to_owned();
        assert_eq!(listed(&world), [(pool.id.clone(), name)], "seed {seed}");
    }
}

#[test]
fn a_prefix_that_the_account_could_not_be_told_of_is_made_known_by_the_alarm() {
    let world = World::with_shards(2);
    let pool = Pool::new(&world);
    world.operate("DescribeUserPool", &json!({ "UserPoolId": pool.id })).ok();
    // The pool and the owner are read, and the change is stored.
    let mut fates = vec![Fate::Well; 3];
    fates.extend([Fate::LostCommand; 40]);
    world.next_calls(&fates);
    let answer = world.operate("CreateUserPoolDomain", &domain(&pool, "demo"));
    assert_eq!(answer.status, 500, "{}", answer.text());
    assert!(answer.text().contains("stored"), "{}", answer.text());
    world.next_calls(&[]);
    world.advance(60);
    assert_eq!(owner(&world, &[&pool], "demo"), Some(pool.id.clone()));
}
