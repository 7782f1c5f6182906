//! [`Platform`] over native objects.

use crate::call::Answer;
use crate::chance::Chance;
use crate::gate::{Fate, Gate, Half};
use crate::object::Objects;
use domain::address::Address;
use domain::caller::Caller;
use domain::error::Error;
use domain::jose::{self, Keys, LocalBoxFuture};
use domain::outbox::{List, Sent};
use domain::random::Random;
use domain::seal::KeyRing;
use edge::cache::Cache;
use edge::edge::Edge;
use edge::message::{Body, Request, Response};
use edge::platform::{Argon2Cost, Asset, Bucket, CallFault, Inbound, Operator, Outbound, Platform, Settings};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// 2023-11-14, a time like any other.
pub const START: i64 = 1_700_000_000;

pub const ORIGIN: &str = "http://localhost:8787";
/// The same deployment by TLS.
pub const TLS_ORIGIN: &str = "https://localhost:8788";
pub const ACCESS_KEY: &str = "AKIATESTOPERATOR0001";
pub const SECRET_KEY: &str = "operator-secret-operator-secret-operator";

const MASTER_SECRET: [u8; 32] = [7; 32];

/// How a world is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    pub seed: u64,
    pub shards: u16,
}

impl Default for Setup {
    fn default() -> Self {
        Self { seed: 1, shards: 3 }
    }
}

type Upstream = Rc<dyn Fn(Outbound) -> Result<Inbound, CallFault>>;

/// A deployment: its objects, its clock, and one isolate's cache (more can be made with [`World::isolate`]).
pub struct World {
    settings: Settings,
    /// The settings in force once they have changed.
    rotated: OnceCell<Settings>,
    pub objects: Objects,
    pub gate: Gate,
    clock: Cell<i64>,
    ticks: Cell<f64>,
    random: Chance,
    keys: jose::native::Keys,
    /// Commands that arrive after their sender has given up.
    pub late: RefCell<Vec<(Address, Vec<u8>)>>,
    detached: RefCell<Vec<LocalBoxFuture<'static, ()>>>,
    buckets: RefCell<BTreeMap<String, Rc<dyn Bucket>>>,
    upstream: RefCell<Option<Upstream>>,
    assets: RefCell<BTreeMap<String, (String, Vec<u8>)>>,
    log: RefCell<Vec<String>>,
    /// Whether the deployment has a way to send messages.
    sends: Cell<bool>,
    cache: Rc<Cache>,
    /// The next calls fail, each as told, without a scheduler.
    fates: RefCell<Vec<Fate>>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("clock", &self.clock).finish_non_exhaustive()
    }
}

impl World {
    pub fn new(setup: Setup) -> Rc<Self> {
        let settings = Settings {
            origin: ORIGIN.into(),
            tls_origin: Some(TLS_ORIGIN.into()),
            region: "us-east-1".into(),
            account: "000000000000".into(),
            local: true,
            shards: setup.shards,
            // The smallest that Argon2 allows: races are tested, not hashing.
            argon2: Argon2Cost { memory_kib: 8, passes: 1, lanes: 1 },
            keys: KeyRing::new(&MASTER_SECRET, &[]).unwrap(),
            operators: vec![Operator {
                access_key_id: ACCESS_KEY.into(),
                secret: SECRET_KEY.to_owned().into(),
            }],
            aws_issuer: false,
        };
        Rc::new(Self {
            settings,
            rotated: OnceCell::new(),
            objects: Objects::default(),
            gate: Gate::default(),
            clock: Cell::new(START),
            ticks: Cell::new(0.0),
            random: Chance::new(setup.seed),
            keys: jose::native::Keys::with_pregenerated(),
            late: RefCell::default(),
            detached: RefCell::default(),
            buckets: RefCell::default(),
            upstream: RefCell::default(),
            assets: RefCell::default(),
            log: RefCell::default(),
            sends: Cell::new(true),
            cache: Rc::default(),
            fates: RefCell::default(),
        })
    }

    pub fn with_shards(shards: u16) -> Rc<Self> {
        Self::new(Setup { shards, ..Setup::default() })
    }

    /// The first isolate's cache; a test that wants a second makes its own.
    pub fn cache(&self) -> Rc<Cache> {
        Rc::clone(&self.cache)
    }

    /// The deployment puts a new master secret before the one it has, once.
    ///
    /// # Panics
    /// The second time.
    pub fn rotate_master_secret(&self) {
        let keys = KeyRing::new(&[8; 32], &[MASTER_SECRET.to_vec()]).unwrap();
        self.rotated.set(Settings { keys, ..self.settings.clone() }).unwrap();
    }

    /// The run is no local one from here on, and has this origin.
    ///
    /// # Panics
    /// When the settings were changed before.
    pub fn deploy(&self, origin: &str) {
        let deployed = Settings { local: false, origin: origin.into(), ..self.settings.clone() };
        self.rotated.set(deployed).unwrap();
    }

    pub fn add_bucket(&self, binding: &str, bucket: Rc<dyn Bucket>) {
        self.buckets.borrow_mut().insert(binding.into(), bucket);
    }

    /// From now on the deployment has no way to send messages.
    pub fn stop_sending(&self) {
        self.sends.set(false);
    }

    pub fn set_upstream(&self, upstream: impl Fn(Outbound) -> Result<Inbound, CallFault> + 'static) {
        *self.upstream.borrow_mut() = Some(Rc::new(upstream));
    }

    pub fn add_asset(&self, path: &str, content_type: &str, body: &[u8]) {
        self.assets.borrow_mut().insert(path.into(), (content_type.into(), body.into()));
    }

    /// What becomes of the next calls to objects, first to last.
    pub fn next_calls(&self, fates: &[Fate]) {
        let mut all = fates.to_vec();
        all.reverse();
        *self.fates.borrow_mut() = all;
    }

    /// Lines logged so far; the list is emptied.
    pub fn take_log(&self) -> Vec<String> {
        self.log.take()
    }

    /// Runs a future to its end, with everything it detached.
    ///
    /// # Panics
    /// When nothing moves any more.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        let mut out = None;
        for _ in 0..10_000 {
            if out.is_none()
                && let Poll::Ready(value) = work.as_mut().poll(&mut Context::from_waker(Waker::noop()))
            {
                out = Some(value);
            }
            self.poll_detached();
            if self.detached.borrow().is_empty()
                && let Some(out) = out.take()
            {
                return out;
            }
        }
        panic!("the work stands still");
    }

    fn poll_detached(&self) {
        let tasks = self.detached.take();
        for mut task in tasks {
            if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
                self.detached.borrow_mut().push(task);
            }
        }
    }

    /// Work that flows have detached since the last call.
    pub(crate) fn take_detached(&self) -> Vec<LocalBoxFuture<'static, ()>> {
        self.detached.take()
    }

    /// Serves a request from the first isolate.
    pub fn serve(self: &Rc<Self>, request: Request) -> Response {
        self.run(self.clone().serving(self.cache(), request))
    }

    /// The same as a future, on any isolate.
    pub async fn serving(self: Rc<Self>, cache: Rc<Cache>, request: Request) -> Response {
        let platform: Rc<dyn Platform> = self;
        edge::serve(platform, cache, request).await
    }

    /// A request as a future, for the scheduler; `isolate` is whose cache it is served from.
    pub fn asking(
        self: &Rc<Self>,
        isolate: &Rc<Cache>,
        request: Request,
    ) -> impl Future<Output = Answer> + use<> {
        let serving = Rc::clone(self).serving(Rc::clone(isolate), request);
        // Boxed: a whole request's future is large to move about.
        Box::pin(async move { Answer::read(serving.await).await })
    }

    /// Time passes: alarms ring when they are due, and their jobs run.
    pub fn advance(self: &Rc<Self>, seconds: i64) {
        self.clock.set(self.clock.get() + seconds);
        // A job that asks for another at once is rung again, though not for ever.
        for _ in 0..50 {
            let rung = self.objects.ring(self.clock.get());
            if rung.is_empty() {
                return;
            }
            for (address, jobs) in rung {
                for job in jobs {
                    let outcome: Result<(), Error> = self.run(async {
                        let edge = Edge::new(self.clone(), Rc::default(), Caller::default());
                        edge::flow::job::run(&edge, &job).await
                    });
                    self.objects.end_job(&address, &job, &outcome, self.clock.get());
                }
            }
        }
        panic!("an alarm rings for ever");
    }

    /// Messages sent to somebody, newest first.
    pub fn messages(&self, to: &str) -> Vec<Sent> {
        let list = List { to: Some(to.into()), limit: 200 };
        let command = domain::command::encode(&list, "look", 0, 0, &Caller::default()).unwrap();
        let reply = self.objects.deliver(&Address::OUTBOX, &command, self.clock.get(), &self.random, None);
        match domain::command::decode::<List>(&reply).unwrap() {
            domain::command::Reply::Answer(sent) => sent,
            domain::command::Reply::Absent => Vec::new(),
            other => panic!("{other:?}"),
        }
    }

    /// The six digits of the newest message to somebody.
    pub fn code(&self, to: &str) -> String {
        let sent = self.messages(to);
        let body = &sent.first().unwrap_or_else(|| panic!("no message to {to}")).message.body;
        body.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).expect("a code").to_owned()
    }

    /// Delivers one of the commands that were held back.
    pub fn deliver_late(&self, at: usize) {
        let (to, command) = self.late.borrow_mut().remove(at);
        self.objects.deliver(&to, &command, self.clock.get(), &self.random, None);
    }

    pub fn request(method: http::Method, target: &str) -> Request {
        let (origin, target) = match target.strip_prefix("http://") {
            Some(rest) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (format!("http://{host}"), if path.is_empty() { "/" } else { path })
            }
            None => (ORIGIN.to_owned(), target),
        };
        let authority = origin.trim_start_matches("http://").to_owned();
        let mut headers = http::HeaderMap::new();
        headers.insert("host", authority.parse().unwrap());
        Request {
            method,
            host: authority.split(':').next().unwrap_or_default().to_ascii_lowercase(),
            origin,
            target: target.into(),
            headers,
            body: Body::Empty,
            caller: Caller { address: "192.0.2.1".into(), ..Caller::default() },
            sent_accept_encoding: None,
        }
    }

    async fn deliver(&self, to: &Address, command: Vec<u8>) -> Result<Vec<u8>, CallFault> {
        let gone = |what: &str| CallFault(format!("test: {what}"));
        let mut fate = self.gate.pass(Half::Command).await;
        if fate == Fate::Well
            && let Some(told) = self.fates.borrow_mut().pop()
        {
            fate = told;
        }
        let fault = if let Fate::Storage(n) = fate { Some(n) } else { None };
        match fate {
            Fate::LostCommand => return Err(gone("the command was lost")),
            Fate::Late => {
                self.late.borrow_mut().push((to.clone(), command));
                return Err(gone("the command is late"));
            }
            Fate::Twice => self.late.borrow_mut().push((to.clone(), command.clone())),
            Fate::Well | Fate::Storage(_) | Fate::LostReply => {}
        }
        let reply = self.objects.deliver(to, &command, self.clock.get(), &self.random, fault);
        let after = self.gate.pass(Half::Reply).await;
        if fate == Fate::LostReply || after == Fate::LostReply {
            return Err(gone("the reply was lost"));
        }
        Ok(reply)
    }
}

impl Platform for World {
    fn settings(&self) -> &Settings {
        self.rotated.get().unwrap_or(&self.settings)
    }
    fn now(&self) -> i64 {
        self.clock.get()
    }
    fn ticks(&self) -> f64 {
        self.ticks.set(self.ticks.get() + 1.0);
        self.ticks.get()
    }
    fn random(&self) -> &dyn Random {
        &self.random
    }
    fn keys(&self) -> &dyn Keys {
        &self.keys
    }
    fn call<'a>(
        &'a self,
        to: &'a Address,
        command: Vec<u8>,
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, CallFault>> {
        Box::pin(self.deliver(to, command))
    }
    fn has_outbox(&self) -> bool {
        self.sends.get()
    }
    fn fetch(&self, request: Outbound) -> LocalBoxFuture<'_, Result<Inbound, CallFault>> {
        let upstream = self.upstream.borrow().clone();
        Box::pin(async move {
            self.gate.pass(Half::Command).await;
            match upstream {
                Some(upstream) => upstream(request),
                None => Err(CallFault("test: nothing is upstream".into())),
            }
        })
    }
    fn bucket(&self, binding: &str) -> Option<Rc<dyn Bucket>> {
        self.buckets.borrow().get(binding).cloned()
    }
    fn asset(&self, path: &str) -> LocalBoxFuture<'_, Result<Option<Asset>, CallFault>> {
        let found = self.assets.borrow().get(path).cloned();
        let fate = self.fates.borrow_mut().pop();
        Box::pin(async move {
            if fate.is_some_and(|fate| fate != Fate::Well) {
                return Err(CallFault("test: the file was lost".into()));
            }
            Ok(found.map(|(content_type, body)| Asset { content_type, body }))
        })
    }
    fn detach(&self, work: LocalBoxFuture<'static, ()>) {
        self.detached.borrow_mut().push(work);
    }
    fn log(&self, line: &str) {
        self.log.borrow_mut().push(line.into());
    }
    fn clock_offset(&self) -> i64 {
        0
    }
}
