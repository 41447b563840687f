// Talking with the sandbox, and small tools for building the page.

export async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`/sandbox/${path}`, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export const act = (chat, name, body = {}) => ask(`chats/${chat}/${name}`, body);

export async function upload(chat, form) {
  const answer = await fetch(`/sandbox/chats/${chat}/upload`, { method: "POST", body: form });
  if (!answer.ok) throw new Error(await answer.text());
}

export const clearFaults = () => fetch("/sandbox/faults", { method: "DELETE" });

// h("button", {class: "x", onclick: f}, "text", child): an element, text never read as HTML.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const ICONS = {
  send: "M3 11.5 21 3l-5.500 18-4-7.500zM11.500 13.500 21 3",
  attach: "m20 11-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700L9.300 17a1.700 1.700 0 0 1-2.400-2.400L14.500 7",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  beside: "M4 5h16v14H4zM13 5v14",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8",
  menu: "M4 7h16M4 12h16M4 17h16",
  reply: "M9 6l-5 5 5 5M4 11h10a6 6 0 0 1 6 6v1",
  edit: "M4 20h4L19 9l-4-4L4 16z",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  out: "M7 17 17 7M9 7h8v8",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const iconButton = (name, label, attributes) =>
  h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes }, icon(name));

const HUES = [168, 212, 262, 28, 338, 140, 196];
export function avatar(about) {
  const name = about.title || [about.first_name, about.last_name].filter(Boolean).join(" ");
  const letters = name.split(/\s+/).map((part) => part[0]).slice(0, 2).join("").toUpperCase();
  const hue = HUES[Math.abs(about.id) % HUES.length];
  return h("span", { class: "avatar", style: `--hue:${hue}`, "aria-hidden": "true" }, letters);
}

export const nameOf = (about) => about.title || [about.first_name, about.last_name].filter(Boolean).join(" ");

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Almaty" });
const DAY = new Intl.DateTimeFormat("sv", { timeZone: "Asia/Almaty" });
export const clock = (seconds) => CLOCK.format(new Date(seconds * 1000));
export const dayKey = (seconds) => DAY.format(new Date(seconds * 1000));
export const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
