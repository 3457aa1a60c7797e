// The page of a survey. Thousands of rows are data; elements are made for those in sight only.

const said = JSON.parse(document.getElementById("data-words").textContent);
const { uppers } = JSON.parse(document.getElementById("data-country").textContent);
const HEIGHT = 30;
const AROUND = 12;
const SHADES = [0, 0.2, 0.4, 0.6, 0.8, 1.0001];

const state = { upper: Object.keys(uppers)[0] || "", words: "", order: "rank" };
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function shown() {
  const held = uppers[state.upper];
  const wanted = state.words.trim().split(/\s+/).filter(Boolean);
  const found = held.plans.filter((plan) => wanted.every((word) => `${plan.place} ${plan.id} ${plan.year}`.includes(word)));
  if (state.order === "place") return found.sort((a, b) => a.place.localeCompare(b.place, "zh"));
  if (state.order === "rank") return found.sort((a, b) => a.rank - b.rank || a.place.localeCompare(b.place, "zh"));
  const part = held.parts.indexOf(state.order);
  const share = (plan) => (plan.parts[part] ? plan.parts[part][0] / plan.parts[part][1] : -1);
  return found.sort((a, b) => share(b) - share(a) || a.rank - b.rank);
}

function cell(part, name) {
  if (!part) return el("span", { class: "cell none", role: "cell" }, "–");
  const share = part[0] / part[1];
  const shade = share === 0 ? 0 : SHADES.findIndex((limit) => share < limit);
  const title = `${name}: ${put(said.carried, { carried: part[0], tasks: part[1] })}`;
  return el("span", { class: `cell h${Math.min(5, shade)}`, role: "cell", title }, String(Math.floor(share * 100 + 1e-9)));
}

function row(plan, parts, at, index) {
  const name = plan.page
    ? el("a", { href: plan.page, class: "zh", lang: "zh-Hans" }, plan.place)
    : el("button", { class: "plain", title: plan.id, onclick: () => tell(plan) }, words(plan.place));
  return el(
    "div",
    { class: "row", role: "row", "aria-rowindex": index + 2, vars: { top: `${at}px` } },
    el("span", { class: "num", role: "cell" }, String(plan.rank)),
    el("span", { role: "rowheader" }, name),
    el("span", { class: "num", role: "cell" }, plan.year === null ? "" : String(plan.year)),
    el(
      "span",
      { class: "rate", role: "cell", title: put(said.range, { low: percent(plan.low), high: percent(plan.high), of: plan.of }) },
      el("span", { class: "track", vars: { "--v": plan.rate, "--low": plan.low, "--high": plan.high } },
        el("span", { class: "fill" }), el("span", { class: "range" })),
      el("span", { class: "num" }, percent(plan.rate)),
    ),
    plan.parts.map((part, n) => cell(part, parts[n])),
  );
}

function tell(plan) {
  fill(how, el("p", {}, put(said.how, { place: plan.place }), " ",
    el("code", {}, `planlineage survey page DATASET --out country.html --place "${plan.id}"`)));
  how.hidden = false;
  announce(how.textContent);
}

const how = el("div", { class: "how", hidden: true });
const inner = el("div", { class: "inner" });
const head = el("div", { class: "row head", role: "row", "aria-rowindex": 1 });
const body = el("div", { role: "rowgroup" });
const rows = el("div", { class: "rows", role: "table", tabindex: "0", "aria-label": said.title }, inner);
const count = el("p", { class: "small", role: "status" });
const gaps = el("section", {});
let found = [];

function draw() {
  const parts = uppers[state.upper].parts;
  const top = head.offsetHeight;
  const first = Math.max(0, Math.floor((rows.scrollTop - top) / HEIGHT) - AROUND);
  const last = Math.min(found.length, Math.ceil((rows.scrollTop + rows.clientHeight) / HEIGHT) + AROUND);
  const made = [];
  for (let i = first; i < last; i += 1) made.push(row(found[i], parts, top + i * HEIGHT, i));
  fill(body, made);
}

function column(name, order, attributes) {
  const pressed = state.order === order;
  return el("span", { role: "columnheader", "aria-sort": pressed ? "descending" : "none", ...attributes },
    el("button", { class: "plain", "aria-pressed": String(pressed), onclick: () => { state.order = order; look(); } }, name));
}

function look() {
  const held = uppers[state.upper];
  found = shown();
  inner.style.setProperty("--parts", String(held.parts.length));
  fill(head, column(said.rank, "rank"), column(said.place, "place"), el("span", { role: "columnheader" }, said.year),
    el("span", { role: "columnheader" }, said.rate),
    held.parts.map((part) => column(clip(part, 16), part, { class: "part", title: part })));
  fill(inner, head, body);
  rows.setAttribute("aria-rowcount", String(found.length + 1));
  inner.style.height = `${head.offsetHeight + found.length * HEIGHT}px`;
  rows.scrollTop = 0;
  count.textContent = put(said.count, { shown: found.length, all: held.plans.length });
  fill(gaps, el("h2", {}, said.gaps), el("table", { class: "gaps" }, el("tbody", {}, (held.gaps || []).map(([lacking, plans, article, text]) =>
    el("tr", {}, el("td", { class: "num" }, `${lacking}/${plans}`), el("td", {}, words(article)), el("td", {}, words(text)))))));
  draw();
}

let waiting = false;
rows.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
});
window.addEventListener("resize", draw);

fill(document.getElementById("top"), el("div", { class: "bar" }, el("span", { class: "brand" }, said.title)));
const main = document.getElementById("main");
if (!state.upper) {
  fill(main, el("h1", {}, said.title), el("p", { class: "notice" }, said.nothing));
} else {
  const choose = el("select", { id: "upper", onchange: (event) => { state.upper = event.target.value; state.order = "rank"; look(); } },
    Object.entries(uppers).map(([id, upper]) => el("option", { value: id }, [upper.title, upper.year, `(${upper.plans.length})`].filter(Boolean).join(" "))));
  const search = el("input", { id: "search", type: "search", placeholder: said["search hint"],
    oninput: (event) => { state.words = event.target.value; look(); } });
  fill(main, el("h1", {}, said.heading), el("div", { class: "tools" }, el("label", {}, said.upper, choose), el("label", {}, said.search, search)),
    count, how, rows, el("p", { class: "note" }, said.note), gaps);
  look();
}
