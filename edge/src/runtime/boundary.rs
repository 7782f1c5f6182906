//! The few functions in JavaScript that carry requests and responses over.

#![allow(unsafe_code, reason = "what wasm-bindgen makes of foreign functions")]

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/runtime/boundary.js")]
extern "C" {
    /// A response's status, a line; then its headers, two lines each.
    pub(super) fn told(response: &web_sys::Response) -> String;

    /// A response; its headers two lines each.
    #[wasm_bindgen(catch)]
    pub(super) fn answer(status: u16, headers: &str, body: &JsValue) -> Result<web_sys::Response, JsValue>;

    /// Sends a request: `head` is its method and its URL, a line each, then its headers. What is thrown when no answer
    /// comes in time begins with `deadline`.
    #[wasm_bindgen(catch)]
    pub(super) async fn send(head: &str, body: &JsValue, milliseconds: u32) -> Result<JsValue, JsValue>;

    /// Sends a command to an object; answers the bytes of its reply.
    #[wasm_bindgen(catch)]
    pub(super) async fn command(object: &JsValue, bytes: &Uint8Array) -> Result<JsValue, JsValue>;
}
