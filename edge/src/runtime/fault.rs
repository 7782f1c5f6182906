//! What JavaScript throws, as text for the log.

use crate::platform::CallFault;
use wasm_bindgen::{JsCast, JsValue};

/// An exception's own message.
pub(super) fn text(thrown: &JsValue) -> String {
    thrown
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.to_string()))
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "an exception that is no error".to_owned())
}

/// For `map_err` on a call to an object, a bucket or an upstream.
#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
pub(super) fn call(thrown: JsValue) -> CallFault {
    CallFault(text(&thrown))
}

/// The same for what `worker` makes of exceptions.
#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
pub(super) fn worker(error: worker::Error) -> CallFault {
    CallFault(error.to_string())
}
