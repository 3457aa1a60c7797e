// Elements are made here and nowhere else. Text becomes text nodes: nothing that stands in a plan is ever read as markup.

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "vars") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

function fill(node, ...children) {
  node.replaceChildren();
  add(node, children);
}

const hidden = (text) => el("span", { class: "hidden" }, text);

/** Words of a plan: marked as Chinese for screen readers, and kept apart from the direction of what stands around them. */
const words = (text, attributes) => el("span", { class: "zh", lang: "zh-Hans", ...attributes }, text);

const clip = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

/** Each character of a text as Python counts them: offsets in the data are in whole characters. */
const characters = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);

function piece(chars, start, end) {
  return typeof chars === "string" ? chars.slice(start, end) : chars.slice(start, end).join("");
}

/** A confidence with two digits; never 1, which nothing inferred can be. */
const sure = (value) => (value > 0.995 ? "> 0.99" : value.toFixed(2));

const percent = (share) => `${Math.floor(share * 100 + 1e-9)}%`;

/** Says something to screen readers without showing it. */
function announce(text) {
  document.getElementById("live").textContent = text;
}

/** Offers text as a file. No server has a part in it. */
function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name, class: "hidden" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** What the browser remembers between visits, where it may remember anything at all. */
const memory = {
  get(key) {
    try { return localStorage.getItem(`planlineage.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`planlineage.${key}`, value); } catch { /* a browser that forgets still works */ }
  },
};
