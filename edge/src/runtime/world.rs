//! [`Platform`] over a Worker's bindings.

use super::bucket::R2;
use super::chance::Chance;
use super::keys::WebCrypto;
use super::{boundary, clock, fault, upstream};
use crate::platform::{Asset, Bucket, CallFault, Inbound, Outbound, Platform, Settings};
use domain::address::{Address, Kind};
use domain::jose::{Keys, LocalBoxFuture};
use domain::random::Random;
use futures_util::future::{Either, select};
use js_sys::Uint8Array;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use worker::{Context, Delay, Env, Response, Stub};

/// How long a bucket, or the store of files, may take to answer.
const DEADLINE: Duration = Duration::from_secs(10);

/// One request's bindings, or an alarm's.
pub(super) struct World {
    settings: Rc<Settings>,
    env: Env,
    /// An alarm has none: an object lives for as long as it has work.
    context: Option<Context>,
}

impl World {
    pub(super) const fn new(settings: Rc<Settings>, env: Env, context: Option<Context>) -> Self {
        Self { settings, env, context }
    }

    async fn deliver(&self, to: &Address, command: &[u8]) -> Result<Vec<u8>, CallFault> {
        let object: JsValue = stub(&self.env, to)?.into_rpc();
        let reply = boundary::command(&object, &Uint8Array::from(command)).await.map_err(fault::call)?;
        Ok(Uint8Array::from(reply).to_vec())
    }

    async fn read_asset(&self, path: &str) -> Result<Option<Asset>, CallFault> {
        let assets = self.env.assets("ASSETS").map_err(fault::worker)?;
        let asked = assets.fetch(format!("https://assets{path}"), None).await;
        let mut response: Response = asked.map_err(fault::worker)?;
        match response.status_code() {
            200 => {}
            failed if failed >= 500 => return Err(CallFault(format!("status {failed}"))),
            _ => return Ok(None),
        }
        let content_type = response.headers().get("content-type").ok().flatten();
        Ok(Some(Asset {
            content_type: content_type.unwrap_or_else(|| "application/octet-stream".into()),
            body: response.bytes().await.map_err(fault::worker)?,
        }))
    }
}

/// The object at an address; addressing it makes it.
pub(super) fn stub(env: &Env, to: &Address) -> Result<Stub, CallFault> {
    let binding = match to.kind {
        Kind::Account => "ACCOUNT",
        Kind::Pool => "POOL",
        Kind::UserShard => "USER_SHARD",
        Kind::IdentityShard => "IDENTITY_SHARD",
        Kind::Outbox => "OUTBOX",
    };
    let namespace = env.durable_object(binding).map_err(fault::worker)?;
    namespace.get_by_name(&to.to_string()).map_err(fault::worker)
}

/// Gives up on `call` after [`DEADLINE`].
pub(super) async fn within_deadline<T>(
    call: impl Future<Output = Result<T, CallFault>>,
) -> Result<T, CallFault> {
    match select(pin!(call), Delay::from(DEADLINE)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(CallFault(format!("no answer within {} s", DEADLINE.as_secs()))),
    }
}

impl Platform for World {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn now(&self) -> i64 {
        clock::now()
    }

    fn ticks(&self) -> f64 {
        clock::millis()
    }

    fn random(&self) -> &dyn Random {
        &Chance
    }

    fn keys(&self) -> &dyn Keys {
        &WebCrypto
    }

    fn call<'a>(
        &'a self,
        to: &'a Address,
        command: Vec<u8>,
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, CallFault>> {
        Box::pin(async move { self.deliver(to, &command).await })
    }

    fn delay(&self, milliseconds: u32) -> LocalBoxFuture<'_, ()> {
        Box::pin(Delay::from(Duration::from_millis(milliseconds.into())))
    }

    fn has_outbox(&self) -> bool {
        self.env.durable_object("OUTBOX").is_ok()
    }

    fn fetch(&self, request: Outbound) -> LocalBoxFuture<'_, Result<Inbound, CallFault>> {
        Box::pin(upstream::fetch(request))
    }

    fn bucket(&self, binding: &str) -> Option<Rc<dyn Bucket>> {
        self.env.bucket(binding).ok().map(|bucket| Rc::new(R2(bucket)) as Rc<dyn Bucket>)
    }

    fn asset(&self, path: &str) -> LocalBoxFuture<'_, Result<Option<Asset>, CallFault>> {
        let path = path.to_owned();
        Box::pin(async move { within_deadline(self.read_asset(&path)).await })
    }

    fn detach(&self, work: LocalBoxFuture<'static, ()>) {
        match &self.context {
            Some(context) => context.wait_until(work),
            None => wasm_bindgen_futures::spawn_local(work),
        }
    }

    fn log(&self, line: &str) {
        web_sys::console::log_1(&line.into());
    }

    fn clock_offset(&self) -> i64 {
        clock::offset()
    }
}
