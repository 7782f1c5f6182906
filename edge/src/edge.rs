//! One request's view of the world: the platform, the isolate's cache, the caller, and the calls to objects.

use crate::buffer::Share;
use crate::cache::Cache;
use crate::phase::{Phase, Phases, Spending};
use crate::platform::{CallFault, Platform};
use domain::address::Address;
use domain::caller::Caller;
use domain::command::{self, Command, Reply, Written};
use domain::error::{Error, Fault, Refusal};
use domain::id::{IdKey, PoolId, PoolTag};
use domain::pool::{Client, FindClient, FindPool, UserPool};
use domain::random;
use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use serde_json::json;
use serde_json::value::RawValue;
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;

/// How long an object may take to answer, in milliseconds, a second try included. Its work takes a few; the rest is for
/// it to wake or move.
const DEADLINE: u32 = 10_000;

/// Cheap to clone: a flow that must run to its end takes a clone along.
#[derive(Clone)]
pub struct Edge {
    pub platform: Rc<dyn Platform>,
    pub cache: Rc<Cache>,
    pub caller: Rc<Caller>,
    /// What the time goes on, and the calls to objects, for the log line.
    phases: Rc<Phases>,
    calls: Rc<Cell<u32>>,
    standing: Rc<Cell<Standing>>,
    /// What the request's body takes up.
    pub(crate) body: Rc<Share>,
}

/// What the shards have said of the pool snapshot that this request decides by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// None was asked yet.
    #[default]
    Untested,
    /// One took it, so the request began before any later change was acknowledged: it may go on as it began.
    Current,
    /// The first one asked knows better: what was decided must be decided anew.
    Outdated,
}

impl std::fmt::Debug for Edge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edge").field("caller", &self.caller).finish_non_exhaustive()
    }
}

/// An answer still to be read.
type Raw = Box<RawValue>;

/// How an object answered a command that depends on the pool's version.
enum Outcome {
    Answer(Raw),
    Stale,
}

impl Edge {
    pub fn new(platform: Rc<dyn Platform>, cache: Rc<Cache>, caller: Caller) -> Self {
        let body = Rc::new(cache.bodies.share());
        Self {
            platform,
            cache,
            caller: Rc::new(caller),
            phases: Rc::default(),
            calls: Rc::default(),
            standing: Rc::default(),
            body,
        }
    }

    pub fn settings(&self) -> &crate::platform::Settings {
        self.platform.settings()
    }
    pub fn now(&self) -> i64 {
        self.platform.now() + self.platform.clock_offset()
    }
    pub fn id_key(&self) -> IdKey {
        self.settings().keys.id_key()
    }
    /// A fresh operation id, or any other opaque one.
    pub fn draw_id(&self) -> String {
        random::uuid(self.platform.random())
    }
    /// Counts time as a phase's until the answer is dropped.
    pub(crate) fn spending(&self, phase: Phase) -> Spending {
        Spending::begin(&self.platform, &self.phases, phase)
    }
    /// Milliseconds that a phase has taken so far.
    pub(crate) fn spent(&self, phase: Phase) -> f64 {
        self.phases.of(phase).get()
    }
    /// Calls made to objects so far.
    pub(crate) fn calls(&self) -> u32 {
        self.calls.get()
    }
    /// Tells the log of something of ours that broke; the id ties it to the request's line and answer. `message` may say
    /// what and where, never a secret or a token.
    pub(crate) fn log_fault(&self, message: &str) {
        let line = json!({ "level": "error", "event": "fault", "id": self.caller.id, "message": message });
        self.platform.log(&line.to_string());
    }

    /// Runs a flow that writes in more than one object: it goes on when the client hangs up.
    pub async fn to_the_end<T: 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + 'static,
    ) -> Result<T, Error> {
        let (tell, told) = oneshot::channel();
        self.platform.detach(
            async move {
                // Nobody listening is fine: the work is what matters.
                let _ = tell.send(work.await);
            }
            .boxed_local(),
        );
        told.await.unwrap_or_else(|_| Err(Fault("a detached flow was dropped".into()).into()))
    }

    /// Sends one command to an object that no pool configuration bears on.
    pub async fn call<C: Command>(&self, to: &Address, command: &C) -> Result<C::Answer, Error> {
        let written = Written::of(command)?;
        Ok(command::answer::<C>(&self.ask(to, &written).await?)?)
    }

    // What follows takes commands written down, and futures in boxes: one piece of code for all commands, where one for each
    // would be a tenth of the Wasm.
    fn ask<'a>(&'a self, to: &'a Address, written: &'a Written) -> LocalBoxFuture<'a, Result<Raw, Error>> {
        let asked = async move {
            match self.deliver(to, written, 0).await? {
                Reply::Answer(answer) => Ok(answer),
                Reply::Refused(refusal) => Err(refusal.into()),
                Reply::Absent | Reply::Gone => Err(Refusal::PoolNotFound { pool: String::new() }.into()),
                Reply::Stale(_) => Err(Fault("an unversioned command was stale".into()).into()),
                Reply::Fault(fault) => Err(fault.into()),
            }
        };
        asked.boxed_local()
    }

    /// Runs an operation that decides by a pool's configuration: once more when the first shard it asks knows a newer
    /// one, because what the old one allowed the new one may not. Outdated twice is busy.
    pub async fn deciding<T>(&self, work: impl AsyncFn() -> Result<T, Error>) -> Result<T, Error> {
        let result = work().await;
        if result.is_err() && self.take_outdated() { work().await } else { result }
    }

    /// The same for a door that answers in its own way: whether its answer, a refusal, came from an old configuration, so
    /// that the request is to be served anew. True once.
    pub(crate) fn take_outdated(&self) -> bool {
        let outdated = self.standing.get() == Standing::Outdated;
        if outdated {
            self.standing.set(Standing::Untested);
        }
        outdated
    }

    /// Sends a command built from a pool's snapshot to one of its shards. The first shard that a request asks may find
    /// the snapshot stale: then the request is [decided anew](Self::deciding). Later it is only a change that came
    /// meanwhile: the snapshot is reloaded once and the command built from that; stale twice is busy.
    pub async fn call_shard<C: Command>(
        &self,
        pool: &Rc<UserPool>,
        shard: u16,
        build: impl Fn(&UserPool) -> C,
    ) -> Result<C::Answer, Error> {
        let write = |pool: &UserPool| Written::of(&build(pool));
        Ok(command::answer::<C>(&self.ask_shard(pool, shard, &write).await?)?)
    }

    fn ask_shard<'a>(
        &'a self,
        pool: &'a Rc<UserPool>,
        shard: u16,
        write: &'a dyn Fn(&UserPool) -> Result<Written, Fault>,
    ) -> LocalBoxFuture<'a, Result<Raw, Error>> {
        let asked = async move {
            let to = Address::user_shard(pool.id.tag(), shard);
            if let Outcome::Answer(answer) = self.try_shard(&to, &write(pool)?, pool).await? {
                return Ok(answer);
            }
            self.cache.forget_pool(pool.id.tag());
            if self.standing.get() != Standing::Current {
                self.standing.set(Standing::Outdated);
                return Err(Refusal::Busy.into());
            }
            let fresh = self.pool(&pool.id).await?;
            match self.try_shard(&to, &write(&fresh)?, &fresh).await? {
                Outcome::Answer(answer) => Ok(answer),
                Outcome::Stale => Err(Refusal::Busy.into()),
            }
        };
        asked.boxed_local()
    }

    async fn try_shard(&self, to: &Address, written: &Written, pool: &UserPool) -> Result<Outcome, Error> {
        let reply = self.deliver(to, written, pool.version).await?;
        if matches!(reply, Reply::Answer(_) | Reply::Refused(_) | Reply::Absent)
            && self.standing.get() == Standing::Untested
        {
            self.standing.set(Standing::Current);
        }
        match reply {
            Reply::Answer(answer) => Ok(Outcome::Answer(answer)),
            Reply::Refused(refusal) => Err(refusal.into()),
            Reply::Stale(_) => Ok(Outcome::Stale),
            Reply::Gone => {
                self.cache.forget_pool(pool.id.tag());
                Err(Refusal::PoolNotFound { pool: pool.id.to_string() }.into())
            }
            Reply::Absent => Err(Refusal::UserNotFound.into()),
            Reply::Fault(fault) => Err(fault.into()),
        }
    }

    /// Tells an object of a version; one that knows a newer, or is gone, needs no telling.
    pub(crate) async fn tell<C: Command<Answer = ()>>(
        &self,
        to: &Address,
        command: &C,
        version: u64,
    ) -> Result<(), Error> {
        match self.deliver(to, &Written::of(command)?, version).await? {
            Reply::Answer(_) | Reply::Stale(_) | Reply::Gone => Ok(()),
            Reply::Refused(refusal) => Err(refusal.into()),
            Reply::Absent => Err(Fault("a shard that does not come into being".into()).into()),
            Reply::Fault(fault) => Err(fault.into()),
        }
    }

    pub(crate) async fn send<C: Command>(
        &self,
        to: &Address,
        command: &C,
        version: u64,
    ) -> Result<Reply<C::Answer>, Error> {
        Ok(self.deliver(to, &Written::of(command)?, version).await?.read::<C>()?)
    }

    fn deliver<'a>(
        &'a self,
        to: &'a Address,
        written: &'a Written,
        version: u64,
    ) -> LocalBoxFuture<'a, Result<Reply<Raw>, Error>> {
        let delivered = async move {
            let operation = self.draw_id();
            let offset = self.platform.clock_offset();
            let bytes = written.envelope(&operation, version, offset, &self.caller)?;
            let spending = self.spending(Phase::Objects);
            // A call that failed may have committed: the operation id makes asking again safe.
            let ask = async || self.platform.call(to, bytes.clone()).await;
            let reply = twice(ask, self.platform.delay(DEADLINE)).await;
            drop(spending);
            self.calls.set(self.calls.get() + 1);
            let reply =
                reply.map_err(|CallFault(text)| Fault(format!("{} at {to}: {text}", written.name())))?;
            Ok(written.open(&reply)?)
        };
        delivered.boxed_local()
    }

    /// A pool's snapshot: cached, or read from its object.
    pub async fn pool(&self, id: &PoolId) -> Result<Rc<UserPool>, Error> {
        self.pool_by_tag(id.tag()).await.map_err(|error| match error {
            Error::Refused(Refusal::PoolNotFound { .. }) => {
                Refusal::PoolNotFound { pool: id.to_string() }.into()
            }
            other => other,
        })
    }

    /// The same, by what a client id or token of ours names.
    pub async fn pool_by_tag(&self, tag: PoolTag) -> Result<Rc<UserPool>, Error> {
        if let Some(pool) = self.cache.pool(tag, self.platform.now()) {
            return Ok(pool);
        }
        let reading = self.cache.reading(self.platform.now());
        let pool = Rc::new(self.call(&Address::pool(tag), &FindPool {}).await?);
        self.cache.keep_pool(Rc::clone(&pool), reading);
        Ok(pool)
    }

    /// Parses a pool id that a caller sent, and reads the pool.
    pub async fn pool_named(&self, text: &str) -> Result<Rc<UserPool>, Error> {
        let missing = || Refusal::PoolNotFound { pool: text.to_owned() };
        let id = PoolId::parse(&self.id_key(), text).ok_or_else(missing)?;
        let pool = self.pool(&id).await?;
        if pool.id.as_str() == text { Ok(pool) } else { Err(missing().into()) }
    }

    /// Parses a client id that a caller sent, and reads the client with its pool.
    pub async fn client_named(&self, text: &str) -> Result<(Rc<UserPool>, Rc<Client>), Error> {
        let missing = || Error::from(Refusal::ClientNotFound { client: text.to_owned() });
        let id = domain::id::ClientId::parse(&self.id_key(), text).ok_or_else(missing)?;
        let pool = match self.pool_by_tag(id.pool()).await {
            Err(Error::Refused(Refusal::PoolNotFound { .. })) => return Err(missing()),
            other => other?,
        };
        if let Some(client) = self.cache.client(&pool, id.as_str()) {
            return Ok((pool, client));
        }
        let found = self.call(&Address::pool(id.pool()), &FindClient { id: id.to_string() }).await?;
        let client = Rc::new(found.client.ok_or_else(missing)?);
        if found.version == pool.version {
            self.cache.keep_client(&pool, Rc::clone(&client));
        }
        Ok((pool, client))
    }

    /// The pool as it is now, read from its object: for administrators, who expect to read what they wrote.
    pub async fn pool_now(&self, text: &str) -> Result<Rc<UserPool>, Error> {
        if let Some(id) = PoolId::parse(&self.id_key(), text) {
            self.cache.forget_pool(id.tag());
        }
        self.pool_named(text).await
    }

    /// A client of this very pool, as it is now.
    pub async fn client_of(&self, pool: &str, client: &str) -> Result<(Rc<UserPool>, Rc<Client>), Error> {
        let pool = self.pool_now(pool).await?;
        let (found, client) = self.client_named(client).await?;
        if found.id == pool.id {
            Ok((found, client))
        } else {
            Err(Refusal::ClientNotFound { client: client.id.to_string() }.into())
        }
    }
}

/// Asks, and once more if that fails; `late` ends both.
async fn twice<T>(
    ask: impl AsyncFn() -> Result<T, CallFault>,
    late: impl Future<Output = ()> + Unpin,
) -> Result<T, CallFault> {
    let tries = async {
        match ask().await {
            Err(_) => ask().await,
            answer => answer,
        }
    };
    match select(pin!(tries), late).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(CallFault(format!("no answer within {} s", DEADLINE / 1000))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::{pending, ready};
    use std::cell::RefCell;
    use std::task::{Context, Poll, Waker};

    /// How often an object was asked that answers by turns as told (`None`: not at all), and what the asker got.
    fn asked(turns: &[Option<Result<u8, ()>>], late: bool) -> (usize, Poll<Result<u8, CallFault>>) {
        let left = RefCell::new(turns.iter());
        let ask = async || {
            let turn = left.borrow_mut().next().copied();
            match turn.flatten() {
                Some(answer) => answer.map_err(|()| CallFault("lost".into())),
                None => pending().await,
            }
        };
        let late = if late { ready(()).left_future() } else { pending().right_future() };
        let got = pin!(twice(ask, late)).poll(&mut Context::from_waker(Waker::noop()));
        (turns.len() - left.borrow().len(), got)
    }

    #[test]
    fn a_call_that_fails_is_made_once_more() {
        assert_eq!(asked(&[Some(Ok(1)), Some(Ok(2))], false), (1, Poll::Ready(Ok(1))));
        assert_eq!(asked(&[Some(Err(())), Some(Ok(2))], false), (2, Poll::Ready(Ok(2))));
        let lost = CallFault("lost".into());
        assert_eq!(asked(&[Some(Err(())); 3], false), (2, Poll::Ready(Err(lost))));
    }

    #[test]
    fn both_tries_share_one_deadline() {
        let late = || Poll::Ready(Err(CallFault("no answer within 10 s".into())));
        assert_eq!(asked(&[None, Some(Ok(2))], true), (1, late()));
        assert_eq!(asked(&[Some(Err(())), None], true), (2, late()));
        assert_eq!(asked(&[Some(Err(())), Some(Ok(2))], true), (2, Poll::Ready(Ok(2))));
    }
}
