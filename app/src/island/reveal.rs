use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};
use serde::{Deserialize, Serialize};

/// What the button says, in the page's language: the island knows no language itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Words {
    pub show: String,
    pub hide: String,
    /// `show` and `hide` in full, for a reader who does not see the field beside the button.
    pub show_label: String,
    pub hide_label: String,
    /// Announced after a press.
    pub shown_now: String,
    pub hidden_now: String,
}

/// A button that shows and hides what is typed into the password field `controls` (the field's id).
///
/// The field stays outside: it is plain server-rendered HTML, and what was typed before this woke up is left alone. The
/// button is hidden until it works.
#[island]
pub fn Reveal(controls: String, words: Words) -> impl IntoView {
    let Words { show, hide, show_label, hide_label, shown_now, hidden_now } = words;
    let (awake, wake) = signal(false);
    // `None` until the first press: there is nothing to announce before.
    let (shown, set_shown) = signal(None::<bool>);
    let is_shown = move || shown.get() == Some(true);

    let field = {
        let id = controls.clone();
        move || document().get_element_by_id(&id)?.dyn_into::<HtmlInputElement>().ok()
    };
    let toggle = {
        let field = field.clone();
        move |_| {
            let Some(field) = field() else { return };
            let show = shown.get_untracked() != Some(true);
            field.set_type(if show { "text" } else { "password" });
            set_shown.set(Some(show));
        }
    };
    // A password leaves as a password: browsers remember what was typed into a text field.
    let conceal = move |_| {
        if let Some(field) = field() {
            field.set_type("password");
            set_shown.update(|shown| *shown = shown.map(|_| false));
        }
    };
    Effect::new(move || {
        wake.set(true);
        let listening = window_event_listener(ev::submit, conceal.clone());
        on_cleanup(move || listening.remove());
    });

    view! {
        <button
            type="button"
            class="reveal"
            hidden=move || !awake.get()
            aria-controls=controls
            aria-label=move || if is_shown() { hide_label.clone() } else { show_label.clone() }
            on:click=toggle
        >
            {move || if is_shown() { hide.clone() } else { show.clone() }}
        </button>
        <span class="unseen" role="status">
            {move || match shown.get() {
                None => String::new(),
                Some(true) => shown_now.clone(),
                Some(false) => hidden_now.clone(),
            }}
        </span>
    }
}
