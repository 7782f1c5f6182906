//! So many may wait for a hash, and more are told to come again.

use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use tests::World;
use tests::person::{PASSWORD, Pool};
use tests::schedule::{Trouble, interleave};

/// How many may be on their way to a hash at once.
const MOST: usize = 64;

/// The exceptions of so many calls at once, empty for those that went well.
fn at_once(
    pool: &Pool,
    trouble: Trouble,
    operation: &str,
    count: usize,
    input: impl Fn(usize) -> Value,
) -> Vec<String> {
    let answers: Rc<RefCell<Vec<String>>> = Rc::default();
    // An isolate that knows the pool, so that all are on their way before the first has arrived.
    let isolate = pool.world.cache();
    let flows = (0..count).map(|n| {
        let (asking, answers) = (pool.asking(&isolate, operation, &input(n)), Rc::clone(&answers));
        let flow = async move {
            let answer = asking.await;
            answers.borrow_mut().push(answer.exception());
        };
        Box::pin(flow) as std::pin::Pin<Box<dyn Future<Output = ()>>>
    });
    interleave(&pool.world, 1, trouble, flows.collect());
    answers.take()
}

fn count(answers: &[String], exception: &str) -> usize {
    answers.iter().filter(|answer| *answer == exception).count()
}

#[test]
fn as_many_may_wait_for_a_hash_and_no_more() {
    let pool = Pool::new(&World::with_shards(3));
    pool.person("ann", "ann@example.com");
    let sign_up = |n: usize| pool.sign_up_input(&format!("person{n}"), None);
    let change = |n: usize| {
        json!({ "ClientId": pool.client, "Username": format!("person{n}"), "ConfirmationCode": "000000",
            "Password": PASSWORD })
    };
    let answers = at_once(&pool, Trouble::NONE, "SignUp", MOST + 16, sign_up);
    assert_eq!((count(&answers, ""), count(&answers, "TooManyRequestsException")), (MOST, 16));
    let sign_in = |n: usize| pool.sign_in_input(&format!("nobody{n}"), PASSWORD);
    let answers = at_once(&pool, Trouble::NONE, "InitiateAuth", MOST + 16, sign_in);
    assert_eq!(
        (count(&answers, "UserNotFoundException"), count(&answers, "TooManyRequestsException")),
        (MOST, 16)
    );
    let answers = at_once(&pool, Trouble::NONE, "ConfirmForgotPassword", MOST + 16, change);
    assert_eq!(count(&answers, "TooManyRequestsException"), 16);
    // What hashes nothing is not held up, and who comes afterwards finds room.
    pool.tokens("ann");
}

#[test]
fn whoever_goes_away_or_fails_leaves_their_place() {
    let pool = Pool::new(&World::with_shards(3));
    let gone = Trouble { hang_up: 60, lost_reply: 10, crash: 2, ..Trouble::NONE };
    for _ in 0..6 {
        at_once(&pool, gone, "InitiateAuth", MOST, |n| pool.sign_in_input(&format!("nobody{n}"), PASSWORD));
    }
    let answers =
        at_once(&pool, Trouble::NONE, "SignUp", MOST, |n| pool.sign_up_input(&format!("person{n}"), None));
    assert_eq!(count(&answers, ""), MOST, "{answers:?}");
}
