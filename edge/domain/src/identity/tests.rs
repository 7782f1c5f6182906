use super::*;
use crate::account::tests::World;
use crate::address::Kind;
use crate::command::Reply;
use crate::error::Refusal;
use crate::id::{IdKey, PoolTag};
use crate::pool::{FinishDelete, Signs, Told};

const KEY: IdKey = IdKey::new([7; 32]);
const TAG: PoolTag = PoolTag::from_trusted(9);

fn fresh(world: &World) -> IdentityId {
    IdentityId::draw(&KEY, "us-east-1", TAG, 0, world.random())
}
fn login(subject: &str) -> Login {
    Login { provider: "cognito-idp.us-east-1.amazonaws.com/us-east-1_a".into(), subject: subject.into() }
}
fn admit(world: &World, login: Option<Login>) -> IdentityId {
    world.run(Admit { fresh: fresh(world), login }).unwrap()
}
fn pool(world: &World) -> IdentityPool {
    let key = SigningKey {
        kid: "k".into(),
        signs: Signs::OpenId,
        algorithm: "RS512".into(),
        public: "{}".into(),
        private: vec![1],
        created: 0,
        retired: None,
    };
    IdentityPool {
        id: IdentityPoolId::draw(&KEY, "us-east-1", world.random()),
        version: 0,
        placement: Placement::new(3),
        name: "demo".into(),
        guests: true,
        classic: false,
        providers: vec![],
        tags: BTreeMap::new(),
        roles: Roles::default(),
        created: 0,
        modified: 0,
        keys: vec![key],
    }
}

#[test]
fn a_login_keeps_its_identity_and_each_guest_is_another() {
    let world = World::of(Kind::IdentityShard);
    let ann = admit(&world, Some(login("ann")));
    assert_eq!(admit(&world, Some(login("ann"))), ann);
    assert_ne!(admit(&world, Some(login("bob"))), ann);
    assert_ne!(admit(&world, None), admit(&world, None));
    let found = world.run(FindIdentity { id: ann.clone() }).unwrap();
    assert_eq!((found.id, found.logins, found.created), (ann, vec![login("ann")], world.now()));
}

#[test]
fn one_subject_at_two_providers_is_two_people() {
    let world = World::of(Kind::IdentityShard);
    let elsewhere =
        Login { provider: "cognito-idp.us-east-1.amazonaws.com/us-east-1_b".into(), ..login("ann") };
    assert_ne!(admit(&world, Some(login("ann"))), admit(&world, Some(elsewhere)));
}

#[test]
fn a_guest_has_no_logins_and_a_stranger_is_not_found() {
    let world = World::of(Kind::IdentityShard);
    let guest = admit(&world, None);
    assert_eq!(world.run(FindIdentity { id: guest }).map(|found| found.logins), Ok(vec![]));
    let stranger = fresh(&world);
    let refused = world.run(FindIdentity { id: stranger.clone() });
    assert_eq!(refused, Err(Refusal::IdentityNotFound { identity: stranger.to_string() }));
}

#[test]
fn provider_and_subject_cannot_run_into_each_other_when_a_login_is_placed() {
    let placement = Placement::new(256);
    let shard = |provider: &str, subject: &str| {
        Login { provider: provider.into(), subject: subject.into() }.shard(placement)
    };
    let spread: std::collections::BTreeSet<u16> = (0..64).map(|n| shard("p", &n.to_string())).collect();
    assert!(spread.len() > 32);
    assert_ne!(shard("ab", "c"), shard("a", "bc"));
}

#[test]
fn a_shard_that_knows_a_newer_version_refuses_and_a_closed_one_is_gone() {
    let world = World::of(Kind::IdentityShard);
    assert!(matches!(world.send(&Raise {}, 2), Reply::Answer(())));
    let command = Admit { fresh: fresh(&world), login: None };
    assert!(matches!(world.send(&command, 1), Reply::Stale(2)));
    assert!(matches!(world.send(&command, 2), Reply::Answer(_)));
    assert!(matches!(world.send(&Close {}, 3), Reply::Answer(())));
    assert!(matches!(world.send(&Admit { fresh: fresh(&world), login: None }, 9), Reply::Gone));
}

#[test]
fn a_shard_that_nobody_has_used_can_be_closed_before_it_is() {
    let world = World::of(Kind::IdentityShard);
    assert!(matches!(world.send(&Close {}, 1), Reply::Answer(())));
    assert!(matches!(world.send(&Admit { fresh: fresh(&world), login: None }, 1), Reply::Gone));
}

#[test]
fn setting_roles_makes_a_version_and_asks_for_the_shards_to_be_told() {
    let world = World::of(Kind::Pool);
    let made = world.run(CreateIdentityPool { pool: pool(&world) }).unwrap();
    assert_eq!((made.version, made.created), (1, world.now()));
    let roles = Roles { authenticated: Some("arn".into()), unauthenticated: None };
    let told = world.run(SetRoles { roles: roles.clone() }).unwrap();
    assert_eq!((told.kind, told.shards, told.version, told.gone), (Kind::IdentityShard, 3, 2, false));
    world.run(Told { tell: told }).unwrap();
    let found = world.run(FindIdentityPool {}).unwrap();
    assert_eq!((found.version, found.roles), (2, roles));
    assert_eq!(found.keys.len(), 1);
}

#[test]
fn a_deleted_pool_is_gone() {
    let world = World::of(Kind::Pool);
    world.run(CreateIdentityPool { pool: pool(&world) }).unwrap();
    let tell = world.run(DeleteIdentityPool {}).unwrap();
    assert!(tell.gone);
    world.run(FinishDelete { tell }).unwrap();
    assert!(matches!(world.send(&FindIdentityPool {}, 0), Reply::Gone));
}

#[test]
fn a_tag_has_one_pool() {
    let world = World::of(Kind::Pool);
    world.run(CreateIdentityPool { pool: pool(&world) }).unwrap();
    assert!(matches!(world.send(&CreateIdentityPool { pool: pool(&world) }, 0), Reply::Fault(_)));
}
