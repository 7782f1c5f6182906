// What the page shows. Everything from outside goes in as text.

/** An element of the page, by its id. */
export const find = (id) => document.getElementById(id);

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** Says what went wrong. */
export function problem(error) {
  const place = find("problem");
  // Errors are lower case and have no full stop; a page has sentences.
  const { message } = error;
  place.textContent = `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? "" : "."}`;
  place.hidden = false;
}

/** A click's work: one at a time, and its failure is shown. */
export function inFlight(work) {
  return async ({ currentTarget: button }) => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    find("problem").hidden = true;
    await work().catch(problem);
    button.ariaBusy = null;
  };
}

/** Names and values; what has no value is left out. */
export function facts(id, values) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  find(id).replaceChildren(...known.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
}

/** JSON as people read it; anything else as it is. */
function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A text that may be longer than its box: the keyboard can scroll it too. */
function scrolled(text) {
  const box = element("pre", readable(text));
  box.tabIndex = 0;
  box.role = "group";
  box.ariaLabel = "Answer";
  return box;
}

/** An answer, allowed or refused, with its body where there is one. */
export function answered(id, { allowed, title, text }) {
  const place = find(id);
  place.dataset.outcome = allowed ? "allowed" : "refused";
  place.replaceChildren(element("strong", title), ...(text ? [scrolled(text)] : []));
}

/** A refusal by an AWS client's error; any other error goes on. */
export function refused(id, error) {
  const status = error.$metadata?.httpStatusCode;
  if (!status) throw error;
  answered(id, { allowed: false, title: `${status} ${error.name}`, text: error.message });
}

/** What is in the folder. */
export function listed(id, objects) {
  const rows = objects.map(({ name, size }) => {
    const row = document.createElement("li");
    row.append(element("span", name), element("span", `${size.toLocaleString()} bytes`));
    return row;
  });
  find(id).replaceChildren(...rows);
}

/** A picture. */
export function shown(id, blob) {
  const image = find(id);
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(blob);
  image.hidden = false;
}
