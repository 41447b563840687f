// The page: who is there on the left, open chats beside it, kept up to date by server-sent events.

import { ask, avatar, clock, h, iconButton, nameOf } from "./api.js";
import { Column } from "./column.js";
import { showFaults } from "./faults.js";
import { summary } from "./message.js";
import { code, toggle, words } from "./words.js";

const NARROW = 720;
const WIDTH = 380; // the least a column needs
const $ = (id) => document.getElementById(id);

const home = {
  state: { people: [], chats: [], bot: { about: {} } },
  ahead: 0, // seconds that this Telegram's clock is ahead of the browser's
  columns: new Map(),
  unread: new Map(),
  payloads: new Map(),

  payload(id) { return this.payloads.get(id); },
  forget(id) { this.payloads.delete(id); this.columns.get(id)?.showFoot(); },

  show(text) {
    const dialog = $("alert");
    dialog.querySelector("p").textContent = text;
    dialog.querySelector("button").textContent = words().ok;
    if (!dialog.open) dialog.showModal();
  },

  replace(chat) {
    const at = this.state.chats.findIndex((one) => one.id === chat.id);
    if (at < 0) this.state.chats.push(chat);
    else this.state.chats[at] = chat;
  },

  opens(id, beside = false) {
    const room = innerWidth < NARROW ? 1 : Math.max(1, Math.floor((innerWidth - 300) / WIDTH));
    const there = this.columns.get(id);
    if (there) { // the most recently used comes last, and is the last to make room
      this.columns.delete(id);
      this.columns.set(id, there);
      there.composer.field.focus();
    } else {
      const ids = [...this.columns.keys()];
      const leave = beside ? ids.slice(0, Math.max(0, ids.length - room + 1)) : ids;
      leave.forEach((other) => this.drop(other));
      const column = new Column(id, this);
      this.columns.set(id, column);
      $("chats").append(column.element);
    }
    this.unread.delete(id);
    this.remember();
  },

  closes(id) { this.drop(id); this.remember(); },

  drop(id) {
    this.columns.get(id)?.element.remove();
    this.columns.delete(id);
  },

  remember() {
    document.body.classList.toggle("reading", this.columns.size > 0);
    localStorage.setItem("open", JSON.stringify([...this.columns.keys()]));
    drawList();
    drawEmpty();
  },
};

function drawEmpty() {
  document.querySelector("#chats > .nothing")?.remove();
  if (!home.columns.size) $("chats").append(h("p", { class: "nothing" }, words().pick));
}

function drawList() {
  const w = words();
  const { people, chats } = home.state;
  const row = (about, chat) => {
    const last = chat?.last;
    const count = home.unread.get(about.id);
    const open = h("button", { type: "button", class: "person", "data-testid": `person-${about.id}`, "aria-current": String(home.columns.has(about.id)), onclick: () => home.opens(about.id) },
      avatar(about),
      h("span", { class: "lines" },
        h("span", { class: "first" }, h("b", {}, nameOf(about)), last ? h("time", {}, clock(last.date)) : ""),
        h("span", { class: "second" }, h("span", {}, last ? summary(last) : about.note || ""), count ? h("span", { class: "count" }, String(count)) : "")));
    return h("div", { class: "person-row" }, open, iconButton("beside", `${w.beside}: ${nameOf(about)}`, { class: "icon-button beside", onclick: () => home.opens(about.id, true) }));
  };
  const groups = chats.filter((chat) => chat.type !== "private");
  const rows = people.map((about) => row(about, chats.find((chat) => chat.id === about.id)));
  $("list").replaceChildren(...rows, ...(groups.length ? [h("h2", {}, w.groups), ...groups.map((chat) => row(chat, chat))] : []));
}

function drawFrame() {
  const w = words();
  document.documentElement.lang = code();
  document.title = home.state.bot.first_name || "Telegram";
  $("title").textContent = home.state.bot.first_name || w.chats;
  $("language").textContent = w.language;
  $("trouble").textContent = home.state.faults?.length ? `${w.trouble} · ${home.state.faults.length}` : w.trouble;
  $("trouble").classList.toggle("active", Boolean(home.state.faults?.length));
}

// What a column shows by itself; anything else means that the state is read anew.
const SHOWN = new Set(["message", "edited", "reaction", "answer", "action", "keyboard"]);

async function refresh() {
  const before = heard;
  home.state = await ask("state");
  home.ahead = home.state.now - Date.now() / 1000;
  if (heard !== before) refreshSoon(); // it may be older than what was told meanwhile
  drawFrame();
  drawList();
  for (const column of home.columns.values()) column.refresh();
}

let due = null;
const refreshSoon = () => { due ??= setTimeout(() => { due = null; refresh(); }, 120); };

function note(event) {
  const chat = home.state.chats.find((one) => one.id === event.chat_id);
  if (!chat) return refreshSoon();
  if (event.type === "edited" && chat.last?.message_id !== event.message.message_id) return;
  chat.last = event.message;
  const seen = home.columns.has(event.chat_id) && !document.hidden;
  if (event.type === "message" && event.message.from.is_bot && !seen) home.unread.set(event.chat_id, (home.unread.get(event.chat_id) || 0) + 1);
  drawList();
}

let heard = 0;

function happened(event) {
  heard += 1;
  if (event.type === "reload") return begin();
  const chat = home.state.chats.find((one) => one.id === event.chat_id);
  if (event.type === "keyboard" && chat) Object.assign(chat, { keyboard: event.keyboard, keyboard_about: event.about });
  if (event.type === "message" || event.type === "edited") note(event);
  home.columns.get(event.chat_id)?.happened(event);
  if (!SHOWN.has(event.type)) refreshSoon();
}

// The events first, then the state: nothing that happens in between is lost.
function listen() {
  const source = new EventSource("/sandbox/events");
  let begun = false;
  source.onmessage = (message) => happened(JSON.parse(message.data));
  source.onerror = () => document.body.classList.add("offline");
  source.onopen = async () => {
    document.body.classList.remove("offline");
    if (!begun) { begun = true; return begin(); }
    await refresh();
    home.columns.forEach((column) => column.load());
  };
}

function firstChats() {
  const asked = new URLSearchParams(location.search);
  const person = Number(asked.get("person")) || (asked.has("start") ? home.state.people[0]?.id : 0);
  if (person && home.state.people.some((one) => one.id === person)) {
    if (asked.has("start")) home.payloads.set(person, asked.get("start"));
    history.replaceState(null, "", "/");
    return home.opens(person);
  }
  const kept = JSON.parse(localStorage.getItem("open") || "null");
  const known = (kept || []).filter((id) => home.state.chats.some((chat) => chat.id === id));
  const ids = known.length ? known : kept ? [] : home.state.people.slice(0, 2).map((one) => one.id);
  if (innerWidth >= NARROW) ids.forEach((id) => home.opens(id, true));
}

async function begin() {
  [...home.columns.keys()].forEach((id) => home.drop(id));
  await refresh();
  firstChats();
  drawEmpty();
}

$("language").onclick = () => { toggle(); drawFrame(); drawList(); const ids = [...home.columns.keys()]; ids.forEach((id) => home.drop(id)); ids.forEach((id) => home.opens(id, true)); drawEmpty(); };
$("trouble").onclick = () => showFaults($("faults"));
$("faults").addEventListener("click", (event) => { if (event.target === $("faults")) $("faults").close(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { home.columns.forEach((column, id) => home.unread.delete(id)); drawList(); } });

listen();
