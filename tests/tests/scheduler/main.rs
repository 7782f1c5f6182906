//! The protocols under a seeded scheduler: many flows over the same objects, who goes on at each `.await` decided by a
//! seed, commands lost, late and doubled, replies lost, statements failing, clients hanging up, objects restarting,
//! isolates dying. A failure prints its seed; `TIDEGATE_SEED=n` runs that one alone, and `TIDEGATE_SEEDS=n` that many.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken assumption must stop a test"
)]

mod configuration;
mod counters;
mod grants;
mod hosted;
mod identities;
mod names;
mod tokens;

use domain::address::{Address, Kind};
use domain::jose::LocalBoxFuture;
use edge::cache::Cache;
use edge::platform::Platform;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, aws, sign};

/// Runs a scenario for each of many seeds.
fn seeds(count: u64, scenario: impl Fn(u64)) {
    struct Telling(u64);
    impl Drop for Telling {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("this was TIDEGATE_SEED={}", self.0);
            }
        }
    }
    let told = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let range = match told("TIDEGATE_SEED") {
        Some(one) => one..one + 1,
        None => 0..told("TIDEGATE_SEEDS").unwrap_or(count),
    };
    for seed in range {
        let _telling = Telling(seed);
        scenario(seed);
    }
}

/// Where flows leave their answers; a flow that was dropped leaves none.
#[derive(Clone, Default)]
struct Answers(Rc<RefCell<Vec<(usize, Answer)>>>);

impl Answers {
    /// A flow that notes its answer under a number.
    fn noting(
        &self,
        number: usize,
        call: impl Future<Output = Answer> + 'static,
    ) -> LocalBoxFuture<'static, ()> {
        let all = Rc::clone(&self.0);
        Box::pin(async move {
            let answer = call.await;
            all.borrow_mut().push((number, answer));
        })
    }
    fn all(&self) -> Vec<(usize, Answer)> {
        self.0.borrow().clone()
    }
    fn good(&self) -> Vec<(usize, Answer)> {
        self.all().into_iter().filter(|(_, answer)| answer.status == 200).collect()
    }
}

/// The operator's call of a service, from an isolate.
fn operating(
    world: &Rc<World>,
    isolate: &Rc<Cache>,
    (api, service): (&str, &str),
    operation: &str,
    input: &Value,
) -> impl Future<Output = Answer> + use<> {
    let call = aws(api, operation, input);
    world.asking(isolate, sign(call, &Credentials::operator(), service, world.now()))
}

fn shards(world: &World) -> Vec<Address> {
    of_kind(world, Kind::UserShard)
}

fn of_kind(world: &World, kind: Kind) -> Vec<Address> {
    world.objects.addresses().into_iter().filter(|address| address.kind == kind).collect()
}

/// The first column of a statement's rows, over all user shards.
fn everywhere(world: &World, select: &str) -> Vec<String> {
    over(world, Kind::UserShard, select)
}

/// The same over all objects of a kind.
fn over(world: &World, kind: Kind, select: &str) -> Vec<String> {
    let rows = of_kind(world, kind).into_iter().flat_map(|object| world.objects.rows(&object, select));
    rows.map(|row| row.text(0).unwrap()).collect()
}
