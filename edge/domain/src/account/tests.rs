use super::*;
use crate::address::Kind;
use crate::caller::Caller;
use crate::command::{self, Command, Reply};
use crate::error::Refusal;
use crate::object::Object;
use crate::random::Random;
use crate::sql::native::Native;
use std::cell::Cell;

/// One object of any kind, on SQLite in memory.
pub(crate) struct World {
    object: Object<Native>,
    chance: Count,
}

/// Bytes that never repeat.
pub(crate) struct Count(Cell<u64>);

impl Random for Count {
    fn fill(&self, out: &mut [u8]) {
        for byte in out {
            // A linear congruential generator: good enough to differ.
            let next =
                self.0.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.0.set(next);
            *byte = next.to_be_bytes()[0];
        }
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of(Kind::Account)
    }
    pub(crate) fn of(kind: Kind) -> Self {
        let object = Object::wake(kind, Native::in_memory().unwrap()).unwrap();
        Self { object, chance: Count(Cell::new(1)) }
    }
    pub(crate) fn now(&self) -> i64 {
        1000
    }
    pub(crate) fn random(&self) -> &Count {
        &self.chance
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
        let operation = crate::random::uuid(&self.chance);
        let bytes = command::encode(command, &operation, version, 0, &Caller::default()).unwrap();
        let handled = self.object.handle(&bytes, self.now(), &self.chance);
        command::decode::<C>(&handled.reply).unwrap()
    }
    /// Plans of all statements that `work` ran on tables of ours; none may read a whole table.
    pub(crate) fn scans_nothing(&self, work: impl FnOnce(&Self)) {
        self.object.sql().watch();
        work(self);
        for statement in self.object.sql().watched() {
            if statement.contains("sqlite_master") || statement.contains("CREATE ") {
                continue;
            }
            let plan = self.object.sql().plan(&statement).unwrap();
            let scans = plan.iter().any(|step| step.starts_with("SCAN") && !step.contains("CONSTANT ROW"));
            assert!(!scans, "{statement}: {plan:?}");
        }
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
    world.run(PutBucket { name: "photos".into(), binding: "PHOTOS".into() }).unwrap();
    world.run(reserve("demo", "p1")).unwrap();
    let second = world.run(FindAccount { known: Some(first.version) }).unwrap().unwrap();
    assert!(second.version > first.version);
    assert_eq!(second.buckets.get("photos").map(String::as_str), Some("PHOTOS"));
    assert_eq!(second.domains.get("demo").map(String::as_str), Some("p1"));
}

#[test]
fn no_statement_reads_a_whole_table() {
    use crate::role::{
        CreateRole, DeleteRole, DeleteRolePolicy, FindRole, ListRoles, PutRolePolicy, RevokeSessions,
    };
    let trust =
        r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRoleWithWebIdentity"}}"#;
    let policy = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    World::new().scans_nothing(|world| {
        world.run(register("a", "a", PoolKind::User)).unwrap();
        world.run(ListPools { kind: PoolKind::User, after: String::new(), limit: 9 }).unwrap();
        world.run(ForgetPool { id: "a".into() }).unwrap();
        world.run(reserve("demo", "a")).unwrap();
        world.run(FindDomain { domain: "demo".into() }).unwrap();
        world.run(FreeDomain { domain: "demo".into() }).unwrap();
        world.run(PutBucket { name: "b".into(), binding: "B".into() }).unwrap();
        world.run(PutGate { document: "{}".into(), expected_version: 0 }).unwrap();
        let (name, role) = ("r".to_owned(), "r".to_owned());
        let create =
            CreateRole { name: name.clone(), trust: trust.into(), description: None, max_session: 3600 };
        world.run(create).unwrap();
        world.run(PutRolePolicy { role: role.clone(), name: "p".into(), document: policy.into() }).unwrap();
        world.run(FindRole { name: name.clone() }).unwrap();
        world.run(ListRoles { after: String::new(), limit: 9 }).unwrap();
        world.run(RevokeSessions { role: role.clone() }).unwrap();
        world.run(FindAccount { known: None }).unwrap();
        world.run(DeleteRolePolicy { role, name: "p".into() }).unwrap();
        world.run(DeleteRole { name }).unwrap();
    });
}
