//! Where flows stop: each call to the outside waits here for leave, when a scheduler is at work.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// What becomes of a call that is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Well,
    /// The command never arrives.
    LostCommand,
    /// The command arrives only after its sender has given up.
    Late,
    /// The command arrives, and once more later.
    Twice,
    /// The n-th statement fails.
    Storage(u32),
    /// It was done, but nobody hears of it.
    LostReply,
}

/// Which half of a call waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Command,
    Reply,
}

#[derive(Clone, Copy, Debug)]
pub struct Ticket {
    pub id: u64,
    pub task: usize,
    pub half: Half,
}

#[derive(Debug, Default)]
pub struct Gate {
    closed: Cell<bool>,
    /// Whose turn it is.
    task: Cell<usize>,
    next: Cell<u64>,
    waiting: RefCell<BTreeMap<u64, Ticket>>,
    granted: RefCell<BTreeMap<u64, Fate>>,
    /// Some that wait are polled only when woken: those within a set of futures.
    wakers: RefCell<BTreeMap<u64, Waker>>,
}

impl Gate {
    /// From now on everybody waits, or nobody does.
    pub fn close(&self, closed: bool) {
        self.closed.set(closed);
        self.waiting.borrow_mut().clear();
        self.granted.borrow_mut().clear();
        self.wakers.borrow_mut().clear();
    }
    pub fn turn(&self, task: usize) {
        self.task.set(task);
    }
    pub fn waiting(&self) -> Vec<Ticket> {
        self.waiting.borrow().values().copied().collect()
    }
    /// A task is no more: nothing of it waits.
    pub fn forget(&self, task: usize) {
        self.waiting.borrow_mut().retain(|_, ticket| ticket.task != task);
    }
    pub fn grant(&self, ticket: u64, fate: Fate) {
        self.waiting.borrow_mut().remove(&ticket);
        self.granted.borrow_mut().insert(ticket, fate);
        let waker = self.wakers.borrow_mut().remove(&ticket);
        waker.iter().for_each(Waker::wake_by_ref);
    }

    pub async fn pass(&self, half: Half) -> Fate {
        if !self.closed.get() {
            return Fate::Well;
        }
        let mut mine = None;
        poll_fn(|cx| {
            let id = *mine.get_or_insert_with(|| {
                let id = self.next.get();
                self.next.set(id + 1);
                self.waiting.borrow_mut().insert(id, Ticket { id, task: self.task.get(), half });
                id
            });
            let fate = self.granted.borrow_mut().remove(&id);
            if fate.is_none() {
                self.wakers.borrow_mut().insert(id, cx.waker().clone());
            }
            fate.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}
