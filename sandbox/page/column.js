// One open chat: header, messages, what can be done in it.

import { act, ask, avatar, dayKey, h, icon, iconButton, nameOf } from "./api.js";
import { Composer } from "./composer.js";
import { messageView, reactionView, summary } from "./message.js";
import { code, words } from "./words.js";

const PAGE = 60;
const KEPT = 240; // messages held in the page; older ones are read again when one scrolls up
const ACTION = 6000;

export class Column {
  // home: the page {state, show(alert), closes(id), payload(id)}
  constructor(id, home) {
    this.id = id;
    this.home = home;
    this.more = false;
    this.loading = null;
    this.topic = null;
    this.speaker = null;
    this.composer = new Composer(this);
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: 0, onscroll: () => this.scrolled() });
    this.header = h("header", { class: "bar chat-head" });
    this.pin = h("button", { type: "button", class: "pin", hidden: true });
    this.topics = h("div", { class: "topics", hidden: true });
    this.foot = h("div", { class: "start-bar", hidden: true });
    this.toasts = h("div", { class: "toasts", role: "status" });
    this.element = h("section", { class: "chat", "data-testid": `chat-${id}`, "data-chat": id },
      this.header, this.pin, this.topics, h("div", { class: "space" }, this.log, this.toasts), this.foot, this.composer.element);
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => { event.preventDefault(); this.composer.attach([...event.dataTransfer.files]); });
    new ResizeObserver(() => this.resized()).observe(this.log);
    this.load();
  }

  get chat() { return this.home.state.chats.find((one) => one.id === this.id); }
  get group() { return this.chat.type !== "private"; }
  person() { return this.group ? this.speaker ?? this.chat.members[0] : this.id; }
  thread() { return this.topic || undefined; }
  get about() { return this.home.state.people.find((one) => one.id === this.person()); }

  // What happened

  async load() {
    this.early = []; // what happens while the history is on its way
    this.loading = ask(`chats/${this.id}?limit=${PAGE}`);
    const { chat, messages, more } = await this.loading;
    const early = this.early;
    this.loading = this.early = null;
    this.home.replace(chat);
    this.more = more;
    this.stuck = true;
    this.log.replaceChildren();
    for (const data of messages) this.put(data);
    this.refresh();
    this.toEnd();
    early.forEach((event) => this.happened(event));
  }

  happened(event) {
    if (this.early) return this.early.push(event);
    const moves = {
      message: () => { this.put(event.message); this.greet(); },
      edited: () => this.edited(event.message),
      deleted: () => this.deleted(event.message_id),
      reaction: () => this.reacted(event.message_id, event.emoji),
      answer: () => this.answered(event),
      action: () => this.typing(event.action),
      keyboard: () => this.composer.setKeyboard(event.keyboard, event.about),
    };
    return moves[event.type]?.();
  }

  async loadOlder() {
    const first = this.log.querySelector("[data-message-id]");
    if (!this.more || this.loading || !first) return;
    this.loading = ask(`chats/${this.id}?limit=${PAGE}&before=${first.dataset.messageId}`);
    const { messages, more } = await this.loading;
    this.more = more;
    const height = this.log.scrollHeight - this.log.scrollTop;
    first.previousElementSibling?.classList.contains("day") && first.previousElementSibling.remove();
    const fragment = document.createDocumentFragment();
    let last = "";
    for (const data of messages) {
      if (dayKey(data.date) !== last) fragment.append(this.day(data.date));
      last = dayKey(data.date);
      fragment.append(this.view(data));
    }
    if (dayKey(Number(first.dataset.date)) !== last) fragment.append(this.day(Number(first.dataset.date)));
    this.log.prepend(fragment);
    this.log.scrollTop = this.log.scrollHeight - height;
    this.loading = null;
  }

  view(data) {
    return messageView(data, this.person(), this.handlers);
  }

  get handlers() {
    return {
      group: this.group,
      say: (text) => this.composer.say(text),
      opens: (url) => this.opens(url),
      copies: (text) => { navigator.clipboard?.writeText(text).catch(() => {}); this.toast(words().copied); },
      presses: (button, message, data) => this.presses(button, message, data),
      replies: (data) => this.composer.setContext({ id: data.message_id, text: summary(data) }),
      edits: (data) => this.composer.setContext({ id: data.message_id, text: data.text ?? data.caption, edit: true }),
      goTo: (id) => this.find(id)?.scrollIntoView({ block: "center", behavior: "smooth" }),
    };
  }

  put(data) {
    if (this.find(data.message_id)) return;
    const last = [...this.log.querySelectorAll("[data-message-id]")].at(-1);
    if (!last || dayKey(Number(last.dataset.date)) !== dayKey(data.date)) this.log.append(this.day(data.date));
    const view = this.view(data);
    if (this.topic && data.message_thread_id !== this.topic) view.hidden = true;
    view.dataset.thread = data.message_thread_id || "";
    this.log.append(view);
    this.typing(null);
    if (this.stuck) { this.prune(); this.toEnd(); }
  }

  prune() {
    while (this.log.childElementCount > KEPT) { this.log.firstElementChild.remove(); this.more = true; }
  }

  day(seconds) {
    const w = words();
    const now = Date.now() / 1000 + this.home.ahead;
    const key = dayKey(seconds);
    const named = key === dayKey(now) ? w.today : key === dayKey(now - 86400) ? w.yesterday
      : new Date(seconds * 1000).toLocaleDateString(code(), { day: "numeric", month: "long", timeZone: "Asia/Almaty" });
    return h("div", { class: "day" }, h("span", {}, named));
  }

  find(id) { return this.log.querySelector(`[data-message-id="${id}"]`); }

  edited(data) {
    const old = this.find(data.message_id);
    if (!old) return;
    const view = this.view(data);
    view.dataset.thread = old.dataset.thread;
    view.hidden = old.hidden;
    old.replaceWith(view);
    if (this.stuck) this.toEnd();
  }

  deleted(id) { this.find(id)?.remove(); }

  reacted(id, emoji) {
    const bubble = this.find(id)?.querySelector(".bubble");
    bubble?.querySelector(".reaction")?.remove();
    if (emoji) bubble?.querySelector(".meta").before(reactionView(emoji));
  }

  answered(event) {
    this.element.querySelectorAll(".inline-button.waiting").forEach((button) => button.classList.remove("waiting"));
    if (event.url) this.opens(event.url) || window.open(event.url, "_blank", "noopener");
    if (!event.text) return;
    if (event.alert) this.home.show(event.text);
    else this.toast(event.text);
  }

  typing(action) {
    clearTimeout(this.timer);
    const w = words();
    this.header.querySelector(".sub")?.replaceChildren(action ? h("i", { class: "typing" }, action === "typing" ? w.typing : w.uploading) : this.sub());
    if (action) this.timer = setTimeout(() => this.typing(null), ACTION);
  }

  toast(text) {
    const toast = h("div", { class: "toast", "data-testid": "toast" }, text);
    this.toasts.replaceChildren(toast);
    setTimeout(() => toast.remove(), 3500);
  }

  // What is shown around the messages

  refresh() {
    const { chat } = this;
    const pinned = chat.pinned.at(-1);
    this.head();
    this.pin.hidden = !pinned;
    const target = pinned && this.find(pinned);
    this.pin.replaceChildren(icon("pin"), h("span", {}, target?.querySelector(".text")?.textContent || words().pinned));
    this.pin.onclick = () => this.handlers.goTo(pinned);
    this.showTopics();
    this.composer.setCommands(this.group ? [] : this.about?.commands || []);
    this.composer.setKeyboard(chat.keyboard, chat.keyboard_about);
    this.showFoot();
    this.greet();
  }

  sub() {
    const { bot } = this.home.state;
    if (!this.group) return this.about?.note || `@${bot.username}`;
    return this.chat.members.map((id) => nameOf(this.home.state.people.find((one) => one.id === id) || { first_name: id })).join(", ");
  }

  head() {
    const w = words();
    const about = this.group ? this.chat : this.about;
    this.header.replaceChildren(
      iconButton("back", w.back, { class: "icon-button back", onclick: () => this.home.closes(this.id) }),
      avatar(about),
      h("div", { class: "who" }, h("h2", {}, nameOf(about)), h("span", { class: "sub" }, this.sub())),
      this.group ? this.speakers() : "",
      this.more_(),
      iconButton("close", w.close, { class: "icon-button shut", onclick: () => this.home.closes(this.id) }));
  }

  speakers() {
    const choose = (event) => { this.speaker = Number(event.target.value); this.load(); };
    return h("select", { class: "speaker", "aria-label": words().as, "data-testid": "speaker", onchange: choose },
      this.chat.members.map((id) => h("option", { value: id, selected: id === this.person() },
        nameOf(this.home.state.people.find((one) => one.id === id) || { first_name: String(id) }))));
  }

  more_() {
    const w = words();
    const act_ = (name, body = {}) => () => { menu.open = false; this.doing(() => act(this.id, name, { ...this.composer.who(), ...body })); };
    const item = (label, click, attributes = {}) => h("button", { type: "button", role: "menuitem", onclick: click, ...attributes }, label);
    const stopped = this.chat.bot_status === "kicked";
    const own = this.group ? [] : [
      item(w.restart, act_("start")), item(w.contact, act_("contact")), item(w.other, act_("contact", { own: false, phone: "77020000002", name: w.contactName }))];
    const menu = h("details", { class: "more" }, h("summary", { class: "icon-button", "aria-label": w.more, "data-testid": "more" }, icon("more")),
      h("div", { role: "menu", class: "menu" }, own, item(w.location, act_("location")), item(w.voice, act_("voice")), item(w.note, act_("video_note")),
        item(w.sticker, act_("sticker")), item(w.poll, act_("poll", { question: "?" })),
        this.group ? "" : item(stopped ? w.unblock : w.block, act_(stopped ? "unblock" : "block"), { "data-testid": stopped ? "unblock" : "block", class: stopped ? "" : "danger" })));
    menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
    return menu;
  }

  showTopics() {
    const { topics } = this.chat;
    this.topics.hidden = !topics.length;
    const chip = (id, name) => h("button", { type: "button", class: "topic", "aria-pressed": String(this.topic === id), "data-testid": "topic", onclick: () => this.choose(id) }, name);
    this.topics.replaceChildren(chip(null, words().all), ...topics.map((topic) => chip(topic.id, topic.name)));
  }

  choose(topic) {
    this.topic = topic;
    this.log.querySelectorAll("[data-message-id]").forEach((view) => { view.hidden = Boolean(topic) && Number(view.dataset.thread) !== topic; });
    this.showTopics();
    this.toEnd();
  }

  showFoot() {
    const w = words();
    const payload = this.home.payload(this.id);
    const fresh = !this.group && (!this.chat.started || payload !== undefined);
    const stopped = !this.group && this.chat.bot_status === "kicked";
    this.foot.hidden = !fresh && !stopped;
    this.composer.element.hidden = fresh || stopped;
    const begin = () => this.doing(async () => { this.home.forget(this.id); await act(this.id, "start", { payload }); });
    this.foot.replaceChildren(stopped
      ? h("button", { type: "button", class: "primary", "data-testid": "unblock-bar", onclick: () => this.doing(() => act(this.id, "unblock")) }, w.unblock)
      : h("button", { type: "button", class: "primary", "data-testid": "start", onclick: begin }, w.start));
  }

  greet() {
    this.log.querySelector(".greeting")?.remove();
    if (this.log.querySelector("[data-message-id]") || this.group) return;
    const { about } = this.home.state.bot;
    const language = this.about?.language_code || "";
    const text = about.description[language] || about.description[""];
    this.log.append(h("div", { class: "greeting" }, text ? [h("b", {}, words().what), h("p", {}, text)] : words().empty));
  }

  // What the person does

  async doing(task) {
    this.stuck = true;
    try { await task(); } catch (error) { this.toast(`${words().refused}: ${error.message}`); }
  }

  presses(button, message, data) {
    button.classList.add("waiting");
    setTimeout(() => button.classList.remove("waiting"), 15000);
    return this.doing(() => act(this.id, "press", { ...this.composer.who(), message_id: message, button: data }));
  }

  // A link to this bot starts it here; true when it was one.
  opens(url) {
    const match = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\/?(?:\?start=([\w-]+))?$/.exec(url) || /^tg:\/\/resolve\?domain=([A-Za-z0-9_]+)(?:&start=([\w-]+))?$/.exec(url);
    if (!match || match[1] !== this.home.state.bot.username || this.group) return false;
    this.doing(() => act(this.id, "start", { payload: match[2] || "" }));
    return true;
  }

  // Scrolling

  // Made narrower by a chat beside it, the log is scrolled by the browser: nobody has left its end by that.
  scrolled() {
    if (this.size !== this.sized()) return;
    this.stuck = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    if (this.log.scrollTop < 200) this.loadOlder();
  }

  resized() {
    this.size = this.sized();
    if (this.stuck) this.toEnd();
  }

  sized() { return `${this.log.clientWidth} ${this.log.clientHeight}`; }
  toEnd() { this.log.scrollTop = this.log.scrollHeight; }
}
