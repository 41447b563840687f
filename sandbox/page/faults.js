// The panel of troubles that are brought about on purpose.

import { ask, clearFaults, h, iconButton } from "./api.js";
import { words } from "./words.js";

export async function showFaults(dialog) {
  const [waiting, state] = [await ask("faults"), await ask("state")];
  draw(dialog, waiting, state.limits);
  if (!dialog.open) dialog.showModal();
}

function draw(dialog, waiting, limits) {
  const w = words();
  const kind = h("select", { name: "kind", "data-testid": "fault-kind" }, Object.entries(w.kinds).map(([value, label]) => h("option", { value }, label)));
  const number = (name, label, value) => h("label", {}, label, h("input", { name, type: "number", min: 0, max: 999, value }));
  const form = h("form", { class: "fault-form", onsubmit: (event) => { event.preventDefault(); add(dialog, new FormData(form)); } },
    h("label", { class: "full" }, w.faults, kind), h("label", { class: "full" }, w.method, h("input", { name: "method", placeholder: "sendMessage", autocomplete: "off" })),
    number("times", w.times, 1), number("seconds", w.seconds, 3),
    h("button", { class: "primary", "data-testid": "fault-add" }, w.add));
  const rows = waiting.map((fault) => h("li", {}, `${w.kinds[fault.kind]} × ${fault.times}`, h("small", {}, fault.method || "")));
  const on = h("input", { type: "checkbox", onchange: () => limit(dialog, { on: on.checked }) });
  on.checked = limits.on;
  const counting = h("select", { "aria-label": w.limits, onchange: () => limit(dialog, { counting: counting.value }) },
    ["bucket", "window"].map((value) => h("option", { value, selected: value === limits.counting }, w[value])));
  dialog.replaceChildren(
    h("header", { class: "bar" }, h("h2", {}, w.trouble), iconButton("close", w.close, { onclick: () => dialog.close() })),
    h("p", { class: "hint" }, w.faultsHint), form,
    h("ul", { class: "waiting" }, rows.length ? rows : h("li", { class: "calm" }, w.none)),
    rows.length ? h("button", { type: "button", class: "plain", onclick: async () => { await clearFaults(); showFaults(dialog); } }, w.clear) : "",
    h("div", { class: "limits" }, h("label", {}, on, w.limits), counting));
}

async function add(dialog, form) {
  const seconds = Number(form.get("seconds"));
  await ask("faults", { kind: form.get("kind"), method: form.get("method").trim() || null, times: Number(form.get("times")) || 1, seconds, retry_after: Math.max(1, Math.round(seconds)) });
  showFaults(dialog);
}

async function limit(dialog, change) {
  await ask("limits", change);
  showFaults(dialog);
}
