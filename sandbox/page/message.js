// One message: its bubble with text, files and buttons.

import { clock, h, icon, iconButton, nameOf, sizeOf } from "./api.js";
import { words } from "./words.js";

const PHOTO = 330; // the longest side shown

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};

// Entities may stand inside each other; offsets are UTF-16 units, as JavaScript counts.
export function formatted(text, entities, on) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, 0, text.length, sorted, on);
}

function part(text, from, to, entities, on) {
  const nodes = [];
  let at = from;
  while (entities.length) {
    const [entity, ...rest] = entities;
    const end = Math.min(entity.offset + entity.length, to);
    const inner = rest.filter((other) => other.offset < end);
    entities = rest.filter((other) => other.offset >= end);
    if (entity.offset > at) nodes.push(between(text.slice(at, entity.offset), nodes.at(-1)));
    const children = part(text, Math.max(entity.offset, at), end, inner, on);
    nodes.push(wrapped(entity, text.slice(entity.offset, end), children, on));
    at = Math.max(at, end);
  }
  if (at < to) nodes.push(between(text.slice(at, to), nodes.at(-1)));
  return nodes;
}

// A block ends its line by itself: the line break after it is not shown a second time.
const between = (text, before) => (/^(PRE|BLOCKQUOTE)$/.test(before?.tagName) ? text.replace(/^\n/, "") : text);

function wrapped(entity, text, children, on) {
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url || text, children, on);
  if (entity.type === "email") return h("a", { href: `mailto:${text}` }, children);
  if (entity.type === "bot_command") return h("button", { type: "button", class: "command", onclick: () => on.say(text) }, children);
  const tag = TAGS[entity.type];
  return tag ? h(tag, { class: entity.type }, children) : h("span", {}, children);
}

export function link(url, children, on, attributes = {}) {
  const click = (event) => { if (on.opens(url)) event.preventDefault(); };
  const safe = /^(https?|tg|mailto|tel):/i.test(url) ? url : `http://${url}`;
  return h("a", { href: safe, target: "_blank", rel: "noopener noreferrer", onclick: click, ...attributes }, children);
}

const address = (file) => `/sandbox/files/${encodeURIComponent(file.file_id)}`;

function media(data) {
  const w = words();
  if (data.photo) {
    // Its place is kept before it is loaded, or the chat would jump.
    const best = data.photo.at(-1);
    const share = Math.min(1, PHOTO / best.width, PHOTO / best.height);
    const [width, height] = [Math.max(120, Math.round(best.width * share)), Math.max(60, Math.round(best.height * share))];
    return h("a", { class: "photo", href: address(best), target: "_blank" },
      h("img", { src: address(best), alt: data.caption || w.photo, style: `width:${width}px;aspect-ratio:${width}/${height}` }));
  }
  const file = data.document || data.audio || data.animation || data.video;
  if (file) {
    const name = file.file_name || w.video;
    return h("a", { class: "file", href: address(file), download: name, "data-testid": "document" },
      h("span", { class: "file-icon" }, icon("file")), h("span", {}, h("span", { class: "file-name" }, name), h("small", {}, sizeOf(file.file_size))));
  }
  if (data.contact) {
    return h("div", { class: "card" }, "👤 ", h("b", {}, nameOf(data.contact)), h("small", {}, data.contact.phone_number));
  }
  if (data.location) return h("div", { class: "card" }, `📍 ${w.place}`, h("small", {}, `${data.location.latitude}, ${data.location.longitude}`));
  if (data.poll) return h("div", { class: "card" }, `📊 ${data.poll.question}`, ...data.poll.options.map((one) => h("small", {}, `○ ${one.text}`)));
  if (data.voice) return h("div", { class: "card" }, `🎤 ${w.voiceMessage}`);
  if (data.video_note) return h("div", { class: "card" }, `⏺ ${w.videoNote}`);
  if (data.sticker) return h("div", { class: "sticker" }, data.sticker.emoji || "🙂");
  return null;
}

export function summary(data) {
  const w = words();
  if (!data) return "";
  if (data.text || data.caption) return data.text || data.caption;
  if (data.photo) return w.photo;
  if (data.document) return data.document.file_name;
  if (data.contact) return data.contact.phone_number;
  const kinds = { location: w.place, poll: w.pollMessage, voice: w.voiceMessage, video_note: w.videoNote, sticker: data.sticker?.emoji, video: w.video };
  for (const [kind, label] of Object.entries(kinds)) if (data[kind]) return label;
  return serviceText(data) || "";
}

function serviceText(data) {
  const w = words();
  if (data.pinned_message) return `${nameOf(data.from)} ${w.pin}`;
  if (data.new_chat_members) return w.joined;
  if (data.left_chat_member) return w.left;
  if (data.forum_topic_created) return `${w.topic} «${data.forum_topic_created.name}»`;
  return null;
}

function forwardedFrom(origin) {
  const name = origin.sender_user ? nameOf(origin.sender_user) : origin.sender_user_name;
  return h("div", { class: "forwarded" }, `${words().forwarded} ${name}`);
}

function quote(data, on) {
  return h("button", { type: "button", class: "quote", onclick: () => on.goTo(data.message_id) },
    h("b", {}, nameOf(data.from)), h("span", {}, summary(data)));
}

function buttons(data, on) {
  const rows = data.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "inline" }, rows.map((row) => h("div", { class: "row" }, row.map((button) => inlineButton(data, button, on)))));
}

function inlineButton(data, button, on) {
  const look = { class: `inline-button${button.style ? ` ${button.style}` : ""}`, "data-testid": "inline-button" };
  if (button.url) return link(button.url, [button.text, h("span", { class: "corner" }, icon("out"))], on, look);
  const copy = button.copy_text;
  const press = copy ? () => on.copies(copy.text) : (event) => on.presses(event.currentTarget, data.message_id, button.callback_data);
  return h("button", { type: "button", ...look, "data-callback": button.callback_data, onclick: press },
    button.text, copy ? h("span", { class: "corner" }, icon("copy")) : null);
}

export const reactionView = (emoji) => h("span", { class: "reaction" }, emoji);

// The element of a message. `me`: the id of the person who looks; on: what the chat does on clicks.
export function messageView(data, me, on) {
  const w = words();
  const service = serviceText(data);
  const base = { "data-testid": "message", "data-message-id": data.message_id, "data-date": data.date };
  if (service) return h("div", { class: "message service", "data-from": "service", ...base }, h("span", {}, service));
  const mine = data.from.id === me;
  const text = data.text ?? data.caption;
  const name = !mine && on.group ? h("div", { class: "author" }, nameOf(data.from)) : null;
  const body = text === undefined ? null : h("div", { class: "text" }, formatted(text, data.entities || data.caption_entities, on));
  const meta = h("span", { class: "meta" }, data.edit_date ? h("span", { class: "edited" }, `${w.edited} `) : null, clock(data.date));
  const tools = h("span", { class: "tools" },
    iconButton("reply", w.reply, { onclick: () => on.replies(data) }),
    mine && text !== undefined && !data.forward_origin ? iconButton("edit", w.edit, { onclick: () => on.edits(data) }) : null);
  const bubble = h("div", { class: `bubble${data.photo ? " with-photo" : ""}` }, name,
    data.forward_origin ? forwardedFrom(data.forward_origin) : null,
    data.reply_to_message ? quote(data.reply_to_message, on) : null,
    media(data), body, data.reaction ? reactionView(data.reaction) : null, meta, tools);
  const from = data.from.is_bot ? "bot" : mine ? "me" : "other";
  return h("article", { class: `message ${mine ? "mine" : "theirs"}${data.media_group_id ? " of-album" : ""}`, "data-from": from, ...base },
    bubble, buttons(data, on));
}
