//! A form that comes twice acts once. Each copy of a form carries an id, `_once`; what comes with the same id, from the
//! same browser and with the same content, within the same minute, is one submission. Its commands go out under
//! operation ids made from it, so that an object that has done them repeats what it answered, and its code is the same
//! code, so that it does not matter which of the two is sent.
//!
//! A double click without scripts is two requests at once; a second one may also come after the first was answered.

use crate::edge::Edge;
use crate::path::Pairs;
use crate::platform::{Asset, Bucket, CallFault, Inbound, Outbound, Platform, Settings};
use domain::address::Address;
use domain::command::{Command, Envelope, Reply};
use domain::jose::{Keys, LocalBoxFuture};
use domain::outbox::Post;
use domain::pool::UserPool;
use domain::random::{Random, format_uuid};
use domain::seal::{self, Purpose};
use domain::user::{AnswerNewPassword, ConfirmSignUp, PutCode, ResetPassword};
use serde::de::IgnoredAny;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Seconds in which a submission can come again: less than objects keep answers, so that either all of its answers are
/// still there or it is a new one, with a new code.
const WINDOW: i64 = 60;
/// The longest id, in bytes.
const LONGEST: usize = 64;

/// The commands whose answers stand for any run of the same submission. The others either write nothing, or write what
/// each run draws for itself, such as claims: those must not get the answer to another run's.
const REPEATED: [&str; 5] =
    [AnswerNewPassword::NAME, ConfirmSignUp::NAME, PutCode::NAME, ResetPassword::NAME, Post::NAME];

/// The world as a submission acts in it. `cookie` is the browser's own, `page` where the form was posted to. A form
/// without an id acts each time it comes.
pub(crate) fn edge(edge: &Edge, pool: &UserPool, cookie: &str, page: &str, form: &Pairs) -> Edge {
    let mut acting = edge.clone();
    let id = form.one("_once").ok().flatten().filter(|id| (1..=LONGEST).contains(&id.len()));
    if id.is_some() {
        let key = edge.settings().keys.derive(Purpose::Csrf, &[pool.id.as_str(), "once"]);
        let window = edge.now().div_euclid(WINDOW).to_be_bytes();
        let content = form.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
        let parts: Vec<&[u8]> =
            [cookie.as_bytes(), page.as_bytes(), &window].into_iter().chain(content).collect();
        let submission = seal::mac(&key, &parts);
        acting.platform = Rc::new(Once::new(Rc::clone(&edge.platform), submission));
    }
    acting
}

struct Once {
    world: Rc<dyn Platform>,
    submission: [u8; 32],
    /// How often each command was answered, by name and object.
    answered: RefCell<HashMap<(&'static str, Address), u32>>,
    codes: Codes,
}

impl Once {
    fn new(world: Rc<dyn Platform>, submission: [u8; 32]) -> Self {
        let codes = Codes { world: Rc::clone(&world), submission, drawn: Cell::new(0) };
        Self { world, submission, answered: RefCell::default(), codes }
    }

    async fn deliver(&self, to: &Address, command: Vec<u8>) -> Result<Vec<u8>, CallFault> {
        let Some((known, renamed)) = self.rename(to, &command) else {
            return self.world.call(to, command).await;
        };
        let reply = self.world.call(to, renamed).await?;
        // One that was not taken, because its configuration was stale, comes again as itself.
        if let Ok(Reply::Answer(_)) = serde_json::from_slice::<Reply<IgnoredAny>>(&reply) {
            *self.answered.borrow_mut().entry(known).or_default() += 1;
        }
        Ok(reply)
    }

    /// The command under the submission's own operation id, where it is one of those.
    fn rename(&self, to: &Address, command: &[u8]) -> Option<((&'static str, Address), Vec<u8>)> {
        let envelope: Envelope<'_> = serde_json::from_slice(command).ok()?;
        let known = (REPEATED.into_iter().find(|name| *name == envelope.command)?, to.clone());
        let before = self.answered.borrow().get(&known).copied().unwrap_or_default();
        let place = to.to_string();
        let mac = seal::mac(&self.submission, &[known.0.as_bytes(), place.as_bytes(), &before.to_be_bytes()]);
        let operation = format_uuid(*mac.first_chunk()?);
        let renamed = serde_json::to_vec(&Envelope { operation: &operation, ..envelope }).ok()?;
        Some((known, renamed))
    }
}

/// Draws shorter than an id are the digits of codes, and the submission's own. All else is fresh: a nonce or a secret
/// that came a second time would give away what the first protects.
struct Codes {
    world: Rc<dyn Platform>,
    submission: [u8; 32],
    drawn: Cell<u32>,
}

impl Random for Codes {
    fn fill(&self, out: &mut [u8]) {
        if out.len() >= 16 {
            return self.world.random().fill(out);
        }
        let drawn = self.drawn.replace(self.drawn.get().wrapping_add(1));
        let bytes = seal::mac(&self.submission, &[b"code", &drawn.to_be_bytes()]);
        for (slot, byte) in out.iter_mut().zip(bytes) {
            *slot = byte;
        }
    }
}

impl Platform for Once {
    fn call<'a>(
        &'a self,
        to: &'a Address,
        command: Vec<u8>,
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, CallFault>> {
        Box::pin(self.deliver(to, command))
    }
    fn random(&self) -> &dyn Random {
        &self.codes
    }
    fn settings(&self) -> &Settings {
        self.world.settings()
    }
    fn now(&self) -> i64 {
        self.world.now()
    }
    fn ticks(&self) -> f64 {
        self.world.ticks()
    }
    fn keys(&self) -> &dyn Keys {
        self.world.keys()
    }
    fn delay(&self, milliseconds: u32) -> LocalBoxFuture<'_, ()> {
        self.world.delay(milliseconds)
    }
    fn has_outbox(&self) -> bool {
        self.world.has_outbox()
    }
    fn fetch(&self, request: Outbound) -> LocalBoxFuture<'_, Result<Inbound, CallFault>> {
        self.world.fetch(request)
    }
    fn bucket(&self, binding: &str) -> Option<Rc<dyn Bucket>> {
        self.world.bucket(binding)
    }
    fn asset(&self, path: &str) -> LocalBoxFuture<'_, Result<Option<Asset>, CallFault>> {
        self.world.asset(path)
    }
    fn detach(&self, work: LocalBoxFuture<'static, ()>) {
        self.world.detach(work);
    }
    fn log(&self, line: &str) {
        self.world.log(line);
    }
    fn clock_offset(&self) -> i64 {
        self.world.clock_offset()
    }
}
