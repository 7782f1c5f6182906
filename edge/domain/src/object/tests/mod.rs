mod samples;

use super::trial::{START, Trial};
use super::*;
use crate::address::Kind;
use crate::command::Reply;
use crate::error::{Error, Refusal};
use crate::id::{Placement, Sub};
use crate::sql::native::Native;
use crate::user::{
    AdminSetPassword, BeginPassword, Close, CodePurpose, CountUsers, FindUser, FinishPassword, Located, Name,
    NameKind, NewPassword, Outcome, PutCode, Raise, Register, Registered, Status, User, Who,
};
use std::collections::BTreeMap;

fn sub() -> Sub {
    Sub::parse("11111111-1111-4111-8111-111111111111").unwrap()
}

fn ann() -> Register {
    Register {
        user: User {
            sub: sub(),
            username: "ann".into(),
            status: Status::Confirmed,
            enabled: true,
            created: 0,
            modified: 0,
            attributes: BTreeMap::new(),
        },
        password: Some(NewPassword { hash: "$one".to_owned().into(), lives: None }),
        here: vec![Name { kind: NameKind::Username, key: "ann".into() }],
        elsewhere: vec![],
        operation: "register-ann".into(),
        placement: Placement::new(1),
    }
}

fn who() -> Who {
    Who::known(sub())
}

fn put_code() -> PutCode {
    PutCode {
        who: who(),
        phantom: String::new(),
        purpose: CodePurpose::Reset,
        mac: "aa".into(),
        detail: "email".into(),
    }
}

fn with_ann() -> Trial {
    let trial = Trial::new(Kind::UserShard);
    assert!(matches!(trial.answer(&ann()), Registered::Done(_)));
    trial
}

#[test]
fn an_object_that_nothing_founded_is_absent_and_stays_empty() {
    let trial = Trial::new(Kind::UserShard);
    assert!(matches!(trial.ask(&FindUser { who: who() }), Reply::Absent));
    assert!(matches!(
        trial.ask(&AdminSetPassword { who: who(), password: ann().password.unwrap(), only_invited: false }),
        Reply::Absent
    ));
    assert_eq!(trial.dump(), "", "a refused knock must not build a house");
}

#[test]
fn a_command_of_another_kind_of_object_is_a_fault() {
    let trial = Trial::new(Kind::Pool);
    assert!(trial.fault(&Raise {}).0.contains("has no command"));
    assert_eq!(trial.dump(), "");
}

#[test]
fn an_unknown_envelope_and_an_unreadable_body_are_faults_that_write_nothing() {
    let trial = with_ann();
    let before = trial.dump();
    for bytes in [
        &b"not json"[..],
        br#"{"form":2,"command":"user.raise","operation":"x","version":0,"offset":0,"caller":{"address":"","country":"","asn":0,"id":""},"body":{}}"#,
        br#"{"form":1,"command":"user.delete","operation":"x","version":0,"offset":0,"caller":{"address":"","country":"","asn":0,"id":""},"body":{"who":7}}"#,
    ] {
        let handled = trial.object.handle(bytes, START, &crate::object::trial::NoChance);
        assert!(handled.reply.starts_with(b"{\"Fault\""), "{}", String::from_utf8_lossy(&handled.reply));
    }
    assert_eq!(trial.dump(), before);
}

#[test]
fn a_command_too_large_is_a_fault() {
    let trial = with_ann();
    let mut huge = put_code();
    huge.detail = "x".repeat(LIMIT);
    assert!(trial.fault(&huge).0.contains("too large"));
}

#[test]
fn a_refusal_undoes_what_was_written_and_keeps_what_was_charged() {
    let trial = with_ann();
    trial.answer(&BeginPassword { who: who(), attempt: "try".into(), phantom: String::new() });
    trial.answer(&crate::user::EnableUser { who: who(), enabled: false });
    // A change of password by somebody whose state forbids it: the new hash was written before the refusal.
    trial.object.sql().query("UPDATE user SET status = 'UNCONFIRMED'", &[]).unwrap();
    let change = Outcome::Change(NewPassword { hash: "$two".to_owned().into(), lives: None });
    let refusal = trial.refusal(&FinishPassword {
        subject: sub().to_string(),
        attempt: "try".into(),
        outcome: change,
        browser: None,
    });
    assert!(matches!(refusal, Refusal::WrongState { .. }));
    assert_eq!(trial.rows("SELECT password FROM user")[0].text(0).unwrap(), "$one");
    assert_eq!(trial.number("SELECT credential FROM user"), 1);
    assert_eq!(trial.number("SELECT count(*) FROM attempt"), 0, "the try was spent");
    assert_eq!(trial.number("SELECT count(*) FROM event WHERE kind = 'user.password_set'"), 0);
}

#[test]
fn a_repeated_operation_gets_the_first_answer_and_acts_once() {
    let trial = with_ann();
    for _ in 0..3 {
        assert!(matches!(trial.send("same", &put_code()), Reply::Answer(Located::Here(_))));
    }
    assert_eq!(trial.number("SELECT count FROM budget"), 1);
    trial.advance(KEEP);
    trial.send("same", &put_code());
    assert_eq!(trial.number("SELECT count FROM budget"), 1, "the answer is kept for two minutes");
}

#[test]
fn a_repeated_refusal_is_charged_once() {
    let trial = with_ann();
    let wrong = FinishPassword {
        subject: sub().to_string(),
        attempt: "try".into(),
        outcome: Outcome::Wrong,
        browser: None,
    };
    trial.answer(&BeginPassword { who: who(), attempt: "try".into(), phantom: String::new() });
    for _ in 0..3 {
        assert!(matches!(trial.send("same", &wrong), Reply::Refused(Refusal::WrongPassword)));
    }
    assert_eq!(trial.number("SELECT failures FROM lock"), 1);
}

#[test]
fn an_answer_is_repeated_even_when_the_pool_has_changed_since() {
    let trial = with_ann();
    trial.version.set(1);
    trial.send("same", &put_code());
    trial.version.set(2);
    trial.answer(&Raise {});
    trial.version.set(1);
    assert!(matches!(trial.send("same", &put_code()), Reply::Answer(_)), "done is done, not stale");
    assert!(matches!(trial.send("new", &put_code()), Reply::Stale(2)));
}

#[test]
fn an_older_version_is_stale_a_newer_one_raises_and_none_is_neither() {
    let trial = with_ann();
    trial.version.set(3);
    trial.answer(&Raise {});
    for (version, stale) in [(1, true), (2, true), (3, false), (0, false)] {
        trial.version.set(version);
        assert_eq!(matches!(trial.ask(&CountUsers {}), Reply::Stale(3)), stale, "reading at {version}");
        assert_eq!(matches!(trial.ask(&put_code()), Reply::Stale(3)), stale, "writing at {version}");
    }
    trial.version.set(9);
    trial.answer(&put_code());
    assert_eq!(trial.number("SELECT version FROM meta"), 9);
}

#[test]
fn a_refused_command_raises_the_version_all_the_same() {
    let trial = with_ann();
    trial.version.set(5);
    trial.refusal(&crate::session::Rotate {
        family: "none".into(),
        client: "c".into(),
        hash: "h".into(),
        successor: "s".into(),
        grace: 0,
    });
    assert_eq!(trial.number("SELECT version FROM meta"), 5);
}

#[test]
fn a_closed_object_answers_only_that_it_is_gone() {
    let trial = with_ann();
    let closing = trial.operation();
    assert!(matches!(trial.send(&closing, &Close {}), Reply::Answer(())));
    assert!(matches!(trial.ask(&CountUsers {}), Reply::Gone));
    assert!(matches!(trial.ask(&ann()), Reply::Gone));
    assert!(matches!(trial.ask(&Close {}), Reply::Gone));
    assert!(matches!(trial.send(&closing, &Close {}), Reply::Answer(())), "the close itself was answered");
}

#[test]
fn time_never_runs_backwards() {
    let trial = with_ann();
    trial.advance(100);
    trial.answer(&AdminSetPassword { who: who(), password: ann().password.unwrap(), only_invited: false });
    trial.advance(-5000);
    trial.answer(&AdminSetPassword { who: who(), password: ann().password.unwrap(), only_invited: false });
    assert_eq!(trial.number("SELECT modified FROM user"), START + 100);
    assert_eq!(trial.number("SELECT last FROM meta"), START + 100);
}

#[test]
fn an_object_that_wakes_again_has_everything_and_its_alarm() {
    let folder = std::env::temp_dir().join(format!("tidegate-wake-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("object.sqlite");
    let (bytes, due) = {
        let object = Object::wake(Kind::UserShard, Native::open(&file).unwrap()).unwrap();
        let bytes = crate::command::encode(&ann(), "one", 0, 0, &crate::caller::Caller::default()).unwrap();
        let first = object.handle(&bytes, START, &crate::object::trial::NoChance);
        let code =
            crate::command::encode(&put_code(), "two", 0, 0, &crate::caller::Caller::default()).unwrap();
        let second = object.handle(&code, START, &crate::object::trial::NoChance);
        assert!(first.alarm.is_some() && second.alarm.is_none(), "the first has asked for all");
        assert_eq!(object.handle(&bytes, START, &crate::object::trial::NoChance).reply, first.reply);
        (bytes, first.alarm)
    };
    let object = Object::wake(Kind::UserShard, Native::open(&file).unwrap()).unwrap();
    assert_eq!(object.next_alarm().unwrap(), due);
    let again = object.handle(&bytes, START + 1, &crate::object::trial::NoChance);
    assert!(String::from_utf8_lossy(&again.reply).contains("Done"), "the answer is repeated after a restart");
    drop(object);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_job_done_stays_when_it_was_asked_for_anew_meanwhile() {
    let trial = with_ann();
    let sql = trial.object.sql();
    let job = |body: &str, due| Job { id: "j".into(), kind: "tell".into(), due, body: body.into() };
    store::insert_job(sql, &job("1", START + 5)).unwrap();
    store::insert_job(sql, &job("2", START + 9)).unwrap();
    CompleteJob { id: "j".into(), body: "1".into() }.run(sql).unwrap();
    let due = trial.object.ring(START + 5).unwrap();
    assert_eq!(due, [job("2", START + 5)], "the newer body at the earlier time");
    PostponeJob { id: "j".into(), body: "1".into() }.run(sql, START + 5).unwrap();
    assert_eq!(
        trial.object.next_alarm().unwrap(),
        Some(START + 5),
        "news does not wait for what failed before"
    );
    PostponeJob { id: "j".into(), body: "2".into() }.run(sql, START + 5).unwrap();
    assert_eq!(trial.object.ring(START + 9).unwrap(), []);
    assert_eq!(trial.object.ring(START + 10).unwrap().len(), 1);
    for _ in 0..20 {
        PostponeJob { id: "j".into(), body: "2".into() }.run(sql, START).unwrap();
    }
    assert_eq!(trial.object.next_alarm().unwrap(), Some(START + 3600), "an hour at most");
}

#[test]
fn what_a_refusal_charged_is_swept_like_anything_else() {
    let trial = Trial::new(Kind::UserShard);
    trial.answer(&Raise {});
    // Answering a code for nobody's name is always refused, and always counted.
    let ghost = crate::user::ResetPassword {
        who: Who::named(vec![Name { kind: NameKind::Username, key: "ghost".into() }]),
        phantom: "?ghost".into(),
        macs: vec!["aa".into()],
        password: NewPassword { hash: "$x".to_owned().into(), lives: None },
    };
    trial.refusal(&ghost);
    assert_eq!(trial.number("SELECT count(*) FROM budget"), 1);
    let due = trial.object.next_alarm().unwrap().expect("a sweep is due");
    trial.object.ring(due).unwrap();
    assert_eq!(trial.number("SELECT count(*) FROM budget"), 1, "not yet");
    let mut now = due;
    for _ in 0..30 {
        now += 3600;
        trial.object.ring(now).unwrap();
    }
    assert_eq!(trial.number("SELECT count(*) FROM budget"), 0);
    assert_eq!(trial.object.next_alarm().unwrap(), None, "nothing left, no alarm");
}

#[test]
fn an_engine_that_fails_to_commit_is_a_fault_and_leaves_nothing() {
    let trial = with_ann();
    let before = trial.dump();
    // The engine itself refuses: a foreign key that points nowhere.
    let orphan = |sql: &dyn Sql| -> Result<(), Error> {
        sql.query("INSERT INTO attribute (sub, name, value) VALUES ('nobody', 'a', 'b')", &[])?;
        Ok(())
    };
    assert!(sql::transaction(trial.object.sql(), || orphan(trial.object.sql())).is_err());
    assert_eq!(trial.dump(), before);
}
