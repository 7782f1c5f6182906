//! The browser's half of the pages: the islands of `app`, and the call that makes them ready to wake.

use wasm_bindgen::prelude::wasm_bindgen;

// The islands are exports of `app`; naming the crate keeps them in the binary.
use app as _;

/// Sets up the reactive system once, before the boot module hands each island its element.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
