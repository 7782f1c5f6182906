//! Who goes on at each `.await`, decided by a seed.

use crate::chance::Chance;
use crate::gate::{Fate, Half};
use crate::world::World;
use domain::jose::LocalBoxFuture;
use std::rc::Rc;
use std::task::{Context, Waker};

/// How often what goes wrong, in percent of the steps where it could.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trouble {
    pub lost_command: usize,
    pub late: usize,
    pub twice: usize,
    pub lost_reply: usize,
    pub storage: usize,
    /// The client hangs up: its flow is dropped where it stands. What was detached goes on.
    pub hang_up: usize,
    /// An object ends and wakes again.
    pub restart: usize,
    /// The isolate dies: everything in flight is dropped, what was detached too.
    pub crash: usize,
}

impl Trouble {
    pub const NONE: Self = Self {
        lost_command: 0,
        late: 0,
        twice: 0,
        lost_reply: 0,
        storage: 0,
        hang_up: 0,
        restart: 0,
        crash: 0,
    };
    /// A bad day.
    pub const MUCH: Self = Self {
        lost_command: 4,
        late: 4,
        twice: 4,
        lost_reply: 6,
        storage: 6,
        hang_up: 3,
        restart: 5,
        crash: 1,
    };
}

struct Task {
    id: usize,
    work: LocalBoxFuture<'static, ()>,
    /// Whether a client waits for it, who may hang up.
    attended: bool,
}

/// Runs the flows to their ends, or to where trouble ends them. The same seed makes the same choices.
///
/// # Panics
/// When nothing moves any more.
pub fn interleave(world: &Rc<World>, seed: u64, trouble: Trouble, flows: Vec<LocalBoxFuture<'static, ()>>) {
    let chance = Chance::new(seed);
    world.gate.close(true);
    let mut next = flows.len();
    let mut tasks: Vec<Task> =
        flows.into_iter().enumerate().map(|(id, work)| Task { id, work, attended: true }).collect();
    settle(world, &mut tasks, &mut next);
    for _ in 0..200_000 {
        let late = world.late.borrow().len();
        let waiting = world.gate.waiting();
        if waiting.is_empty() && late == 0 {
            assert!(tasks.is_empty(), "seed {seed}: {} flows stand still", tasks.len());
            world.gate.close(false);
            return;
        }
        if late > 0 && (waiting.is_empty() || chance.happens(20)) {
            world.deliver_late(chance.below(late));
            continue;
        }
        if chance.happens(trouble.restart) {
            let all = world.objects.addresses();
            if !all.is_empty() {
                world.objects.restart(&all[chance.below(all.len())]);
            }
        }
        if chance.happens(trouble.crash) {
            for task in tasks.drain(..) {
                world.gate.forget(task.id);
            }
            continue;
        }
        let ticket = waiting[chance.below(waiting.len())];
        if chance.happens(trouble.hang_up)
            && let Some(at) = tasks.iter().position(|task| task.id == ticket.task && task.attended)
        {
            drop(tasks.remove(at));
            world.gate.forget(ticket.task);
            settle(world, &mut tasks, &mut next);
            continue;
        }
        let fate = match ticket.half {
            Half::Reply if chance.happens(trouble.lost_reply) => Fate::LostReply,
            Half::Reply => Fate::Well,
            Half::Command => {
                let fates = [
                    (trouble.lost_command, Fate::LostCommand),
                    (trouble.late, Fate::Late),
                    (trouble.twice, Fate::Twice),
                    (trouble.storage, Fate::Storage(u32::try_from(chance.below(14)).unwrap())),
                ];
                fates
                    .into_iter()
                    .find(|(percent, _)| chance.happens(*percent))
                    .map_or(Fate::Well, |(_, fate)| fate)
            }
        };
        world.gate.grant(ticket.id, fate);
        poll(world, &mut tasks, ticket.task);
        settle(world, &mut tasks, &mut next);
    }
    panic!("seed {seed}: the flows do not end");
}

fn poll(world: &World, tasks: &mut Vec<Task>, id: usize) {
    let Some(at) = tasks.iter().position(|task| task.id == id) else { return };
    world.gate.turn(id);
    if tasks[at].work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
        drop(tasks.remove(at));
    }
}

/// Polls whoever waits for no leave (for the end of another, or not begun yet) until all do, and takes in what was
/// detached.
fn settle(world: &World, tasks: &mut Vec<Task>, next: &mut usize) {
    loop {
        let mut moved = false;
        let waiting: Vec<_> = world.gate.waiting().iter().map(|ticket| ticket.task).collect();
        let idle: Vec<_> = tasks.iter().map(|task| task.id).filter(|id| !waiting.contains(id)).collect();
        for id in idle {
            let before = tasks.len();
            poll(world, tasks, id);
            moved |= tasks.len() != before || world.gate.waiting().iter().any(|ticket| ticket.task == id);
        }
        for work in world.take_detached() {
            tasks.push(Task { id: *next, work, attended: false });
            *next += 1;
            moved = true;
        }
        if !moved {
            return;
        }
    }
}
