//! A request's work, begun in the call that brings it: many answers are there when that call returns, and cost neither a
//! promise nor a turn of the microtask queue. Work that must wait is gone on with where its wait ends.

use super::boundary::{self, Promised};
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// A value, or what was thrown.
type Settled = Result<JsValue, JsValue>;
type Work = Pin<Box<dyn Future<Output = Settled>>>;

/// Work that waits, and the promise of its value.
struct Waiting {
    work: Work,
    ticket: Arc<Ticket>,
    promised: Promised,
}

#[derive(Default)]
struct Tasks {
    last: Cell<u32>,
    waiting: RefCell<Vec<(u32, Waiting)>>,
    woken: RefCell<Vec<u32>>,
    /// Somebody will go on with what is woken.
    scheduled: Cell<bool>,
    /// Who hears of what JavaScript answers.
    listening: RefCell<Vec<(u32, oneshot::Sender<Settled>)>>,
}

thread_local! {
    static TASKS: Tasks = Tasks::default();
    // Made once: a closure for each turn would cost more than the turn.
    static GO_ON: Closure<dyn Fn()> = Closure::new(|| TASKS.with(Tasks::go_on));
    static HEAR: Closure<dyn Fn(u32, JsValue, bool)> =
        Closure::new(|listener, value, well| TASKS.with(|tasks| tasks.hear(listener, value, well)));
}

struct Ticket {
    task: u32,
    woken: AtomicBool,
}

impl Wake for Ticket {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.woken.swap(true, Ordering::Relaxed) {
            return;
        }
        TASKS.with(|tasks| {
            tasks.woken.borrow_mut().push(self.task);
            if !tasks.scheduled.replace(true) {
                GO_ON.with(boundary::soon);
            }
        });
    }
}

impl Ticket {
    fn poll(self: &Arc<Self>, work: &mut Work) -> Poll<Settled> {
        self.woken.store(false, Ordering::Relaxed);
        work.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::clone(self))))
    }
}

/// What is kept under a number. Few are at a time: no map is worth its code.
fn take<T>(from: &RefCell<Vec<(u32, T)>>, number: u32) -> Option<T> {
    let mut from = from.borrow_mut();
    let at = from.iter().position(|(kept, _)| *kept == number)?;
    Some(from.swap_remove(at).1)
}

impl Tasks {
    fn number(&self) -> u32 {
        self.last.set(self.last.get().wrapping_add(1));
        self.last.get()
    }

    /// Goes on with what has been woken by now; what is woken meanwhile has another turn.
    fn go_on(&self) {
        self.scheduled.set(false);
        let woken = std::mem::take(&mut *self.woken.borrow_mut());
        for task in woken {
            // Work that has ended may be woken late.
            let Some(mut waiting) = take(&self.waiting, task) else { continue };
            match waiting.ticket.poll(&mut waiting.work) {
                Poll::Ready(Ok(value)) => waiting.promised.resolve(&value),
                Poll::Ready(Err(thrown)) => waiting.promised.reject(&thrown),
                Poll::Pending => {
                    self.waiting.borrow_mut().push((task, waiting));
                }
            }
        }
    }

    /// Hands an answer of JavaScript's to who waits for it, and goes on with that at once.
    fn hear(&self, listener: u32, value: JsValue, well: bool) {
        let sender = take(&self.listening, listener);
        let already = self.scheduled.replace(true);
        if let Some(sender) = sender {
            // Who has stopped waiting has no use for it.
            let _ = sender.send(if well { Ok(value) } else { Err(value) });
        }
        if already {
            return;
        }
        self.go_on();
    }
}

/// Runs as far as it gets; gives its value, or a promise of it.
pub(super) fn run(work: impl Future<Output = Settled> + 'static) -> Settled {
    TASKS.with(|tasks| {
        let mut work: Work = Box::pin(work);
        let ticket = Arc::new(Ticket { task: tasks.number(), woken: AtomicBool::new(false) });
        if let Poll::Ready(value) = ticket.poll(&mut work) {
            return value;
        }
        let promised = boundary::promised();
        let promise = promised.promise();
        tasks.waiting.borrow_mut().push((ticket.task, Waiting { work, ticket, promised }));
        Ok(promise)
    })
}

/// Asks something of JavaScript that is answered later: `ask` is given what to call then, and the number to name.
pub(super) async fn answered(ask: impl FnOnce(&Closure<dyn Fn(u32, JsValue, bool)>, u32)) -> Settled {
    let (sender, answer) = oneshot::channel();
    TASKS.with(|tasks| {
        let listener = tasks.number();
        tasks.listening.borrow_mut().push((listener, sender));
        HEAR.with(|hear| ask(hear, listener));
    });
    answer.await.unwrap_or_else(|_| Err("an answer that nobody will give".into()))
}
