// The panel of troubles that are brought about on purpose.

import { ask, clearFaults, h, iconButton, nameOf } from "./api.js";
import { words } from "./words.js";

export async function showFaults(dialog) {
  const [waiting, state] = [await ask("faults"), await ask("state")];
  draw(dialog, waiting, state);
  if (!dialog.open) dialog.showModal();
}

// What each kind asks for besides how often and how likely.
const CALL = ["method", "chat"];
const ASKED = {
  too_many: [...CALL, "seconds"], server_error: [...CALL, "code"], timeout: [...CALL, "seconds", "accepted"],
  cut_before: CALL, cut_after: CALL, slow: [...CALL, "seconds"], conflict: [], duplicate: ["chat"],
  reorder: ["chat", "size"], split_album: ["chat", "seconds"], expired_callback: ["chat"], slow_download: ["seconds"],
};

function draw(dialog, waiting, state) {
  const w = words(), limits = state.limits;
  const kind = h("select", { name: "kind", "data-testid": "fault-kind", onchange: () => fit() }, Object.entries(w.kinds).map(([value, label]) => h("option", { value }, label)));
  const number = (name, label, value, most = 999) => h("label", { "data-field": name }, label, h("input", { name, type: "number", min: 0, max: most, value }));
  const people = state.chats.map((chat) => h("option", { value: chat.id }, nameOf(chat)));
  const form = h("form", { class: "fault-form", onsubmit: (event) => { event.preventDefault(); add(dialog, new FormData(form)); } },
    h("label", { class: "full" }, w.faults, kind),
    h("label", { class: "full", "data-field": "method" }, w.method, h("input", { name: "method", placeholder: "sendMessage", autocomplete: "off" })),
    h("label", { class: "full", "data-field": "chat" }, w.chat, h("select", { name: "chat" }, h("option", { value: "" }, w.anyChat), people)),
    number("times", w.times, 1), number("percent", w.percent, 100, 100),
    number("seconds", w.seconds, 3), number("code", w.code, 502), number("size", w.size, 2),
    h("label", { class: "full tick", "data-field": "accepted" }, h("input", { name: "accepted", type: "checkbox" }), w.accepted),
    h("button", { class: "primary", "data-testid": "fault-add" }, w.add));
  const fit = () => form.querySelectorAll("[data-field]").forEach((field) => {
    const name = field.dataset.field;
    field.hidden = !["times", "percent", ...ASKED[kind.value]].includes(name);
  });
  fit();
  const rows = waiting.map((fault) => h("li", {}, `${w.kinds[fault.kind]} × ${fault.times}`, h("small", {}, [fault.method, fault.chat_id, fault.chance < 1 && `${Math.round(100 * fault.chance)} %`].filter(Boolean).join(" · "))));
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
  const kind = form.get("kind"), asked = ASKED[kind], seconds = Number(form.get("seconds"));
  const fault = { kind, times: Number(form.get("times")) || 1, chance: Number(form.get("percent")) / 100 };
  if (asked.includes("method") && form.get("method").trim()) fault.method = form.get("method").trim();
  if (asked.includes("chat") && form.get("chat")) fault.chat_id = Number(form.get("chat"));
  if (asked.includes("seconds")) Object.assign(fault, { seconds, retry_after: Math.max(1, Math.round(seconds)) });
  if (asked.includes("code")) fault.code = Number(form.get("code"));
  if (asked.includes("size")) fault.size = Math.max(2, Number(form.get("size")));
  if (asked.includes("accepted")) fault.accepted = form.has("accepted");
  await ask("faults", fault);
  showFaults(dialog);
}

async function limit(dialog, change) {
  await ask("limits", change);
  showFaults(dialog);
}
