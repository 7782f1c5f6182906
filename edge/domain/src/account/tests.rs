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
    RegisterPool { id: id.into(), name: name.into(), kind }
}
fn reserve(domain: &str, pool: &str) -> ReserveDomain {
    ReserveDomain { domain: domain.into(), pool: pool.into() }
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
        let list = ListPools { kind: PoolKind::User, after: after.into(), limit: 2 };
        world.run(list).unwrap().into_iter().map(|pool| pool.id).collect::<Vec<_>>()
    };
    assert_eq!(page(""), ["a", "c"]);
    assert_eq!(page("c"), ["d"]);
    world.run(ForgetPool { id: "d".into() }).unwrap();
    world.run(ForgetPool { id: "d".into() }).unwrap();
    assert!(page("c").is_empty());
}

#[test]
fn registering_again_renames() {
    let world = World::new();
    world.run(register("a", "old", PoolKind::User)).unwrap();
    world.run(register("a", "new", PoolKind::User)).unwrap();
    let pools = world.run(ListPools { kind: PoolKind::User, after: String::new(), limit: 9 }).unwrap();
    assert_eq!(pools.iter().map(|pool| pool.name.as_str()).collect::<Vec<_>>(), ["new"]);
}

#[test]
fn a_prefix_has_one_pool_and_a_pool_one_prefix() {
    let world = World::new();
    world.run(reserve("demo", "p1")).unwrap();
    world.run(reserve("demo", "p1")).unwrap();
    assert_eq!(world.run(reserve("demo", "p2")), Err(Refusal::DomainTaken { domain: "demo".into() }));
    assert!(matches!(world.run(reserve("other", "p1")), Err(Refusal::Invalid { .. })));
    assert_eq!(world.run(FindDomain { domain: "demo".into() }), Ok(Some("p1".into())));
    world.run(FreeDomain { domain: "demo".into() }).unwrap();
    world.run(reserve("demo", "p2")).unwrap();
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
    world.run(reserve("demo", "p1")).unwrap();
    let second = world.run(FindAccount { known: Some(first.version) }).unwrap().unwrap();
    assert!(second.version > first.version);
    assert_eq!(second.domains.get("demo").map(String::as_str), Some("p1"));
}
