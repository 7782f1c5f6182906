//! What an isolate remembers between requests: plain data only, bounded, and never stale where it matters (a shard
//! refuses a command built from an older pool version). Paths that touch no shard may lag by [`MAX_AGE`]; a browser's
//! session at the gate, which only its shard knows, by a minute.

use crate::account_view::AccountSnapshot;
use domain::id::PoolTag;
use domain::identity::IdentityPool;
use domain::jose::{Jwk, PublicKey};
use domain::pool::{Client, UserPool};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Seconds a snapshot may be used without asking.
pub const MAX_AGE: i64 = 5;
/// How often in [`MAX_AGE`] seconds the account is read for something that the last snapshot does not have.
const LOOKS: u32 = 20;
/// Pools remembered; the cache starts over when it is full.
const POOLS: usize = 256;
/// Clients remembered a pool.
const CLIENTS: usize = 256;
/// Keys remembered for verifying.
const KEYS: usize = 256;

/// A read that has begun. Requests of an isolate overtake each other at every call, so it may come back with what was so
/// before another one was told of a change: what was forgotten meanwhile it must not bring back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) at: i64,
    forgotten: u64,
}

/// How often something was forgotten.
#[derive(Debug, Default)]
pub(crate) struct Forgotten(Cell<u64>);

impl Forgotten {
    pub(crate) fn reading(&self, now: i64) -> Reading {
        Reading { at: now, forgotten: self.0.get() }
    }
    pub(crate) fn again(&self) {
        self.0.set(self.0.get().wrapping_add(1));
    }
    /// Whether what was read may be kept.
    pub(crate) fn lets_keep(&self, reading: Reading) -> bool {
        self.0.get() == reading.forgotten
    }
}

#[derive(Debug, Default)]
pub struct Cache {
    forgotten: Forgotten,
    pools: RefCell<HashMap<PoolTag, Kept>>,
    identity_pools: RefCell<HashMap<PoolTag, (Rc<IdentityPool>, i64)>>,
    account: RefCell<Option<(Rc<AccountSnapshot>, i64)>>,
    /// Public keys, by the text that they were read from.
    keys: RefCell<HashMap<String, Rc<PublicKey>>>,
    /// Since when such reads are counted, and how many there were.
    looks_again: Cell<(i64, u32)>,
    pub(crate) looks: crate::flow::branding::Looks,
    pub(crate) gate: crate::flow::gate::Known,
    /// Memory for bodies.
    pub(crate) bodies: crate::buffer::Budget,
    pub(crate) hashes: crate::flow::password::Queue,
}

#[derive(Debug)]
struct Kept {
    pool: Rc<UserPool>,
    read: i64,
    clients: HashMap<String, Rc<Client>>,
}

impl Cache {
    pub(crate) fn pool(&self, tag: PoolTag, now: i64) -> Option<Rc<UserPool>> {
        let pools = self.pools.borrow();
        let kept = pools.get(&tag)?;
        (kept.read + MAX_AGE > now).then(|| Rc::clone(&kept.pool))
    }

    /// To be called before a snapshot is read that is to be kept.
    pub(crate) fn reading(&self, now: i64) -> Reading {
        self.forgotten.reading(now)
    }

    pub(crate) fn keep_pool(&self, pool: Rc<UserPool>, reading: Reading) {
        let mut pools = self.pools.borrow_mut();
        let old = pools.get(&pool.id.tag()).map(|kept| (kept.pool.version, kept.read));
        let Some(read) = self.age(reading, pool.version, old) else { return };
        if pools.len() >= POOLS {
            pools.clear();
        }
        let clients = match pools.remove(&pool.id.tag()) {
            Some(old) if old.pool.version == pool.version => old.clients,
            _ => HashMap::new(),
        };
        pools.insert(pool.id.tag(), Kept { pool, read, clients });
    }

    /// Since when a snapshot counts as read; `None` where it must not be kept, beside the `old` one's version and time.
    fn age(&self, reading: Reading, version: u64, old: Option<(u64, i64)>) -> Option<i64> {
        let (known, read) = old.unwrap_or((0, i64::MIN));
        let age = if known == version { read.max(reading.at) } else { reading.at };
        (self.forgotten.lets_keep(reading) && known <= version).then_some(age)
    }

    pub(crate) fn forget_pool(&self, tag: PoolTag) {
        self.forgotten.again();
        self.pools.borrow_mut().remove(&tag);
    }

    pub(crate) fn identity_pool(&self, tag: PoolTag, now: i64) -> Option<Rc<IdentityPool>> {
        let pools = self.identity_pools.borrow();
        let (pool, read) = pools.get(&tag)?;
        (read + MAX_AGE > now).then(|| Rc::clone(pool))
    }

    pub(crate) fn keep_identity_pool(&self, pool: Rc<IdentityPool>, reading: Reading) {
        let mut pools = self.identity_pools.borrow_mut();
        let old = pools.get(&pool.id.tag()).map(|(pool, read)| (pool.version, *read));
        let Some(read) = self.age(reading, pool.version, old) else { return };
        if pools.len() >= POOLS {
            pools.clear();
        }
        pools.insert(pool.id.tag(), (pool, read));
    }

    pub(crate) fn forget_identity_pool(&self, tag: PoolTag) {
        self.forgotten.again();
        self.identity_pools.borrow_mut().remove(&tag);
    }

    /// The last snapshot of the account, and whether it is young enough to be used without asking.
    pub(crate) fn account(&self, now: i64) -> Option<(Rc<AccountSnapshot>, bool)> {
        let account = self.account.borrow();
        let (snapshot, read) = account.as_ref()?;
        Some((Rc::clone(snapshot), read + MAX_AGE > now))
    }

    /// Counts a read of the account for what its snapshot does not have; false where there were too many lately.
    pub(crate) fn may_look_again(&self, now: i64) -> bool {
        let (since, count) = self.looks_again.get();
        let (since, count) = if since + MAX_AGE > now { (since, count) } else { (now, 0) };
        self.looks_again.set((since, count.saturating_add(1)));
        count < LOOKS
    }

    pub(crate) fn keep_account(&self, snapshot: Rc<AccountSnapshot>, reading: Reading) {
        let mut account = self.account.borrow_mut();
        let old = account.as_ref().map(|(kept, read)| (kept.version, *read));
        if let Some(read) = self.age(reading, snapshot.version, old) {
            *account = Some((snapshot, read));
        }
    }

    pub(crate) fn forget_account(&self) {
        self.forgotten.again();
        *self.account.borrow_mut() = None;
    }

    /// The key that a JWK, JSON, says; `None` if it says none.
    pub(crate) fn public_key(&self, jwk: &str) -> Option<Rc<PublicKey>> {
        if let Some(key) = self.keys.borrow().get(jwk) {
            return Some(Rc::clone(key));
        }
        let key = Rc::new(PublicKey::from_jwk(&serde_json::from_str::<Jwk>(jwk).ok()?).ok()?);
        let mut keys = self.keys.borrow_mut();
        if keys.len() >= KEYS {
            keys.clear();
        }
        keys.insert(jwk.to_owned(), Rc::clone(&key));
        Some(key)
    }

    pub(crate) fn client(&self, pool: &UserPool, id: &str) -> Option<Rc<Client>> {
        let pools = self.pools.borrow();
        let kept = pools.get(&pool.id.tag()).filter(|kept| kept.pool.version == pool.version)?;
        kept.clients.get(id).map(Rc::clone)
    }

    pub(crate) fn keep_client(&self, pool: &UserPool, client: Rc<Client>) {
        let mut pools = self.pools.borrow_mut();
        if let Some(kept) = pools.get_mut(&pool.id.tag()).filter(|kept| kept.pool.version == pool.version) {
            if kept.clients.len() >= CLIENTS {
                kept.clients.clear();
            }
            kept.clients.insert(client.id.to_string(), client);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::Gate;
    use domain::id::{IdentityPoolId, Placement};
    use domain::identity::Roles;
    use domain::seal::KeyRing;
    use std::collections::BTreeMap;

    fn account(version: u64) -> Rc<AccountSnapshot> {
        let (domains, roles) = (BTreeMap::new(), BTreeMap::new());
        Rc::new(AccountSnapshot { version, domains, roles, gate: Gate::default() })
    }

    fn pool(version: u64) -> Rc<IdentityPool> {
        let random = crate::web::testing::Counting::default();
        let key = KeyRing::new(&[7; 32], &[]).unwrap().id_key();
        Rc::new(IdentityPool {
            id: IdentityPoolId::draw(&key, "us-east-1", &random),
            version,
            placement: Placement::new(1),
            name: "photos".into(),
            guests: true,
            classic: false,
            providers: vec![],
            tags: BTreeMap::new(),
            roles: Roles::default(),
            created: 0,
            modified: 0,
            keys: vec![],
        })
    }

    /// The version that is kept, and whether it is young enough.
    fn kept(cache: &Cache, now: i64) -> Option<(u64, bool)> {
        cache.account(now).map(|(account, young)| (account.version, young))
    }

    #[test]
    fn a_slow_read_does_not_put_an_old_account_in_place_of_a_new_one() {
        let cache = Cache::default();
        cache.keep_account(account(1), cache.reading(0));
        let slow = cache.reading(10);
        cache.keep_account(account(2), cache.reading(11));
        cache.keep_account(account(1), slow);
        assert_eq!(kept(&cache, 12), Some((2, true)));
    }

    #[test]
    fn a_slow_read_that_found_the_same_does_not_make_an_account_older_or_younger_than_it_is() {
        let cache = Cache::default();
        let slow = cache.reading(10);
        cache.keep_account(account(1), cache.reading(12));
        cache.keep_account(account(1), slow);
        assert_eq!(kept(&cache, 16), Some((1, true)));
        assert_eq!(kept(&cache, 17), Some((1, false)));
        cache.keep_account(account(1), cache.reading(17));
        assert_eq!(kept(&cache, 18), Some((1, true)));
    }

    #[test]
    fn an_account_that_was_forgotten_is_not_brought_back_by_a_read_from_before() {
        let cache = Cache::default();
        let slow = cache.reading(0);
        cache.forget_account();
        cache.keep_account(account(1), slow);
        assert_eq!(kept(&cache, 0), None);
        cache.keep_account(account(1), cache.reading(0));
        assert_eq!(kept(&cache, 0), Some((1, true)));
    }

    #[test]
    fn a_key_is_read_once_and_what_is_none_never() {
        let cache = Cache::default();
        let curve = |x: &str| format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{}"}}"#, "A".repeat(43));
        let jwk = curve(&"A".repeat(43));
        let (first, second) = (cache.public_key(&jwk).unwrap(), cache.public_key(&jwk).unwrap());
        assert!(Rc::ptr_eq(&first, &second));
        assert_ne!(first.thumbprint(), cache.public_key(&curve(&"E".repeat(43))).unwrap().thumbprint());
        for none in ["", "{}", &curve("AA")] {
            assert_eq!(cache.public_key(none), None, "{none}");
        }
    }

    #[test]
    fn a_pool_that_was_forgotten_is_not_brought_back_by_a_read_from_before() {
        let (cache, tag) = (Cache::default(), pool(1).id.tag());
        let version = || cache.identity_pool(tag, 3).map(|pool| pool.version);
        let slow = cache.reading(0);
        cache.forget_identity_pool(tag);
        cache.keep_identity_pool(pool(1), slow);
        assert_eq!(version(), None);
        let slow = cache.reading(1);
        cache.keep_identity_pool(pool(2), cache.reading(2));
        cache.keep_identity_pool(pool(1), slow);
        assert_eq!(version(), Some(2));
        let slow = cache.reading(3);
        cache.forget_pool(tag);
        cache.keep_identity_pool(pool(3), slow);
        assert_eq!(version(), Some(2));
    }
}
