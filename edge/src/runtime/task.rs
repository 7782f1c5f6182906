//! A request's work, begun in the call that brings it: most answers are there when that call returns, and cost neither a
//! promise nor a turn of the microtask queue.

use futures_util::task::AtomicWaker;
use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// Stands for the waker of the promise's own task, which is made only once there has to be one. What the work waits for
/// may keep the first waker that it sees.
#[derive(Default)]
struct Relay {
    woken: AtomicBool,
    later: AtomicWaker,
}

impl Wake for Relay {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Relaxed);
        self.later.wake();
    }
}

/// Runs as far as it gets; gives its value, or a promise of it.
pub(super) fn run(
    work: impl Future<Output = Result<JsValue, JsValue>> + 'static,
) -> Result<JsValue, JsValue> {
    let mut work = Box::pin(work);
    let relay = Arc::new(Relay::default());
    let waker = Waker::from(Arc::clone(&relay));
    if let Poll::Ready(value) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
        return value;
    }
    let rest = poll_fn(move |context| {
        relay.later.register(context.waker());
        if relay.woken.swap(false, Ordering::Relaxed) {
            work.as_mut().poll(&mut Context::from_waker(&waker))
        } else {
            Poll::Pending
        }
    });
    Ok(future_to_promise(rest).into())
}
