//! Counters are exact under any race.

use super::{Answers, seeds};
use edge::cache::Cache;
use serde_json::json;
use std::rc::Rc;
use tests::person::{PASSWORD, Pool};
use tests::schedule::{Trouble, interleave};
use tests::{Setup, World};

#[test]
fn wrong_passwords_in_parallel_evaluate_five_and_no_more() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(30, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Pool::new(&world);
            pool.person("ann", "ann@example.com");
            let answers = Answers::default();
            let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
            let wrong = pool.sign_in_input("ann", "Wrong-horse-7");
            let flows =
                (0..40).map(|n| answers.noting(n, pool.asking(&isolates[n % 3], "InitiateAuth", &wrong)));
            interleave(&world, seed, trouble, flows.collect());
            let evaluated = answers.all().iter().filter(|(_, a)| a.text().contains("Incorrect")).count();
            if trouble.hang_up == 0 {
                assert_eq!((evaluated, answers.all().len()), (5, 40));
            } else {
                assert!(evaluated <= 5, "{evaluated}");
            }
            // Whatever was lost lapses as wrong, and the lock ends.
            world.advance(31);
            pool.sign_in("ann", "Wrong-horse-7");
            world.advance(1000);
            pool.tokens("ann");
        });
    }
}

#[test]
fn a_right_password_among_wrong_ones_is_in_or_told_to_retry() {
    seeds(150, |seed| {
        let world = World::new(Setup { seed, shards: 3 });
        let pool = Pool::new(&world);
        pool.person("ann", "ann@example.com");
        let answers = Answers::default();
        let isolate: Rc<Cache> = Rc::default();
        // Four wrong ones leave room for the right one whenever it comes.
        let flows = (0..5).map(|n| {
            let password = if n == 2 { PASSWORD } else { "Wrong-horse-7" };
            answers.noting(n, pool.asking(&isolate, "InitiateAuth", &pool.sign_in_input("ann", password)))
        });
        interleave(&world, seed, Trouble::NONE, flows.collect());
        let all = answers.all();
        let right = &all.iter().find(|(n, _)| *n == 2).unwrap().1;
        assert_eq!(right.status, 200, "{}", right.text());
        let wrong = all.iter().filter(|(n, _)| *n != 2);
        assert!(
            wrong.clone().all(|(_, a)| a.text().contains("Incorrect")),
            "none of the others was let in or locked"
        );
        pool.tokens("ann");
    });
}

#[test]
fn wrong_codes_in_parallel_evaluate_fifteen_and_the_right_one_is_used_once() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(30, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Pool::new(&world);
            pool.sign_up("ann", "ann@example.com").ok();
            let code = world.code("ann@example.com");
            let wrong = if code == "000000" { "000001" } else { "000000" };
            let confirm =
                |code: &str| json!({ "ClientId": pool.client, "Username": "ann", "ConfirmationCode": code });
            let isolates: Vec<Rc<Cache>> = (0..3).map(|_| Rc::default()).collect();
            let answers = Answers::default();
            let flows = (0..30)
                .map(|n| answers.noting(n, pool.asking(&isolates[n % 3], "ConfirmSignUp", &confirm(wrong))));
            interleave(&world, seed, trouble, flows.collect());
            let evaluated =
                answers.all().iter().filter(|(_, a)| a.exception() == "CodeMismatchException").count();
            if trouble.hang_up == 0 {
                assert_eq!(evaluated, 15);
            } else {
                assert!(evaluated <= 15, "{evaluated}");
            }
            world.advance(3600);
            world.idp("ResendConfirmationCode", &json!({ "ClientId": pool.client, "Username": "ann" })).ok();
            let code = world.code("ann@example.com");
            let answers = Answers::default();
            let flows = (0..6)
                .map(|n| answers.noting(n, pool.asking(&isolates[n % 3], "ConfirmSignUp", &confirm(&code))));
            interleave(&world, seed, trouble, flows.collect());
            assert!(answers.good().len() <= 1);
            if trouble.hang_up == 0 {
                assert_eq!(answers.good().len(), 1);
            }
        });
    }
}

#[test]
fn a_reset_code_sets_one_password() {
    for trouble in [Trouble::NONE, Trouble::MUCH] {
        seeds(60, |seed| {
            let world = World::new(Setup { seed, shards: 3 });
            let pool = Pool::new(&world);
            pool.person("ann", "ann@example.com");
            world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": "ann" })).ok();
            let code = world.code("ann@example.com");
            let answers = Answers::default();
            let isolates: Vec<Rc<Cache>> = (0..2).map(|_| Rc::default()).collect();
            let password = |n: usize| format!("Horse-number-{n}");
            let flows = (0..5).map(|n| {
                let input = json!({
                    "ClientId": pool.client,
                    "Username": "ann",
                    "ConfirmationCode": code,
                    "Password": password(n),
                });
                answers.noting(n, pool.asking(&isolates[n % 2], "ConfirmForgotPassword", &input))
            });
            interleave(&world, seed, trouble, flows.collect());
            let good = answers.good();
            assert!(good.len() <= 1);
            if let Some((winner, _)) = good.first() {
                assert_eq!(pool.sign_in("ann", &password(*winner)).status, 200);
                pool.sign_in("ann", PASSWORD).fails("NotAuthorizedException");
            }
        });
    }
}
