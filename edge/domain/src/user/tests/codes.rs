//! Codes: one live a purpose, used once, answered at most fifteen times an hour.

use super::*;
use crate::error::Flaw;

fn put(trial: &Trial, mac: &str) -> Reply<Located<User>> {
    let detail = "email".into();
    trial.ask(&PutCode {
        who: ann(),
        phantom: String::new(),
        purpose: CodePurpose::Reset,
        mac: mac.into(),
        detail,
    })
}

fn reset(trial: &Trial, mac: &str) -> Reply<Located<User>> {
    let macs = vec!["previous secret".into(), mac.into()];
    trial.ask(&ResetPassword { who: ann(), phantom: String::new(), macs, password: hash("$two") })
}

#[test]
fn a_code_works_once() {
    let trial = with_ann();
    put(&trial, "aa");
    assert!(matches!(reset(&trial, "aa"), Reply::Answer(Located::Here(_))));
    assert!(matches!(reset(&trial, "aa"), Reply::Refused(Refusal::CodeExpired)));
}

#[test]
fn a_wrong_code_leaves_the_right_one_working_and_writes_nothing_else() {
    let trial = with_ann();
    put(&trial, "aa");
    assert!(matches!(reset(&trial, "bb"), Reply::Refused(Refusal::CodeMismatch)));
    assert_eq!(trial.rows("SELECT password FROM user")[0].text(0).unwrap(), "$one");
    assert!(matches!(reset(&trial, "aa"), Reply::Answer(_)));
}

#[test]
fn exactly_fifteen_answers_are_evaluated_an_hour() {
    let trial = with_ann();
    put(&trial, "aa");
    let evaluated =
        (0..1000).filter(|_| matches!(reset(&trial, "bb"), Reply::Refused(Refusal::CodeMismatch)));
    assert_eq!(evaluated.count(), 15);
    assert!(matches!(reset(&trial, "aa"), Reply::Refused(Refusal::LimitExceeded)), "the right one too");
    trial.advance(3599);
    assert!(matches!(reset(&trial, "aa"), Reply::Refused(Refusal::LimitExceeded)));
    trial.advance(1);
    put(&trial, "cc");
    assert!(matches!(reset(&trial, "cc"), Reply::Answer(_)));
}

#[test]
fn a_new_code_does_not_bring_new_answers() {
    let trial = with_ann();
    put(&trial, "aa");
    for _ in 0..15 {
        reset(&trial, "bb");
    }
    put(&trial, "cc");
    assert!(matches!(reset(&trial, "cc"), Reply::Refused(Refusal::LimitExceeded)));
}

#[test]
fn five_codes_may_be_asked_for_an_hour() {
    let trial = with_ann();
    for n in 0..5 {
        assert!(matches!(put(&trial, &format!("{n}")), Reply::Answer(_)));
    }
    assert!(matches!(put(&trial, "6"), Reply::Refused(Refusal::LimitExceeded)));
    assert!(matches!(reset(&trial, "4"), Reply::Answer(_)), "the newest that was sent works");
}

#[test]
fn a_reset_code_lives_an_hour_and_not_a_second_longer() {
    for (after, works) in [(3599, true), (3600, false)] {
        let trial = with_ann();
        put(&trial, "aa");
        trial.advance(after);
        assert_eq!(matches!(reset(&trial, "aa"), Reply::Answer(_)), works, "after {after} s");
    }
}

#[test]
fn a_code_of_one_purpose_does_not_serve_another() {
    let trial = Trial::new(Kind::UserShard);
    let mut new = register(1, "ann");
    new.user.status = Status::Unconfirmed;
    trial.answer(&new);
    trial.answer(&PutCode {
        who: ann(),
        phantom: String::new(),
        purpose: CodePurpose::SignUp,
        mac: "aa".into(),
        detail: "email".into(),
    });
    assert!(matches!(reset(&trial, "aa"), Reply::Refused(Refusal::CodeExpired)));
}

#[test]
fn a_code_that_could_not_do_its_work_is_still_there() {
    let trial = Trial::new(Kind::UserShard);
    trial.answer(&Register {
        here: vec![Name { kind: NameKind::Email, key: "a@x".into() }],
        ..register(2, "eve")
    });
    let mut new = register(1, "ann");
    new.user.status = Status::Unconfirmed;
    trial.answer(&new);
    let purpose = CodePurpose::SignUp;
    trial.answer(&PutCode {
        who: ann(),
        phantom: String::new(),
        purpose,
        mac: "aa".into(),
        detail: "email".into(),
    });
    let confirm = |here| ConfirmSignUp {
        who: ann(),
        phantom: String::new(),
        macs: vec!["aa".into()],
        here,
        elsewhere: vec![],
        operation: "confirm".into(),
        placement: Placement::new(1),
    };
    let taken = Name { kind: NameKind::Email, key: "a@x".into() };
    assert_eq!(trial.refusal(&confirm(vec![taken])), Refusal::AliasTaken { name: "email".into() });
    match trial.answer(&confirm(vec![])) {
        Located::Here(Registered::Done(user)) => assert_eq!(user.attribute("email_verified"), Some("true")),
        other => panic!("{other:?}"),
    }
}

/// Somebody invited, with these attributes and a temporary password.
fn with_invited(attributes: &[(&str, &str)]) -> Trial {
    let trial = Trial::new(Kind::UserShard);
    let mut invited = register(1, "ann");
    invited.user.status = Status::ForceChangePassword;
    invited.user.attributes.extend(attributes.iter().map(|(name, value)| ((*name).into(), (*value).into())));
    trial.answer(&invited);
    trial
}

/// Their answer to the challenge, which asks for no more than a password.
fn new_password() -> AnswerNewPassword {
    AnswerNewPassword {
        names: Vec::new(),
        sub: sub(1),
        session: "session".into(),
        session_expires: START + 180,
        credential: Some(1),
        password: hash("$two"),
        attributes: BTreeMap::new(),
        required: Vec::new(),
        immutable: Vec::new(),
        kept: Vec::new(),
        family: None,
        browser: None,
    }
}

#[test]
fn a_challenge_for_a_new_password_is_answered_once() {
    let trial = with_invited(&[]);
    let answer = |required: &[&str]| AnswerNewPassword {
        required: required.iter().map(ToString::to_string).collect(),
        ..new_password()
    };
    let refusal = trial.refusal(&answer(&["name"]));
    assert!(matches!(refusal, Refusal::AttributeInvalid { name, flaw: Flaw::Missing, .. } if name == "name"));
    assert_eq!(trial.rows("SELECT status FROM user")[0].text(0).unwrap(), "FORCE_CHANGE_PASSWORD");
    let late = AnswerNewPassword { session: "other".into(), session_expires: START, ..answer(&[]) };
    assert_eq!(trial.refusal(&late), Refusal::SessionExpired);
    for (credential, refusal) in [
        (None, Refusal::SessionExpired),
        (Some(0), Refusal::SessionInvalid),
        (Some(2), Refusal::SessionInvalid),
    ] {
        let session = format!("for {credential:?}");
        assert_eq!(trial.refusal(&AnswerNewPassword { session, credential, ..answer(&[]) }), refusal);
    }
    trial.answer(&answer(&[]));
    assert_eq!(trial.refusal(&answer(&[])), Refusal::SessionUsed);
}

#[test]
fn who_has_chosen_a_password_meanwhile_is_not_invited_again() {
    let trial = with_ann();
    let again = AdminSetPassword { who: ann(), password: hash("$two"), only_invited: true };
    assert!(matches!(trial.refusal(&again), Refusal::InvitedBefore { .. }));
    assert_eq!(trial.rows("SELECT status FROM user")[0].text(0).unwrap(), "CONFIRMED");
    trial.answer(&AdminSetPassword { only_invited: false, ..again });
}

#[test]
fn a_challenge_takes_what_cannot_change_where_there_is_none_or_the_same() {
    let trial = with_invited(&[("badge", "7"), ("preferred_username", "annie")]);
    let answer = |name: &str, value: &str| AnswerNewPassword {
        attributes: BTreeMap::from([(name.to_owned(), value.to_owned())]),
        immutable: vec!["badge".into(), "birthdate".into()],
        kept: vec!["preferred_username".into()],
        ..new_password()
    };
    assert!(matches!(trial.refusal(&answer("badge", "8")), Refusal::WrongState { .. }));
    let refusal = trial.refusal(&answer("preferred_username", "other"));
    assert!(matches!(refusal, Refusal::AttributeInvalid { name, .. } if name == "preferred_username"));
    let mut fine = answer("badge", "7");
    fine.attributes.insert("birthdate".into(), "2000-01-01".into());
    fine.attributes.insert("preferred_username".into(), "annie".into());
    let (user, _) = trial.answer(&fine);
    assert_eq!((user.attribute("badge"), user.attribute("birthdate")), (Some("7"), Some("2000-01-01")));
}

#[test]
fn a_code_that_is_only_checked_stays_and_a_right_one_costs_nothing() {
    let trial = with_ann();
    put(&trial, "aa");
    let check = |mac: &str| {
        let (purpose, macs) = (CodePurpose::Reset, vec![mac.into()]);
        trial.ask(&CheckCode { who: ann(), phantom: String::new(), purpose, macs })
    };
    for _ in 0..20 {
        assert!(matches!(check("aa"), Reply::Answer(Located::Here(()))));
    }
    let wrong = (0..20).filter(|_| matches!(check("bb"), Reply::Refused(Refusal::CodeMismatch)));
    assert_eq!(wrong.count(), 15);
    assert!(matches!(check("aa"), Reply::Refused(Refusal::LimitExceeded)), "the right one too");
    assert!(matches!(reset(&trial, "aa"), Reply::Refused(Refusal::LimitExceeded)), "it is one budget");
}

#[test]
fn whoever_is_refused_a_code_is_as_wrong_as_nobody_afterwards() {
    let trial = with_ann();
    let ghost = || Who::known(sub(7));
    let ask = |who, purpose| {
        let (phantom, mac, detail) = ("?ghost".into(), "aa".into(), "email".into());
        trial.ask(&PutCode { who, phantom, purpose, mac, detail })
    };
    let answer = |who, purpose| {
        trial.ask(&CheckCode { who, phantom: "?ghost".into(), purpose, macs: vec!["aa".into()] })
    };
    trial.answer(&EnableUser { who: ann(), enabled: false });
    // A confirmed user needs no code to confirm, and a disabled one gets none at all.
    for purpose in [CodePurpose::SignUp, CodePurpose::Reset, CodePurpose::Email] {
        assert!(matches!(answer(ghost(), purpose), Reply::Refused(Refusal::CodeExpired)), "{purpose:?}");
        // That the confirmed are so is for the flow to know, and to keep to itself.
        match answer(ann(), purpose) {
            Reply::Refused(Refusal::WrongState { .. }) => assert_eq!(purpose, CodePurpose::SignUp),
            other => assert!(matches!(other, Reply::Refused(Refusal::CodeExpired)), "{purpose:?} {other:?}"),
        }
        assert!(matches!(ask(ann(), purpose), Reply::Refused(_)), "{purpose:?}");
        assert!(matches!(ask(ghost(), purpose), Reply::Answer(Located::Missing)), "{purpose:?}");
        for who in [ann, ghost] {
            assert!(matches!(answer(who(), purpose), Reply::Refused(Refusal::CodeMismatch)), "{purpose:?}");
        }
    }
}

#[test]
fn whoever_does_not_know_the_code_learns_nothing_of_the_names() {
    let trial = Trial::new(Kind::UserShard);
    let taken = Name { kind: NameKind::Email, key: "a@x".into() };
    trial.answer(&Register { here: vec![taken.clone()], ..register(2, "eve") });
    let mut new = register(1, "ann");
    new.user.status = Status::Unconfirmed;
    trial.answer(&new);
    let (purpose, mac, detail) = (CodePurpose::SignUp, "aa".into(), "email".into());
    trial.answer(&PutCode { who: ann(), phantom: String::new(), purpose, mac, detail });
    let confirm = ConfirmSignUp {
        who: ann(),
        phantom: String::new(),
        macs: vec!["bb".into()],
        here: vec![taken],
        elsewhere: vec![],
        operation: "confirm".into(),
        placement: Placement::new(1),
    };
    assert_eq!(trial.refusal(&confirm), Refusal::CodeMismatch);
}
