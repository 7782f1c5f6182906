use std::sync::Arc;

use any_spawner::Executor;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::{page::Page, part, shell::Shell};

/// Writes one page as a whole HTML document, from `<!DOCTYPE html>` to `</html>`.
///
/// Synchronous and free of shared state: any number of calls may follow or overlap each other.
pub fn render(page: Page, shell: Shell) -> String {
    with_owner(move || part::document::document(page, shell).to_html())
}

/// Runs `write` under a reactive owner of its own, which is gone when this returns.
///
/// The owner has to end here: it is also the thread's current owner, and a Worker's thread lives on to the next request.
fn with_owner(write: impl FnOnce() -> String) -> String {
    start_executor();
    let outer = Owner::current();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(write);
    owner.unset_with_forced_cleanup();
    if let Some(outer) = outer {
        outer.set();
    }
    html
}

/// The reactive system wants an executor by name before it will build an effect; nothing is ever spawned here.
/// An error says that an earlier render, or the embedder, chose one already.
fn start_executor() {
    #[cfg(target_arch = "wasm32")]
    let _ = Executor::init_wasm_bindgen();
    #[cfg(not(target_arch = "wasm32"))]
    let _ = Executor::init_futures_executor();
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn a_render_frees_its_owner_and_leaves_the_callers_in_place() {
        static CLEANED: AtomicBool = AtomicBool::new(false);
        let outer = Owner::new();
        outer.with(|| {
            let html = with_owner(|| {
                Owner::on_cleanup(|| CLEANED.store(true, Ordering::SeqCst));
                provide_context(7_u8);
                "x".to_owned()
            });
            assert_eq!(html, "x");
            assert!(CLEANED.load(Ordering::SeqCst));
            assert_eq!(use_context::<u8>(), None);
            assert!(Owner::current() == Some(outer.clone()));
        });
    }

    #[test]
    fn a_render_leaves_no_owner_where_there_was_none() {
        with_owner(String::new);
        assert!(Owner::current().is_none());
    }
}
