//! The classes of the Durable Objects. Each is the same: a database that wakes, takes commands, and keeps one alarm.

use super::chance::Chance;
use super::sql::DurableSql;
use super::world::World;
use super::{clock, settings};
use crate::cache::Cache;
use crate::edge::Edge;
use crate::flow;
use domain::address::Kind;
use domain::caller::Caller;
use domain::context::Job;
use domain::error::{Error, Fault};
use domain::object::{CompleteJob, Object, PostponeJob};
use domain::sql::transaction;
use js_sys::Date;
use std::cell::OnceCell;
use std::rc::Rc;
use worker::{DurableObject, Env, Request, Response, ScheduledTime, State, durable_object};

/// What every class holds.
#[derive(Debug)]
struct Resident {
    kind: Kind,
    state: State,
    env: Env,
    awake: OnceCell<Object<DurableSql>>,
}

impl Resident {
    fn new(kind: Kind, state: State, env: Env) -> Self {
        Self { kind, state, env, awake: OnceCell::new() }
    }

    /// The database, its schema up to date.
    async fn object(&self) -> Result<&Object<DurableSql>, Error> {
        if let Some(object) = self.awake.get() {
            return Ok(object);
        }
        let object = Object::wake(self.kind, DurableSql::of(&self.state))?;
        // An alarm that the platform gave up on, or that a crash lost, is set again.
        if let Some(due) = object.next_alarm()?
            && self.state.storage().get_alarm().await.map_err(fault)?.is_none()
        {
            self.set_alarm(due - clock::offset()).await?;
        }
        Ok(self.awake.get_or_init(|| object))
    }

    /// Runs one command. The platform holds the answer back until what was written is on disk.
    async fn answer(&self, mut request: Request) -> worker::Result<Response> {
        #[cfg(feature = "seams")]
        if request.method() == worker::Method::Get {
            if request.path() == "/wake" {
                self.object().await.map_err(thrown)?;
            }
            return super::seam::object(DurableSql::of(&self.state), &request.path());
        }
        let command = request.bytes().await?;
        #[cfg(feature = "seams")]
        super::seam::hang().await;
        let object = self.object().await.map_err(thrown)?;
        let handled = object.handle(&command, clock::now(), &Chance);
        if let Some(due) = handled.alarm {
            self.set_alarm(due).await.map_err(thrown)?;
        }
        Response::from_bytes(handled.reply)
    }

    /// Does what is due, and sets the alarm for what is not. A fault here is thrown, for the platform to ring again.
    async fn ring(&self) -> Result<(), Error> {
        let object = self.object().await?;
        for job in object.ring(clock::now() + clock::offset())? {
            let outcome = self.run(&job).await;
            transaction(object.sql(), || match &outcome {
                Ok(()) => CompleteJob { id: job.id.clone(), body: job.body.clone() }.run(object.sql()),
                Err(_) => PostponeJob { id: job.id.clone(), body: job.body.clone() }
                    .run(object.sql(), clock::now() + clock::offset()),
            })?;
            if let Err(error) = outcome {
                let line = serde_json::json!({ "event": "job.postponed", "kind": job.kind, "error": format!("{error:?}") });
                web_sys::console::log_1(&line.to_string().into());
            }
        }
        match object.next_alarm()? {
            Some(due) => self.set_alarm(due - clock::offset()).await,
            None => Ok(()),
        }
    }

    async fn run(&self, job: &Job) -> Result<(), Error> {
        let settings = settings::of(&self.env).map_err(|unset| Fault(unset.to_string()))?;
        let world = Rc::new(World::new(settings, self.env.clone(), None));
        let edge = Edge::new(world, Rc::new(Cache::default()), Caller::default());
        flow::job::run(&edge, job).await
    }

    /// `due` is in epoch seconds of the real clock.
    #[allow(clippy::cast_precision_loss, reason = "a date in milliseconds is far below 2^53")]
    async fn set_alarm(&self, due: i64) -> Result<(), Error> {
        let date = Date::new(&(due as f64 * 1000.0).into());
        self.state.storage().set_alarm(ScheduledTime::new(date)).await.map_err(fault)
    }
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn fault(error: worker::Error) -> Error {
    Fault(error.to_string()).into()
}

/// What the platform logs, and the caller sees as an object that failed.
#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn thrown(error: Error) -> worker::Error {
    worker::Error::RustError(format!("{error:?}"))
}

/// One exported class. They accept no WebSocket, so they have no handlers for one.
macro_rules! class {
    ($name:ident) => {
        #[durable_object(alarm)]
        #[derive(Debug)]
        pub struct $name(Resident);

        impl DurableObject for $name {
            fn new(state: State, env: Env) -> Self {
                Self(Resident::new(Kind::$name, state, env))
            }

            async fn fetch(&self, request: Request) -> worker::Result<Response> {
                self.0.answer(request).await
            }

            async fn alarm(&self) -> worker::Result<Response> {
                self.0.ring().await.map_err(thrown)?;
                Response::empty()
            }
        }
    };
}

class!(Account);
class!(Pool);
class!(UserShard);
class!(IdentityShard);
class!(Outbox);
