//! What one shard does with claims; the protocol over several is tested under the scheduler.

use super::*;
use crate::sql::Sql;

fn email(key: &str) -> Name {
    Name { kind: NameKind::Email, key: key.into() }
}

/// Two shards, and a name whose shard is not the home of either user.
fn apart() -> (Placement, Sub, Sub, Name) {
    let placement = Placement::new(2);
    let of = |shard| (0..10).map(sub).filter(move |s| placement.of_sub(s) == shard);
    let name = (0..100).map(|n| email(&format!("a{n}@x"))).find(|n| placement.of_name(&n.key) == 0).unwrap();
    let mut far = of(1);
    (placement, far.next().unwrap(), far.next().unwrap(), name)
}

fn claimant(sub: &Sub, operation: &str, name: &Name) -> Claimant {
    Claimant { name: name.clone(), sub: sub.clone(), operation: operation.into() }
}

#[test]
fn a_name_claimed_elsewhere_is_contested_not_taken() {
    let (placement, a, b, name) = apart();
    let trial = Trial::new(Kind::UserShard);
    let first = claimant(&a, "op-a", &name);
    assert_eq!(trial.answer(&Claim { claimant: first.clone(), placement }), Taken::Ours);
    assert_eq!(trial.answer(&Claim { claimant: first.clone(), placement }), Taken::Ours, "again is the same");
    let second = claimant(&b, "op-b", &name);
    assert_eq!(trial.answer(&Claim { claimant: second.clone(), placement }), Taken::Contested(first.clone()));
    // Nobody else's claim is given back.
    trial.answer(&ReleaseClaim { claimant: second.clone() });
    assert_eq!(trial.answer(&Claim { claimant: second.clone(), placement }), Taken::Contested(first.clone()));
    trial.answer(&ReleaseClaim { claimant: first });
    assert_eq!(trial.answer(&Claim { claimant: second, placement }), Taken::Ours);
}

#[test]
fn asking_decides_a_late_write_is_refused_and_leaves_nothing() {
    let (placement, a, _, name) = apart();
    let trial = Trial::new(Kind::UserShard);
    let claimant = claimant(&a, "op-a", &name);
    assert_eq!(trial.answer(&Decide { claimant: claimant.clone() }), Holding::NotHeld);
    let mut late = register(1, "ann");
    late.user.sub = a;
    late.here = vec![];
    late.elsewhere = vec![name];
    late.operation = "op-a".into();
    late.placement = placement;
    assert_eq!(trial.refusal(&late), Refusal::Busy);
    assert_eq!(trial.number("SELECT count(*) FROM user"), 0);
    assert_eq!(trial.answer(&CountUsers {}), 0);
    late.operation = "op-b".into();
    assert!(matches!(trial.answer(&late), Registered::Done(_)), "another operation is not hindered");
    assert_eq!(trial.answer(&Decide { claimant }), Holding::Held, "whoever's claim it is, the name is held");
}

#[test]
fn asking_after_the_write_says_held() {
    let (placement, a, _, name) = apart();
    let trial = Trial::new(Kind::UserShard);
    let mut write = register(1, "ann");
    write.user.sub = a.clone();
    write.here = vec![];
    write.elsewhere = vec![name.clone()];
    write.operation = "op-a".into();
    write.placement = placement;
    trial.answer(&write);
    assert_eq!(trial.answer(&Decide { claimant: claimant(&a, "op-a", &name) }), Holding::Held);
}

#[test]
fn a_leftover_claim_of_a_user_who_lives_here_is_taken_over() {
    let trial = with_ann();
    trial.object.sql().query("DELETE FROM name WHERE kind = 'username'", &[]).unwrap();
    match trial.answer(&register(2, "ann")) {
        Registered::Done(user) => assert_eq!(user.sub, sub(2)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_taken_name_writes_nothing() {
    let trial = with_ann();
    let mut second = register(2, "ann");
    second.here.insert(0, email("free@x"));
    let users = trial.dump();
    match trial.answer(&second) {
        Registered::NameHeld { name, by } => assert_eq!((name, by), (named("ann"), sub(1))),
        other => panic!("{other:?}"),
    }
    let rows = |dump: &str| {
        dump.lines()
            .filter(|l| !l.starts_with("operation ") && !l.starts_with("meta "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&trial.dump()), rows(&users), "not even the free name was claimed");
}

fn preferred(key: &str) -> Name {
    Name { kind: NameKind::PreferredUsername, key: key.into() }
}

fn rename(who: u8, to: &Name, operation: &str) -> AdminSetAttributes {
    AdminSetAttributes {
        who: Who::known(sub(who)),
        attributes: BTreeMap::from([(to.kind.label().to_owned(), to.key.clone())]),
        removed: vec![],
        here: vec![to.clone()],
        elsewhere: vec![],
        operation: operation.into(),
        placement: Placement::new(1),
    }
}

#[test]
fn what_one_signs_in_with_nobody_else_gets_in_another_kind() {
    let trial = with_ann();
    trial.answer(&rename(1, &preferred("neo"), "op-1"));
    match trial.answer(&register(2, "neo")) {
        Registered::NameHeld { name, by } => assert_eq!((name, by), (named("neo"), sub(1))),
        other => panic!("{other:?}"),
    }
    assert!(matches!(trial.answer(&register(2, "ben")), Registered::Done(_)));
    let taken = Refusal::AliasTaken { name: "preferred_username".into() };
    assert_eq!(trial.refusal(&rename(2, &preferred("ann"), "op-2")), taken);
    assert_eq!(trial.refusal(&rename(2, &preferred("neo"), "op-3")), taken);
    // One's own username may be the preferred one too, and goes back to being the one alone.
    trial.answer(&rename(1, &preferred("ann"), "op-4"));
    assert_eq!(trial.number("SELECT count(*) FROM claim WHERE key = 'ann'"), 2);
    trial.answer(&rename(1, &preferred("trinity"), "op-5"));
    trial.answer(&rename(2, &preferred("neo"), "op-6"));
    let keys = trial.rows("SELECT kind || ' ' || key FROM claim ORDER BY kind, key");
    let keys: Vec<_> = keys.iter().map(|row| row.text(0).unwrap()).collect();
    assert_eq!(
        keys,
        ["preferred_username neo", "preferred_username trinity", "username ann", "username ben"]
    );
}

#[test]
fn a_claim_in_another_kind_from_elsewhere_is_contested() {
    let (placement, a, b, name) = apart();
    let trial = Trial::new(Kind::UserShard);
    let other = preferred(&name.key);
    let first = claimant(&a, "op-a", &other);
    assert_eq!(trial.answer(&Claim { claimant: first.clone(), placement }), Taken::Ours);
    let second = claimant(&b, "op-b", &name);
    assert_eq!(trial.answer(&Claim { claimant: second.clone(), placement }), Taken::Contested(first.clone()));
    let home = (0..10).map(sub).find(|sub| placement.of_sub(sub) == 0).unwrap();
    let mut here = register(1, "x");
    here.user.sub = home;
    here.here = vec![named(&name.key)];
    here.placement = placement;
    assert_eq!(trial.answer(&here), Registered::Contested(first.clone()));
    // One's own claim to another kind is no hindrance, and both stay.
    let own = claimant(&a, "op-c", &name);
    assert_eq!(trial.answer(&Claim { claimant: own, placement }), Taken::Ours);
    assert_eq!(trial.number("SELECT count(*) FROM claim"), 2);
    assert_eq!(
        trial.answer(&Claim { claimant: second, placement }),
        Taken::Contested(claimant(&a, "op-c", &name))
    );
}

#[test]
fn a_user_who_is_deleted_leaves_no_name_code_or_session_behind() {
    let trial = with_ann();
    trial.answer(&PutCode {
        who: ann(),
        phantom: String::new(),
        purpose: CodePurpose::Reset,
        mac: "aa".into(),
        detail: "email".into(),
    });
    trial.answer(&BeginPassword { who: ann(), attempt: "try".into(), phantom: String::new() });
    let family = crate::session::NewFamily {
        id: "family".into(),
        client: "client".into(),
        scope: String::new(),
        lives: 3600,
        refresh_hash: "hash".into(),
        auth_time: None,
    };
    trial.answer(&FinishPassword {
        subject: sub(1).to_string(),
        attempt: "try".into(),
        outcome: Outcome::SignIn(family),
        browser: None,
    });
    match trial.answer(&DeleteUser { who: ann(), proof: None, placement: Placement::new(1) }) {
        Located::Here(deleted) => assert_eq!(deleted.elsewhere, []),
        other => panic!("{other:?}"),
    }
    for table in ["user", "name", "claim", "attribute", "code", "family", "refresh", "attempt"] {
        assert_eq!(trial.number(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(trial.answer(&CountUsers {}), 0);
    assert!(matches!(trial.answer(&register(2, "ann")), Registered::Done(_)), "the name is free");
}

#[test]
fn an_address_that_changed_is_no_longer_a_name_to_sign_in_with() {
    let trial = with_ann();
    let set = |value: &str, here: Vec<Name>| AdminSetAttributes {
        who: ann(),
        attributes: BTreeMap::from([("email".to_owned(), value.to_owned())]),
        removed: vec![],
        here,
        elsewhere: vec![],
        operation: trial.operation(),
        placement: Placement::new(1),
    };
    trial.answer(&set("old@x", vec![email("old@x")]));
    let find = |key: &str| trial.answer(&FindUser { who: Who::named(vec![email(key)]) });
    assert!(matches!(find("old@x"), Located::Here(_)));
    trial.answer(&set("old@x", vec![]));
    assert!(matches!(find("old@x"), Located::Here(_)), "the same address, said again, stays");
    // Changed without proof: the new one is not a name yet, and the old one no longer is.
    trial.answer(&set("new@x", vec![]));
    assert!(matches!(find("old@x"), Located::Missing));
    assert!(matches!(find("new@x"), Located::Missing));
}

#[test]
fn an_attribute_taken_away_takes_its_name_along() {
    let trial = with_ann();
    let preferred = Name { kind: NameKind::PreferredUsername, key: "annie".into() };
    let set = |attributes: &[(&str, &str)], removed: &[&str], here| AdminSetAttributes {
        who: ann(),
        attributes: attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        removed: removed.iter().map(ToString::to_string).collect(),
        here,
        elsewhere: vec![],
        operation: trial.operation(),
        placement: Placement::new(1),
    };
    trial.answer(&set(&[("preferred_username", "annie")], &[], vec![preferred.clone()]));
    trial.answer(&set(&[], &["preferred_username"], vec![]));
    let found = trial.answer(&FindUser { who: Who::named(vec![preferred.clone()]) });
    assert_eq!(found, Located::Missing);
    assert_eq!(trial.number("SELECT count(*) FROM claim WHERE kind = 'preferred_username'"), 0);
}

#[test]
fn a_name_nobody_has_may_send_on_like_one_that_lives_elsewhere() {
    let trial = with_ann();
    let find =
        |name: &str, nobody| trial.answer(&FindUser { who: Who { nobody, ..Who::named(vec![named(name)]) } });
    assert!(matches!(find("ann", Some(sub(7))), Located::Here(_)), "somebody has it");
    assert_eq!(find("ghost", Some(sub(7))), Located::Elsewhere(sub(7)));
    assert_eq!(find("ghost", None), Located::Missing);
}

#[test]
fn a_text_in_the_form_of_a_sub_is_its_owners_before_it_is_a_name() {
    let trial = with_ann();
    let text = sub(2);
    let find = || {
        let who = Who { otherwise: vec![named(text.as_str())], ..Who::known(text.clone()) };
        match trial.answer(&FindUser { who }) {
            Located::Here(user) => Some(user.username),
            Located::Elsewhere(_) | Located::Missing => None,
        }
    };
    assert_eq!(find(), None);
    trial.answer(&register(3, text.as_str()));
    assert_eq!(find().as_deref(), Some(text.as_str()));
    // Nobody can bring this about, as subs are drawn; were it so, the name would not get in the sub's way.
    trial.answer(&register(2, "bob"));
    assert_eq!(find().as_deref(), Some("bob"));
    let held = trial.answer(&register(4, sub(1).as_str()));
    assert_eq!(held, Registered::NameHeld { name: named(sub(1).as_str()), by: sub(1) });
}
