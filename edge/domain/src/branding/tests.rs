use super::image::Kind;
use super::set::NewLogo;
use super::*;
use crate::caller::Caller;
use crate::command::Command;
use crate::context::Context;
use crate::random::Random;
use crate::sql::Sql;
use crate::sql::native::Native;

struct Zeroes;
impl Random for Zeroes {
    fn fill(&self, out: &mut [u8]) {
        out.fill(0);
    }
}

fn world() -> Native {
    let sql = Native::in_memory().unwrap();
    for statement in include_str!("../../schema/pool/0001.sql").split(";\n").filter(|s| s.contains("CREATE"))
    {
        sql.query(statement, &[]).unwrap();
    }
    sql
}

fn run<C: Command>(sql: &Native, now: i64, command: C) -> C::Answer {
    let caller = Caller::default();
    command.run(&mut Context::new(sql, now, &Zeroes, &caller, "operation")).unwrap()
}

fn sheet(client: &str, version: &str) -> SetBranding {
    SetBranding {
        client: client.into(),
        source: Some(format!("/* {version} */")),
        sheet: Some(String::new()),
        logo: None,
        version: version.into(),
    }
}

fn find(sql: &Native, client: &str) -> Option<Branding> {
    run(sql, 99, FindBranding { client: client.into() })
}

#[test]
fn a_client_without_a_look_of_its_own_has_everybodys() {
    let sql = world();
    assert_eq!(find(&sql, "c1"), None);
    run(&sql, 10, sheet(ALL, "v1"));
    run(&sql, 11, sheet("c2", "v2"));
    assert_eq!(find(&sql, "c1").map(|b| (b.client, b.version)), Some(("ALL".into(), "v1".into())));
    assert_eq!(find(&sql, "c2").map(|b| (b.client, b.version)), Some(("c2".into(), "v2".into())));
}

#[test]
fn a_new_look_replaces_the_old_one_whole_and_keeps_its_birthday() {
    let sql = world();
    let logo = Logo { kind: Kind::Png, width: 3, height: 2 };
    let with_logo =
        SetBranding { logo: Some(NewLogo { logo: logo.clone(), bytes: vec![1, 2] }), ..sheet(ALL, "v1") };
    assert_eq!(run(&sql, 10, with_logo).unwrap().logo, Some(logo));
    assert_eq!(run(&sql, 11, FindLogo { client: ALL.into() }).unwrap().0, [1, 2]);
    let second = run(&sql, 20, sheet(ALL, "v2")).unwrap();
    assert_eq!((second.created, second.modified, second.logo), (10, 20, None));
    assert_eq!(run(&sql, 21, FindLogo { client: ALL.into() }), None);
}

#[test]
fn setting_nothing_takes_the_look_away() {
    let sql = world();
    run(&sql, 10, sheet(ALL, "v1"));
    run(&sql, 10, sheet("c1", "v2"));
    assert_eq!(run(&sql, 11, SetBranding { source: None, sheet: None, ..sheet("c1", "") }), None);
    assert_eq!(find(&sql, "c1").map(|b| b.client), Some("ALL".into()));
}

#[test]
fn every_statement_is_answered_by_the_key() {
    let sql = world();
    sql.watch();
    run(&sql, 10, sheet(ALL, "v1"));
    find(&sql, ALL);
    run(&sql, 11, FindLogo { client: ALL.into() });
    run(&sql, 12, SetBranding { source: None, sheet: None, ..sheet(ALL, "") });
    let watched = sql.watched();
    assert!(watched.len() >= 4);
    for statement in watched {
        let plan = sql.plan(&statement).unwrap();
        assert!(plan.iter().all(|step| !step.contains("SCAN")), "{statement}: {plan:?}");
    }
}
