#![cfg(feature = "native")]

mod key_sets;
mod rfc;
mod tokens;
mod wycheproof;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The answer of a future that never waits, which the native backend's do not.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("the native backend never waits"),
    }
}
