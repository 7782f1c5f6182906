use super::*;
use crate::address::Kind;
use crate::command::Reply;
use crate::id::Placement;
use crate::object::trial::{START, Trial};
use crate::sql::native::Native;
use crate::user::{
    AdminSetPassword, BeginPassword, EnableUser, FinishPassword, Name, NameKind, NewPassword, Outcome,
    Register, Status, User, Who,
};
use std::collections::BTreeMap;

fn ann() -> Sub {
    Sub::parse("11111111-1111-4111-8111-111111111111").unwrap()
}

fn family(id: &str, hash: &str) -> NewFamily {
    NewFamily {
        id: id.into(),
        client: "client".into(),
        scope: "openid".into(),
        lives: 86_400,
        refresh_hash: hash.into(),
        auth_time: None,
    }
}

/// Ann, signed in: family `f`, refresh token `r0`.
fn signed_in() -> Trial {
    let trial = Trial::new(Kind::UserShard);
    trial.answer(&Register {
        user: User {
            sub: ann(),
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
        operation: "register".into(),
        placement: Placement::new(1),
    });
    trial.answer(&BeginPassword { who: Who::known(ann()), attempt: "try".into(), phantom: String::new() });
    let outcome = Outcome::SignIn(family("f", "r0"));
    trial.answer(&FinishPassword {
        subject: ann().to_string(),
        attempt: "try".into(),
        outcome,
        browser: None,
    });
    trial
}

fn rotation(hash: &str, successor: &str) -> Rotate {
    let [family, client, hash, successor] = ["f", "client", hash, successor].map(str::to_owned);
    Rotate { family, client, hash, successor, grace: 10 }
}

fn proof() -> Proof {
    Proof { sub: ann(), family: "f".into() }
}

#[test]
fn two_hundred_parallel_refreshes_of_one_token_give_one_successor() {
    let trial = signed_in();
    for _ in 0..200 {
        trial.answer(&rotation("r0", "r1"));
    }
    assert_eq!(trial.number("SELECT count(*) FROM refresh"), 2);
    trial.answer(&rotation("r1", "r2"));
}

#[test]
fn a_replaced_token_works_to_the_last_second_of_the_grace_and_then_ends_the_family() {
    for (after, works) in [(9, true), (10, true), (11, false)] {
        let trial = signed_in();
        trial.answer(&rotation("r0", "r1"));
        trial.advance(after);
        match trial.ask(&rotation("r0", "r1")) {
            Reply::Answer(_) if works => {
                trial.answer(&rotation("r1", "r2"));
            }
            Reply::Refused(Refusal::RefreshTokenReused) if !works => {
                assert_eq!(trial.refusal(&rotation("r1", "r2")), Refusal::RefreshTokenRevoked);
                assert_eq!(trial.refusal(&CheckToken { proof: proof() }), Refusal::AccessTokenRevoked);
            }
            other => panic!("after {after} s: {other:?}"),
        }
    }
}

#[test]
fn without_a_grace_a_replaced_token_is_reused_in_the_very_second_it_was_replaced() {
    let trial = signed_in();
    let at_once = |hash: &str, successor: &str| Rotate { grace: 0, ..rotation(hash, successor) };
    trial.answer(&at_once("r0", "r1"));
    assert_eq!(trial.refusal(&at_once("r0", "r1")), Refusal::RefreshTokenReused);
    assert_eq!(trial.refusal(&at_once("r1", "r2")), Refusal::RefreshTokenRevoked);
}

#[test]
fn without_a_grace_a_rotation_delivered_again_is_still_the_same_answer() {
    let trial = signed_in();
    let at_once = Rotate { grace: 0, ..rotation("r0", "r1") };
    for seconds in [0, 0, 1, 60] {
        trial.advance(seconds);
        assert!(matches!(trial.send("one", &at_once), Reply::Answer(_)));
    }
    trial.answer(&Rotate { grace: 0, ..rotation("r1", "r2") });
}

#[test]
fn a_token_so_old_that_it_is_forgotten_ends_the_family_too() {
    let trial = signed_in();
    for n in 0..10 {
        trial.answer(&rotation(&format!("r{n}"), &format!("r{}", n + 1)));
        trial.advance(61);
    }
    assert!(trial.number("SELECT count(*) FROM refresh") <= 3, "replaced tokens do not pile up");
    assert_eq!(trial.refusal(&rotation("r0", "r1")), Refusal::RefreshTokenReused);
    assert_eq!(trial.refusal(&rotation("r10", "r11")), Refusal::RefreshTokenRevoked);
}

#[test]
fn within_the_grace_only_the_derived_successor_is_given() {
    let trial = signed_in();
    trial.answer(&rotation("r0", "r1"));
    assert_eq!(trial.refusal(&rotation("r0", "another")), Refusal::RefreshTokenReused);
}

#[test]
fn a_rotation_delivered_again_after_the_grace_is_still_the_same_answer() {
    let trial = signed_in();
    assert!(matches!(trial.send("one", &rotation("r0", "r1")), Reply::Answer(_)));
    trial.advance(60);
    assert!(matches!(trial.send("one", &rotation("r0", "r1")), Reply::Answer(_)));
    trial.answer(&rotation("r1", "r2"));
}

#[test]
fn a_token_of_another_client_or_family_is_invalid_and_ends_nothing() {
    let trial = signed_in();
    let foreign = Rotate { client: "other".into(), ..rotation("r0", "r1") };
    assert_eq!(trial.refusal(&foreign), Refusal::RefreshTokenInvalid);
    let unknown = Rotate { family: "none".into(), ..rotation("r0", "r1") };
    assert_eq!(trial.refusal(&unknown), Refusal::RefreshTokenInvalid);
    trial.answer(&rotation("r0", "r1"));
}

#[test]
fn a_session_ends_when_it_was_to_and_rotation_does_not_move_that() {
    let trial = signed_in();
    trial.advance(86_000);
    trial.answer(&rotation("r0", "r1"));
    trial.advance(399);
    trial.answer(&rotation("r1", "r2"));
    trial.advance(1);
    assert_eq!(trial.refusal(&rotation("r2", "r3")), Refusal::RefreshTokenExpired);
}

#[test]
fn a_client_that_stopped_rotating_takes_the_newest_token_and_no_other() {
    let trial = signed_in();
    let refresh = |hash: &str| Refresh { family: "f".into(), client: "client".into(), hash: hash.into() };
    trial.answer(&refresh("r0"));
    trial.answer(&rotation("r0", "r1"));
    assert_eq!(trial.refusal(&refresh("r0")), Refusal::RefreshTokenInvalid);
    trial.answer(&refresh("r1"));
    assert_eq!(trial.refusal(&refresh("unknown")), Refusal::RefreshTokenInvalid);
}

#[test]
fn disabling_ends_every_session_for_good() {
    let trial = signed_in();
    trial.answer(&StartBrowser { sub: ann(), hash: "cookie".into(), lives: 3600 });
    trial.answer(&EnableUser { who: Who::known(ann()), enabled: false });
    trial.answer(&EnableUser { who: Who::known(ann()), enabled: true });
    assert_eq!(trial.refusal(&rotation("r0", "r1")), Refusal::RefreshTokenRevoked);
    assert_eq!(trial.refusal(&CheckToken { proof: proof() }), Refusal::AccessTokenRevoked);
    assert_eq!(trial.answer(&FindBrowser { hash: "cookie".into() }), None);
}

#[test]
fn revoking_is_the_owners_and_may_be_repeated() {
    let trial = signed_in();
    let revoke = |family: &str, client: &str| RevokeFamily { family: family.into(), client: client.into() };
    assert_eq!(trial.refusal(&revoke("f", "other")), Refusal::RefreshTokenInvalid);
    trial.answer(&rotation("r0", "r1"));
    trial.answer(&revoke("f", "client"));
    trial.answer(&revoke("f", "client"));
    trial.answer(&revoke("unknown", "client"));
    assert_eq!(trial.refusal(&rotation("r1", "r2")), Refusal::RefreshTokenRevoked);
}

#[test]
fn a_token_does_not_prove_somebody_elses_session() {
    let trial = signed_in();
    let eve = Sub::parse("22222222-2222-4222-8222-222222222222").unwrap();
    let stolen = Proof { sub: eve, ..proof() };
    assert_eq!(trial.refusal(&CheckToken { proof: stolen }), Refusal::AccessTokenRevoked);
}

fn grant(trial: &Trial) {
    trial.answer(&issue());
}

fn issue() -> IssueGrant {
    IssueGrant {
        sub: ann(),
        hash: "code".into(),
        client: "client".into(),
        redirect_uri: "https://app/".into(),
        scope: "email openid".into(),
        nonce: Some("n".into()),
        challenge: Some("S256".into()),
        auth_time: START - 5,
        browser: None,
    }
}

fn redeem(id: &str) -> RedeemGrant {
    RedeemGrant {
        hash: "code".into(),
        redirect_uri: Some("https://app/".into()),
        challenge: Some("S256".into()),
        family: family(id, &format!("refresh of {id}")),
    }
}

#[test]
fn a_session_tells_how_it_began_whatever_its_scope() {
    let trial = signed_in();
    trial.answer(&IssueGrant { scope: ACCOUNT_SCOPE.into(), ..issue() });
    assert_eq!(trial.answer(&redeem("g")).session.family.began(), Began::Grant);
    let began = |family: &str, hash: &str| {
        let [family, client, hash] = [family, "client", hash].map(str::to_owned);
        trial.answer(&Refresh { family, client, hash }).family.began()
    };
    assert_eq!(began("g", "refresh of g"), Began::Grant);
    assert_eq!(began("f", "r0"), Began::Api);
}

#[test]
fn a_session_of_a_release_that_did_not_say_how_it_began_is_read_as_then() {
    let sql = Native::in_memory().unwrap();
    for file in [
        include_str!("../../schema/object/0001.sql"),
        include_str!("../../schema/user_shard/0001.sql"),
        "UPDATE meta SET schema = 1;\n
         INSERT INTO user (sub, username, status, enabled, credential, created, modified)
         VALUES ('11111111-1111-4111-8111-111111111111', 'ann', 'CONFIRMED', 1, 1, 0, 0);\n",
    ] {
        for statement in file.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            sql.query(statement, &[]).unwrap();
        }
    }
    for (id, scope) in [("api", ACCOUNT_SCOPE), ("grant", "openid")] {
        let values = [id.into(), ann().as_str().into(), scope.into(), (START + 60).into()];
        sql.query(
            "INSERT INTO family (id, sub, client, scope, auth_time, expires) VALUES (?, ?, 'client', ?, 1, ?)",
            &values,
        )
        .unwrap();
        sql.query("INSERT INTO refresh (hash, family) VALUES (?, ?)", &[id.into(), id.into()]).unwrap();
    }
    let trial = Trial::over(Kind::UserShard, sql);
    for (id, expected) in [("api", Began::Api), ("grant", Began::Grant)] {
        let refreshed =
            trial.answer(&Refresh { family: id.into(), client: "client".into(), hash: id.into() });
        assert_eq!((refreshed.family.began, refreshed.family.began()), (None, expected));
    }
}

#[test]
fn of_two_who_redeem_one_code_one_wins_and_then_loses_it() {
    let trial = signed_in();
    grant(&trial);
    let redeemed = trial.answer(&redeem("first"));
    assert_eq!(redeemed.nonce.as_deref(), Some("n"));
    let Family { scope, auth_time, .. } = redeemed.session.family;
    assert_eq!((scope.as_str(), auth_time), ("email openid", START - 5), "both come from the code");
    assert_eq!(trial.refusal(&redeem("second")), Refusal::GrantInvalid);
    let first = Proof { sub: ann(), family: "first".into() };
    assert_eq!(trial.refusal(&CheckToken { proof: first }), Refusal::AccessTokenRevoked);
    assert_eq!(trial.number("SELECT count(*) FROM family WHERE id = 'second'"), 0);
    trial.answer(&CheckToken { proof: proof() });
}

#[test]
fn a_redemption_delivered_twice_revokes_nothing() {
    let trial = signed_in();
    grant(&trial);
    for _ in 0..2 {
        assert!(matches!(trial.send("same", &redeem("first")), Reply::Answer(_)));
    }
    trial.answer(&CheckToken { proof: Proof { sub: ann(), family: "first".into() } });
}

#[test]
fn a_code_presented_with_anything_amiss_is_spent() {
    let other = |text: &str| Some(text.to_owned());
    for (what, wrong) in [
        ("redirect", RedeemGrant { redirect_uri: other("https://app"), ..redeem("x") }),
        ("no redirect", RedeemGrant { redirect_uri: None, ..redeem("x") }),
        ("verifier", RedeemGrant { challenge: other("other"), ..redeem("x") }),
        ("no verifier", RedeemGrant { challenge: None, ..redeem("x") }),
        (
            "client",
            RedeemGrant { family: NewFamily { client: "other".into(), ..family("x", "y") }, ..redeem("x") },
        ),
    ] {
        let trial = signed_in();
        grant(&trial);
        assert_eq!(trial.refusal(&wrong), Refusal::GrantInvalid, "{what}");
        assert_eq!(trial.refusal(&redeem("right")), Refusal::GrantInvalid, "{what}");
        assert_eq!(trial.number("SELECT count(*) FROM family"), 1, "{what}");
    }
}

#[test]
fn a_code_lives_five_minutes() {
    for (after, works) in [(299, true), (300, false)] {
        let trial = signed_in();
        grant(&trial);
        trial.advance(after);
        assert_eq!(matches!(trial.ask(&redeem("first")), Reply::Answer(_)), works, "after {after} s");
    }
}

#[test]
fn signing_out_everywhere_takes_codes_and_browsers_along() {
    let trial = signed_in();
    grant(&trial);
    trial.answer(&StartBrowser { sub: ann(), hash: "cookie".into(), lives: 3600 });
    trial.answer(&SignOutEverywhere { who: Who::known(ann()), proof: Some(proof()) });
    assert_eq!(trial.refusal(&redeem("late")), Refusal::GrantInvalid);
    assert_eq!(trial.answer(&FindBrowser { hash: "cookie".into() }), None);
    assert_eq!(trial.refusal(&rotation("r0", "r1")), Refusal::RefreshTokenRevoked);
}

/// Ann proves who she is on the hosted pages.
fn prove(trial: &Trial) {
    let attempt = || "proof".to_owned();
    trial.answer(&BeginPassword { who: Who::known(ann()), attempt: attempt(), phantom: String::new() });
    let browser = Some(NewBrowser { hash: "cookie".into(), lives: 3600 });
    let (subject, outcome) = (ann().to_string(), Outcome::Prove);
    trial.answer(&FinishPassword { subject, attempt: attempt(), outcome, browser });
}

fn issue_in_browser() -> IssueGrant {
    IssueGrant { browser: Some("cookie".into()), ..issue() }
}

#[test]
fn a_proof_starts_the_browsers_session_and_a_code_takes_its_time_from_there() {
    let trial = signed_in();
    prove(&trial);
    let (_, auth_time) = trial.answer(&FindBrowser { hash: "cookie".into() }).unwrap();
    trial.advance(60);
    trial.answer(&issue_in_browser());
    assert_eq!(trial.answer(&redeem("g")).session.family.auth_time, auth_time);
}

#[test]
fn no_code_is_given_to_a_browser_whose_session_has_ended_since() {
    let ends: [&dyn Fn(&Trial); 5] = [
        &|trial| {
            let who = Who::known(ann());
            trial.answer(&SignOutEverywhere { who, proof: None });
        },
        &|trial| {
            for enabled in [false, true] {
                trial.answer(&EnableUser { who: Who::known(ann()), enabled });
            }
        },
        &|trial| {
            let password = NewPassword { hash: "$two".to_owned().into(), lives: None };
            trial.answer(&AdminSetPassword { who: Who::known(ann()), password, only_invited: false });
        },
        &|trial| trial.answer(&EndBrowser { hash: "cookie".into() }),
        &|trial| trial.advance(3600),
    ];
    for end in ends {
        let trial = signed_in();
        prove(&trial);
        end(&trial);
        assert_eq!(trial.refusal(&issue_in_browser()), Refusal::SessionInvalid);
        assert_eq!(trial.refusal(&redeem("late")), Refusal::GrantInvalid);
    }
}

#[test]
fn a_code_is_for_whoever_is_signed_in_in_the_browser() {
    let trial = signed_in();
    prove(&trial);
    let eve = Sub::parse("22222222-2222-4222-8222-222222222222").unwrap();
    assert_eq!(trial.refusal(&IssueGrant { sub: eve, ..issue_in_browser() }), Refusal::SessionInvalid);
    trial.answer(&EnableUser { who: Who::known(ann()), enabled: false });
    assert_eq!(trial.refusal(&issue()), Refusal::SessionInvalid, "also by the release before");
    let start = StartBrowser { sub: ann(), hash: "other".into(), lives: 3600 };
    assert_eq!(trial.refusal(&start), Refusal::SessionInvalid);
}

#[test]
fn a_browser_is_remembered_for_as_long_as_was_said() {
    let trial = signed_in();
    let auth_time = trial.answer(&StartBrowser { sub: ann(), hash: "cookie".into(), lives: 3600 });
    trial.advance(3599);
    assert_eq!(trial.answer(&FindBrowser { hash: "cookie".into() }).map(|(_, at)| at), Some(auth_time));
    trial.advance(1);
    assert_eq!(trial.answer(&FindBrowser { hash: "cookie".into() }), None);
}

#[test]
fn sweeps_delete_what_is_past_keep_what_is_not_and_come_again_until_nothing_is_left() {
    let trial = signed_in();
    grant(&trial);
    trial.answer(&StartBrowser { sub: ann(), hash: "cookie".into(), lives: 3600 });
    let count = |table: &str| trial.number(&format!("SELECT count(*) FROM {table}"));
    let mut rings = 0;
    while let Some(due) = trial.object.next_alarm().unwrap() {
        assert!(due > trial.now.get() - 1, "an alarm in the past would ring for ever");
        trial.now.set(due);
        assert_eq!(trial.object.ring(due).unwrap(), []);
        rings += 1;
        assert!(rings < 100, "the sweeping does not end");
        if due <= START + 3600 {
            assert_eq!((count("family"), count("browser")), (1, 1), "at {due}");
        }
        if due <= START + 86_400 {
            assert_eq!(count("refresh"), 1, "a session that stands keeps its token");
        }
    }
    for table in [
        "family",
        "refresh",
        "browser",
        "grant_code",
        "code",
        "spent",
        "budget",
        "attempt",
        "lock",
        "decision",
    ] {
        assert_eq!(count(table), 0, "{table}");
    }
    assert_eq!(count("user"), 1);
}

#[test]
fn a_sweep_that_finds_more_than_a_batch_goes_on() {
    let trial = signed_in();
    let sql = trial.object.sql();
    for n in 0..1200 {
        sql.query("INSERT INTO spent (id, expires) VALUES (?, ?)", &[format!("s{n}").into(), START.into()])
            .unwrap();
    }
    let mut left = Vec::new();
    let first = trial.object.next_alarm().unwrap().expect("there is more");
    for _ in 0..3 {
        let due = trial.object.next_alarm().unwrap().expect("there is more");
        assert!(due < first + 10, "strangers make rows faster than that");
        trial.object.ring(due).unwrap();
        left.push(trial.number("SELECT count(*) FROM spent"));
    }
    assert_eq!(left, [700, 200, 0]);
}
