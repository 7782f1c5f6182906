// Loaded as a module by every page; the pages work without it. Nothing here writes markup, so it runs under
// `require-trusted-types-for 'script'`, and `script-src 'self' 'wasm-unsafe-eval'` is all it asks for.

// One press, one submission. The server would fold a second one into the first; this spares the person the wait.
// `aria-disabled` and not `disabled`: a disabled button would drop the focus.
const pending = new Set();
const PATIENCE_MS = 10_000;

addEventListener("submit", (event) => {
  const form = event.target;
  if (pending.has(form)) {
    event.preventDefault();
    return;
  }
  pending.add(form);
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
  // A network that gave up, or a stop button, must not leave the form dead.
  setTimeout(() => release(form), PATIENCE_MS);
});

// Back from the next page, out of the browser's memory: the form is to be used again.
addEventListener("pageshow", () => pending.forEach(release));

function release(form) {
  pending.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

const islands = document.querySelectorAll("leptos-island");
if (islands.length > 0) {
  // Beside this file, whatever folder or host it is served from; the bundler puts the hashed name here. It finds its own
  // Wasm the same way.
  const { default: load, ...app } = await import("./app.js");
  await load();
  app.hydrate();
  for (const island of islands) {
    // One island that fails must not keep the others asleep.
    try {
      app[island.dataset.component]?.(island);
    } catch (error) {
      console.error(error);
    }
  }
  document.documentElement.dataset.hydrated = "";
}
