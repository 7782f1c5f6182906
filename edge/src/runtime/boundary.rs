//! The few functions in JavaScript that carry requests and responses over.

#![allow(unsafe_code, reason = "what wasm-bindgen makes of foreign functions")]

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::CryptoKey;

#[wasm_bindgen(module = "/src/runtime/boundary.js")]
extern "C" {
    /// A response's status, a line; then its headers, two lines each.
    pub(super) fn told(response: &web_sys::Response) -> String;

    /// A response; its headers two lines each.
    #[wasm_bindgen(catch)]
    pub(super) fn answer(status: u16, headers: &str, body: &JsValue) -> Result<web_sys::Response, JsValue>;

    /// Sends a request: `head` is its method and its URL, a line each, then its headers. `hear` is called with `listener`,
    /// what came of it, and whether that is a response; if not, it begins with `deadline` when no answer came in time.
    pub(super) fn send(
        head: &str,
        body: &JsValue,
        milliseconds: u32,
        hear: &Closure<dyn Fn(u32, JsValue, bool)>,
        listener: u32,
    );

    /// Asks whether a signature over a message is a key's; `hear` as above, told a boolean.
    pub(super) fn verify(
        algorithm: &str,
        key: &CryptoKey,
        signature: &[u8],
        message: &[u8],
        hear: &Closure<dyn Fn(u32, JsValue, bool)>,
        listener: u32,
    );

    /// Asks for a key's signature over a message; `hear` as above, told an `ArrayBuffer`.
    pub(super) fn sign(
        algorithm: &str,
        key: &CryptoKey,
        message: &[u8],
        hear: &Closure<dyn Fn(u32, JsValue, bool)>,
        listener: u32,
    );

    /// A promise, and the means to settle it.
    pub(super) type Promised;
    pub(super) fn promised() -> Promised;
    #[wasm_bindgen(method, getter)]
    pub(super) fn promise(this: &Promised) -> JsValue;
    #[wasm_bindgen(method)]
    pub(super) fn resolve(this: &Promised, value: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn reject(this: &Promised, thrown: &JsValue);

    /// Has a function called in the next microtask.
    pub(super) fn soon(call: &Closure<dyn Fn()>);

    /// Sends a command to an object; answers the bytes of its reply.
    #[wasm_bindgen(catch)]
    pub(super) async fn command(object: &JsValue, bytes: &Uint8Array) -> Result<JsValue, JsValue>;
}
