// The lower part of a chat: the field, files, the reply keyboard, the menu of commands.

import { act, h, iconButton, sizeOf, upload } from "./api.js";
import { words } from "./words.js";

export class Composer {
  // chat: {id, person(), thread(), failed(error), sent()}
  constructor(chat) {
    const w = words();
    this.chat = chat;
    this.files = [];
    this.about = null; // what is replied to or edited
    this.field = h("textarea", { rows: 1, placeholder: w.message, "aria-label": w.message, "data-testid": "composer",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onpaste: (event) => this.pasted(event) });
    this.input = h("input", { type: "file", multiple: true, hidden: true, "data-testid": "attach", "aria-label": w.attach,
      onchange: () => { this.attach([...this.input.files]); this.input.value = ""; } });
    this.menuButton = h("button", { type: "button", class: "menu-button", "data-testid": "menu", "aria-haspopup": "menu", onclick: () => this.toggleMenu() }, w.menu);
    this.keysButton = iconButton("keyboard", w.keyboard, { onclick: () => this.toggleKeys(), hidden: true, "data-testid": "keyboard" });
    this.context = h("div", { class: "context", hidden: true });
    this.strip = h("div", { class: "strip", hidden: true });
    this.menu = h("div", { class: "commands", role: "menu", hidden: true });
    this.keys = h("div", { class: "keys", hidden: true });
    const form = h("form", { class: "line", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.menuButton, iconButton("attach", w.attach, { onclick: () => this.input.click() }), this.input, this.field, this.keysButton,
      iconButton("send", w.send, { type: "submit", class: "icon-button send", "data-testid": "send" }));
    this.element = h("div", { class: "composer" }, this.menu, this.context, this.strip, form, this.keys);
    this.setCommands([]);
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") { this.menu.hidden = true; this.setContext(null); }
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
    const start = this.field.value;
    if (start.startsWith("/") && !/\s/.test(start)) this.showMenu(start.slice(1));
    else this.menu.hidden = true;
  }

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (files.length) { event.preventDefault(); this.attach(files); }
  }

  setContext(about) {
    this.about = about;
    this.context.hidden = !about;
    if (!about) return this.context.replaceChildren();
    const w = words();
    this.context.replaceChildren(h("span", { class: "context-kind" }, about.edit ? w.edit : w.reply), h("span", { class: "context-text" }, about.text),
      iconButton("close", w.cancel, { onclick: () => this.setContext(null) }));
    if (about.edit) { this.field.value = about.text; this.typed(); }
    this.field.focus();
  }

  attach(files) {
    this.files.push(...files.map((file) => ({ file, photo: /^image\/(png|jpeg)$/.test(file.type) })));
    this.showFiles();
    this.field.focus();
  }

  showFiles() {
    const w = words();
    this.strip.hidden = !this.files.length;
    const images = this.files.filter((one) => /^image\/(png|jpeg)$/.test(one.file.type));
    const box = h("input", { type: "checkbox", onchange: (event) => { images.forEach((one) => { one.photo = event.target.checked; }); } });
    box.checked = images.every((one) => one.photo);
    this.strip.replaceChildren(
      ...this.files.map((one) => h("span", { class: "chip" }, h("span", { class: "chip-name" }, one.file.name), h("small", {}, sizeOf(one.file.size)),
        iconButton("close", `${w.remove}: ${one.file.name}`, { onclick: () => { this.files = this.files.filter((other) => other !== one); this.showFiles(); } }))),
      images.length ? h("label", { class: "as-photo" }, box, w.asPhoto) : "");
  }

  async send() {
    const text = this.field.value.trim();
    const { files, about } = this;
    if (!text && !files.length) return;
    this.field.value = "";
    this.files = [];
    this.setContext(null);
    this.typed();
    this.showFiles();
    await this.chat.doing(async () => {
      if (files.length) await this.sendFiles(files, text);
      else if (about?.edit) await act(this.chat.id, "edit", { ...this.who(), message_id: about.id, text });
      else await act(this.chat.id, "say", { ...this.who(), text, reply_to: about?.id });
    });
  }

  async sendFiles(files, caption) {
    const form = new FormData();
    for (const [name, value] of Object.entries(this.who())) if (value) form.append(name, value);
    form.append("caption", caption);
    if (files.every((one) => one.photo)) form.append("as", "photo");
    for (const one of files) form.append("files", one.file, one.file.name);
    await upload(this.chat.id, form);
  }

  who() {
    return { person: this.chat.person(), thread: this.chat.thread() };
  }

  say(text) {
    this.menu.hidden = true;
    return this.chat.doing(() => act(this.chat.id, "say", { ...this.who(), text }));
  }

  setCommands(commands) {
    this.commands = commands;
    this.menuButton.hidden = !commands.length;
    if (!commands.length) this.menu.hidden = true;
  }

  toggleMenu() {
    if (this.menu.hidden) this.showMenu("");
    else this.menu.hidden = true;
  }

  showMenu(start) {
    const fitting = this.commands.filter((one) => one.command.startsWith(start));
    this.menu.hidden = !fitting.length;
    this.menu.replaceChildren(...fitting.map((one) =>
      h("button", { type: "button", role: "menuitem", "data-testid": "command", onclick: () => { this.field.value = ""; this.typed(); this.say(`/${one.command}`); } },
        h("b", {}, `/${one.command}`), h("span", {}, one.description))));
  }

  setKeyboard(rows, about = {}) {
    this.keysButton.hidden = !rows;
    this.field.placeholder = (rows && about.input_field_placeholder) || words().message;
    this.keys.hidden = !rows || Boolean(about.hidden);
    this.keys.replaceChildren(...(rows || []).map((row) => h("div", { class: "row" }, row.map((button) =>
      h("button", { type: "button", class: "reply-button", "data-testid": "reply-button",
        onclick: () => this.chat.doing(() => act(this.chat.id, "keyboard", { ...this.who(), label: button.text })) },
      button.request_contact ? "📱 " : button.request_location ? "📍 " : "", button.text)))));
  }

  toggleKeys() {
    this.keys.hidden = !this.keys.hidden;
    this.chat.resized();
  }
}
