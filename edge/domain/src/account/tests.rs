use super::*;
use crate::address::Kind;
use crate::command::{Command, Reply};
use crate::error::Refusal;
use crate::object::trial::Trial;
use crate::random::Random;

/// One object of any kind, as these tests ask it.
pub(crate) struct World(Trial);

impl World {
    pub(crate) fn new() -> Self {
        Self::of(Kind::Account)
    }
    pub(crate) fn of(kind: Kind) -> Self {
        Self(Trial::new(kind))
    }
    pub(crate) fn now(&self) -> i64 {
        self.0.now.get()
    }
    pub(crate) fn random(&self) -> &dyn Random {
        &self.0.drawn
    }
    #[expect(clippy::needless_pass_by_value, reason = "a command is sent, as in every test of an object")]
    pub(crate) fn run<C: Command>(&self, command: C) -> Result<C::Answer, Refusal> {
        match self.send(&command, 0) {
            Reply::Answer(answer) => Ok(answer),
            Reply::Refused(refusal) => Err(refusal),
            Reply::Stale(_) | Reply::Gone | Reply::Absent => panic!("nobody there"),
            Reply::Fault(fault) => panic!("{fault}"),
        }
    }
    pub(crate) fn send<C: Command>(&self, command: &C, version: u64) -> Reply<C::Answer> {
        self.0.version.set(version);
        self.0.ask(command)
    }
}

fn register(id: &str, name: &str, kind: PoolKind) -> RegisterPool {
    RegisterPool { id: id.into(), name: name.into(), kind, domain: None, version: 1 }
}
fn pools(kind: PoolKind, prefix: &str) -> ListPools {
    ListPools { kind, after: String::new(), limit: 9, prefix: prefix.into() }
}
fn with_domain(domain: &str, id: &str, version: u64) -> RegisterPool {
    RegisterPool { domain: Some(domain.into()), version, ..register(id, id, PoolKind::User) }
}

#[test]
fn pools_come_in_pages_of_their_kind() {
    let world = World::new();
    for (id, kind) in
        [("c", PoolKind::User), ("a", PoolKind::User), ("b", PoolKind::Identity), ("d", PoolKind::User)]
    {
        world.run(register(id, id, kind)).unwrap();
    }
    let page = |after: &str| {
        let list = ListPools { after: after.into(), limit: 2, ..pools(PoolKind::User, "") };
        world.run(list).unwrap().into_iter().map(|pool| pool.id).collect::<Vec<_>>()
    };
    assert_eq!(page(""), ["a", "c"]);
    assert_eq!(page("c"), ["d"]);
    world.run(ForgetPool { id: "d".into() }).unwrap();
    world.run(ForgetPool { id: "d".into() }).unwrap();
    assert!(page("c").is_empty());
}

#[test]
fn pools_of_one_region_are_no_others() {
    let world = World::new();
    for id in ["us-east-1_b", "us-east-1_a", "us-east-12_a", "us-east-1", "eu-west-1_a", "us-west-1_a"] {
        world.run(register(id, id, PoolKind::User)).unwrap();
    }
    world.run(register("us-east-1:c", "c", PoolKind::Identity)).unwrap();
    let ids = |list: ListPools| world.run(list).unwrap().into_iter().map(|pool| pool.id).collect::<Vec<_>>();
    assert_eq!(ids(pools(PoolKind::User, "us-east-1_")), ["us-east-1_a", "us-east-1_b"]);
    let after = ListPools { after: "us-east-1_a".into(), ..pools(PoolKind::User, "us-east-1_") };
    assert_eq!(ids(after), ["us-east-1_b"]);
    assert_eq!(ids(pools(PoolKind::Identity, "us-east-1:")), ["us-east-1:c"]);
    assert_eq!(ids(pools(PoolKind::User, "")).len(), 6);
}

#[test]
fn registering_again_renames() {
    let world = World::new();
    world.run(register("a", "old", PoolKind::User)).unwrap();
    world.run(register("a", "new", PoolKind::User)).unwrap();
    let pools = world.run(pools(PoolKind::User, "")).unwrap();
    assert_eq!(pools.iter().map(|pool| pool.name.as_str()).collect::<Vec<_>>(), ["new"]);
}

#[test]
fn an_older_entry_that_comes_late_changes_nothing() {
    let world = World::new();
    let names = || {
        let pools = world.run(pools(PoolKind::User, "")).unwrap();
        pools.into_iter().map(|pool| pool.name).collect::<Vec<_>>()
    };
    let at = |name: &str, version| RegisterPool { version, ..register("a", name, PoolKind::User) };
    world.run(at("third", 3)).unwrap();
    world.run(at("second", 2)).unwrap();
    assert_eq!(names(), ["third"]);
    world.run(RegisterPool { domain: Some("demo".into()), ..at("second", 2) }).unwrap();
    assert_eq!(world.run(FindDomain { domain: "demo".into() }), Ok(None));
    world.run(ForgetPool { id: "a".into() }).unwrap();
    world.run(at("fourth", 4)).unwrap();
    assert_eq!(names(), [""; 0], "what is forgotten stays so");
}

#[test]
fn a_prefix_has_one_pool_and_a_pool_one_prefix() {
    let world = World::new();
    let owner = |domain: &str| world.run(FindDomain { domain: domain.into() }).unwrap();
    world.run(with_domain("demo", "p1", 1)).unwrap();
    world.run(with_domain("demo", "p1", 2)).unwrap();
    let taken = Err(Refusal::DomainTaken { domain: "demo".into() });
    assert_eq!(world.run(with_domain("demo", "p2", 1)), taken);
    world.run(with_domain("other", "p1", 3)).unwrap();
    assert_eq!((owner("demo"), owner("other")), (None, Some("p1".into())), "in place of the first");
    world.run(with_domain("demo", "p2", 2)).unwrap();
    world.run(register("p2", "p2", PoolKind::User)).unwrap();
    assert_eq!(owner("demo"), Some("p2".into()), "that was older");
    world.run(RegisterPool { version: 3, ..register("p2", "p2", PoolKind::User) }).unwrap();
    assert_eq!(owner("demo"), None);
    world.run(ForgetPool { id: "p1".into() }).unwrap();
    assert_eq!(owner("other"), None, "whoever goes leaves their prefix");
    world.run(with_domain("other", "p2", 4)).unwrap();
}

#[test]
fn two_writers_of_the_gate_document_do_not_overwrite_each_other() {
    let world = World::new();
    let put = |document: &str, expected_version| PutGate { document: document.into(), expected_version };
    assert_eq!(world.run(put("{}", 0)), Ok(1));
    assert!(matches!(world.run(put("{ }", 0)), Err(Refusal::Conflict { .. })));
    assert_eq!(world.run(put("{ }", 1)), Ok(2));
    let gate = world.run(FindAccount { known: None }).unwrap().unwrap().gate;
    assert_eq!(gate, Gate { version: 2, document: "{ }".into() });
}

#[test]
fn the_snapshot_is_sent_only_when_it_has_changed() {
    let world = World::new();
    let first = world.run(FindAccount { known: None }).unwrap().unwrap();
    assert_eq!(world.run(FindAccount { known: Some(first.version) }), Ok(None));
    world.run(with_domain("demo", "p1", 1)).unwrap();
    let second = world.run(FindAccount { known: Some(first.version) }).unwrap().unwrap();
    assert!(second.version > first.version);
    assert_eq!(second.domains.get("demo").map(String::as_str), Some("p1"));
    world.run(with_domain("demo", "p1", 2)).unwrap();
    assert_eq!(
        world.run(FindAccount { known: Some(second.version) }),
        Ok(None),
        "only the pool's version is new"
    );
}
