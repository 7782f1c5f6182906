//! Password tries are counted exactly, whatever runs beside whatever.

use super::*;
use crate::session::NewFamily;

fn begin(trial: &Trial, id: &str) -> Reply<Located<Begun>> {
    trial.ask(&BeginPassword { who: ann(), attempt: id.into(), phantom: String::new() })
}

fn begun(reply: &Reply<Located<Begun>>) -> bool {
    matches!(reply, Reply::Answer(Located::Here(_)))
}

fn finish(trial: &Trial, id: &str, outcome: Outcome) -> Reply<SignedIn> {
    trial.ask(&FinishPassword { subject: sub(1).to_string(), attempt: id.into(), outcome, browser: None })
}

fn right(id: &str) -> Outcome {
    Outcome::SignIn(NewFamily {
        id: format!("family-{id}"),
        client: "client".into(),
        scope: String::new(),
        lives: 3600,
        refresh_hash: format!("hash-{id}"),
        auth_time: None,
    })
}

fn wrong(trial: &Trial, id: &str) {
    assert!(begun(&begin(trial, id)), "{id} may try");
    assert!(matches!(finish(trial, id, Outcome::Wrong), Reply::Refused(Refusal::WrongPassword)));
}

#[test]
fn of_a_thousand_parallel_wrong_passwords_exactly_five_are_evaluated() {
    let trial = with_ann();
    let tries: Vec<String> = (0..1000).map(|n| format!("try-{n}")).collect();
    let evaluated: Vec<_> = tries.iter().filter(|id| begun(&begin(&trial, id))).collect();
    assert_eq!(evaluated.len(), 5);
    for id in evaluated {
        finish(&trial, id, Outcome::Wrong);
    }
    assert!(matches!(begin(&trial, "one more"), Reply::Refused(Refusal::AttemptsExceeded)));
}

#[test]
fn tries_that_begin_and_end_in_any_order_evaluate_five() {
    // Ends come before later begins in every way that a bit pattern can say.
    for pattern in 0u32..1 << 10 {
        let trial = with_ann();
        let (mut flying, mut evaluated) = (Vec::new(), 0);
        for step in 0..10 {
            if pattern >> step & 1 == 0 {
                let id = format!("try-{step}");
                if begun(&begin(&trial, &id)) {
                    evaluated += 1;
                    flying.push(id);
                }
            } else if let Some(id) = flying.pop() {
                finish(&trial, &id, Outcome::Wrong);
            }
        }
        assert!(evaluated <= 5, "pattern {pattern:b} evaluated {evaluated}");
    }
}

#[test]
fn a_right_password_among_wrong_ones_in_flight_is_told_to_retry_not_locked_out() {
    let trial = with_ann();
    for n in 0..5 {
        assert!(begun(&begin(&trial, &format!("wrong-{n}"))));
    }
    assert!(matches!(begin(&trial, "right"), Reply::Refused(Refusal::Busy)));
}

#[test]
fn a_right_try_in_flight_succeeds_though_all_others_fail_meanwhile() {
    let trial = with_ann();
    assert!(begun(&begin(&trial, "right")));
    for n in 0..4 {
        wrong(&trial, &format!("wrong-{n}"));
    }
    assert!(matches!(begin(&trial, "fifth"), Reply::Refused(Refusal::Busy)));
    assert!(matches!(finish(&trial, "right", right("right")), Reply::Answer(SignedIn::Done { .. })));
    assert!(begun(&begin(&trial, "afterwards")), "success clears the failures");
}

#[test]
fn a_try_unfinished_after_thirty_seconds_counts_as_wrong() {
    let trial = with_ann();
    for n in 0..5 {
        begin(&trial, &format!("lost-{n}"));
    }
    trial.advance(30);
    assert!(matches!(begin(&trial, "at thirty"), Reply::Refused(Refusal::Busy)), "still in flight");
    trial.advance(1);
    assert!(matches!(begin(&trial, "after"), Reply::Refused(Refusal::AttemptsExceeded)));
    assert_eq!(trial.number("SELECT failures FROM lock"), 5);
}

#[test]
fn the_lock_of_lapsed_tries_ends_though_people_keep_knocking() {
    let trial = with_ann();
    for n in 0..5 {
        begin(&trial, &format!("lost-{n}"));
    }
    trial.advance(31);
    assert!(matches!(begin(&trial, "a"), Reply::Refused(Refusal::AttemptsExceeded)));
    trial.advance(1);
    assert!(begun(&begin(&trial, "b")), "one second of lock, not one more with each knock");
}

#[test]
fn a_right_password_that_comes_back_too_late_proves_nothing() {
    let trial = with_ann();
    begin(&trial, "slow");
    trial.advance(31);
    assert!(matches!(finish(&trial, "slow", right("slow")), Reply::Refused(Refusal::WrongPassword)));
    assert_eq!(trial.number("SELECT failures FROM lock"), 1, "it lapsed, once");
}

#[test]
fn the_lock_doubles_to_a_quarter_of_an_hour_and_tries_during_it_change_nothing() {
    let trial = with_ann();
    for n in 0..4 {
        wrong(&trial, &format!("free-{n}"));
        assert_eq!(trial.number("SELECT until FROM lock"), 0, "no lock after {} failures", n + 1);
    }
    for (n, seconds) in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900].into_iter().enumerate() {
        wrong(&trial, &format!("try-{n}"));
        assert!(matches!(begin(&trial, "early"), Reply::Refused(Refusal::AttemptsExceeded)));
        trial.advance(seconds - 1);
        assert!(
            matches!(begin(&trial, "too early"), Reply::Refused(Refusal::AttemptsExceeded)),
            "{seconds} s"
        );
        trial.advance(1);
    }
    // One at a time from here on.
    assert!(begun(&begin(&trial, "alone")));
    assert!(matches!(begin(&trial, "second"), Reply::Refused(Refusal::Busy)));
}

#[test]
fn a_try_is_settled_once_and_only_by_its_own_id() {
    let trial = with_ann();
    begin(&trial, "mine");
    assert!(matches!(finish(&trial, "other", right("other")), Reply::Refused(Refusal::WrongPassword)));
    assert!(matches!(finish(&trial, "mine", right("mine")), Reply::Answer(SignedIn::Done { .. })));
    assert!(matches!(finish(&trial, "mine", right("again")), Reply::Refused(Refusal::WrongPassword)));
    assert_eq!(trial.number("SELECT count(*) FROM family"), 1);
    assert_eq!(trial.number("SELECT count(*) FROM lock"), 0, "strangers' ids count against nobody");
}

#[test]
fn a_try_against_an_old_password_is_not_refunded() {
    let trial = with_ann();
    begin(&trial, "old");
    trial.answer(&AdminSetPassword { who: ann(), password: hash("$two"), only_invited: false });
    assert!(matches!(finish(&trial, "old", right("old")), Reply::Refused(Refusal::WrongPassword)));
    assert_eq!(trial.number("SELECT failures FROM lock"), 1);
    assert_eq!(trial.number("SELECT count(*) FROM family"), 0);
}

#[test]
fn a_right_try_clears_failures_but_not_what_is_in_flight() {
    let trial = with_ann();
    wrong(&trial, "a");
    begin(&trial, "flying");
    begin(&trial, "right");
    finish(&trial, "right", right("right"));
    assert_eq!(trial.number("SELECT count(*) FROM lock"), 0);
    assert_eq!(trial.number("SELECT count(*) FROM attempt"), 1);
    finish(&trial, "flying", Outcome::Wrong);
    assert_eq!(trial.number("SELECT failures FROM lock"), 1);
}

#[test]
fn a_right_password_of_somebody_who_may_not_sign_in_is_refunded() {
    for (change, refusal) in [
        ("UPDATE user SET status = 'UNCONFIRMED'", Refusal::UserNotConfirmed),
        ("UPDATE user SET status = 'RESET_REQUIRED'", Refusal::PasswordResetRequired),
        ("UPDATE user SET enabled = 0", Refusal::UserDisabled),
    ] {
        let trial = with_ann();
        wrong(&trial, "wrong");
        begin(&trial, "right");
        trial.rows(change);
        match finish(&trial, "right", right("right")) {
            Reply::Refused(found) => assert_eq!(found, refusal),
            other => panic!("{change}: {other:?}"),
        }
        assert_eq!(trial.number("SELECT count(*) FROM lock"), 0, "{change}");
        assert_eq!(trial.number("SELECT count(*) FROM family"), 0, "{change}");
    }
}

#[test]
fn a_temporary_password_ends_when_it_was_to() {
    for (after, wanted) in [(3599, true), (3600, false)] {
        let trial = Trial::new(Kind::UserShard);
        let mut invited = register(1, "ann");
        invited.user.status = Status::ForceChangePassword;
        invited.password = Some(NewPassword { lives: Some(3600), ..hash("$temporary") });
        trial.answer(&invited);
        trial.advance(after);
        begin(&trial, "try");
        match finish(&trial, "try", right("try")) {
            Reply::Answer(SignedIn::NewPasswordRequired { .. }) if wanted => {}
            Reply::Refused(Refusal::TemporaryPasswordExpired) if !wanted => {}
            other => panic!("after {after} s: {other:?}"),
        }
    }
}

#[test]
fn a_name_nobody_has_locks_as_one_that_somebody_has() {
    let trial = with_ann();
    let ghost = || BeginPassword {
        who: Who::named(vec![named("ghost")]),
        attempt: trial.operation(),
        phantom: "?ghost".into(),
    };
    for _ in 0..5 {
        let try_it = ghost();
        assert_eq!(trial.answer(&try_it), Located::Missing);
        let end = FinishPassword {
            subject: "?ghost".into(),
            attempt: try_it.attempt,
            outcome: Outcome::Wrong,
            browser: None,
        };
        assert_eq!(trial.refusal(&end), Refusal::WrongPassword);
    }
    assert_eq!(trial.refusal(&ghost()), Refusal::AttemptsExceeded);
    assert!(begun(&begin(&trial, "ann herself")), "nobody else is locked by it");
}
