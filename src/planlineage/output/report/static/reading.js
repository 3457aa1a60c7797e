// The reading view: both plans side by side. A sentence under the pointer or the keyboard lights up what it is tied to.

const reading = { pair: null, panes: [], pinned: null, lit: [], upper: null };

function readingView(pair, target) {
  const wanted = target && target.plan !== pair.local.id ? target.plan : reading.upper;
  const upper = pair.uppers.find((u) => u.id === wanted) || pair.uppers[0];
  Object.assign(reading, { pair, pinned: null, lit: [], upper: upper.id });
  const panel = el("section", { class: "panel", "aria-label": t("side by side"), tabindex: "0" });
  reading.panel = panel;
  reading.panes = [pane(pair.local, pair, 0), pane(upper, pair, 1)];
  idlePanel();
  return [
    el("div", { class: "readhead" }, el("h1", {}, t("reading")), relationLegend(), el("p", { class: "keys" }, t("reading keys"))),
    el("div", { class: "panes" }, reading.panes.map((p) => p.box)),
    panel,
  ];
}

function relationLegend() {
  return el("p", { class: "legend" }, [...RELATIONS, "none"].map((r) =>
    el("span", { class: `s k-task r-${r}` }, t(r === "none" ? "no relation" : `relation.${r}`))));
}

function idlePanel() {
  fill(reading.panel, el("p", { class: "note" }, t("reading hint")), differenceLegend());
}

function pane(plan, pair, side) {
  const nodes = new Map();
  const status = new Map(side ? pair.coverage.filter((r) => r.upper.plan === plan.id).map((r) => [r.upper, r.status]) : []);
  const text = el("div", { class: "text", lang: "zh-Hans" }, paragraphs(plan, (statement) => {
    const node = sentence(statement, pair, status.get(statement));
    nodes.set(statement, node);
    return node;
  }));
  const order = plan.statements.filter((s) => nodes.has(s));
  if (order.length) nodes.get(order[0]).tabIndex = 0;
  const choice = side && pair.uppers.length > 1 && el("select", {
    "aria-label": t("upper plan"), onchange: (e) => { reading.upper = e.target.value; show(); },
  }, pair.uppers.map((u) => el("option", { value: u.id, selected: u === plan }, u.title)));
  const box = el("section", { class: "pane", "aria-label": `${t(side ? "upper side" : "local side")} ${plan.title}` },
    el("header", {}, el("span", { class: "sub" }, t(side ? "upper side" : "local side")), choice || el("h2", {}, words(plan.title))),
    text);
  const found = { plan, box, text, nodes, order, side };
  listen(found);
  return found;
}

/** The plan's text as headings and paragraphs, each sentence made by `make`. */
function paragraphs(plan, make) {
  const blocks = [];
  let last = null;
  for (const statement of plan.statements) {
    const clause = statement.clause;
    if (statement.kind === "noise") continue;
    if (statement.kind === "heading") {
      const depth = Math.min(3 + clause.depth, 6);
      blocks.push(el(`h${depth}`, {}, make(statement)));
      last = null;
    } else if (last && last.clause === clause) {
      add(last.node, [make(statement)]);
    } else {
      last = { clause, node: el("p", { class: `in-${clause.kind}` }, make(statement)) };
      blocks.push(last.node);
    }
  }
  return blocks;
}

function sentence(statement, pair, status) {
  const best = pair.links(statement)[0];
  const relation = best ? best.relation : "none";
  return el("a", {
    class: `s k-${statement.kind} r-${relation}${status === "not_applicable" ? " na" : ""}`, id: anchorOf(statement),
    href: `#${anchorOf(statement)}`, tabindex: "-1", draggable: "false",
  }, statement.text);
}

function listen(side) {
  const byNode = new Map([...side.nodes].map(([statement, node]) => [node, statement]));
  const at = (event) => { const node = event.target.closest("a.s"); return node && byNode.get(node); };
  let timer = 0;
  side.text.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const statement = at(event);
    clearTimeout(timer);
    timer = setTimeout(() => light(statement || reading.pinned), statement ? 50 : 250);
  });
  side.box.addEventListener("pointerleave", () => { clearTimeout(timer); timer = setTimeout(() => light(reading.pinned), 250); });
  side.text.addEventListener("click", (event) => {
    const statement = at(event);
    if (!statement || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (String(getSelection())) return;
    pin(statement);
  });
  side.text.addEventListener("focusin", (event) => {
    const statement = at(event);
    if (statement && event.target.matches(":focus-visible") && statement !== reading.pinned) pin(statement, false);
  });
  side.text.addEventListener("keydown", (event) => {
    const statement = at(event);
    if (statement && step(event.key, statement, side)) event.preventDefault();
  });
}

/** Up and down go from sentence to sentence; left and right go over to the tied one; Escape lets go. */
function step(key, statement, side) {
  const i = side.order.indexOf(statement);
  if (key === "ArrowDown" || key === "ArrowUp") {
    const next = side.order[i + (key === "ArrowDown" ? 1 : -1)];
    if (next) pin(next);
    return true;
  }
  if (key === (side.side ? "ArrowLeft" : "ArrowRight")) {
    const other = linked(statement)[0];
    if (other) pin(other);
    else announce(t("nothing tied"));
    return true;
  }
  if (key === "Escape") {
    reading.pinned = null;
    light(null);
    return true;
  }
  return false;
}

const nodeOf = (statement) => reading.panes.map((p) => p.nodes.get(statement)).find(Boolean);
const otherSide = (edge, statement) => (edge.local === statement ? edge.upper : edge.local);
const linked = (statement) => reading.pair.links(statement).map((e) => otherSide(e, statement)).filter(nodeOf);

/** Lights up a sentence and what it is tied to, with the differences; nothing where `statement` is null. */
function light(statement) {
  for (const [node, text] of reading.lit) {
    node.classList.remove("active", "lit", "second");
    node.replaceChildren(text);
  }
  reading.lit = [];
  if (!statement) { idlePanel(); return; }
  const edges = reading.pair.links(statement);
  const show_ = (one, edge, classes) => {
    const node = nodeOf(one);
    if (!node || reading.lit.some(([n]) => n === node)) return;
    reading.lit.push([node, one.text]);
    node.classList.add(...classes);
    if (edge) fill(node, marked(one.text, edge.pieces, one === edge.local ? 0 : 1));
  };
  show_(statement, edges[0], ["active"]);
  edges.forEach((edge, i) => show_(otherSide(edge, statement), edge, i ? ["lit", "second"] : ["lit"]));
  fillPanel(statement, edges);
}

function fillPanel(statement, edges) {
  const pair = reading.pair;
  const upper = statement.plan !== pair.local.id;
  const gap = upper && pair.gaps.includes(statement);
  fill(reading.panel,
    el("header", {}, el("h2", {}, words(statement.clause.label || statement.id)), link(statement),
      el("span", { class: "sub" }, known(`kind.${statement.kind}`, statement.kind)),
      statement.due && el("span", { class: "due" }, `${t("due")} ${statement.due.replace(/ \/ /g, ` ${t("or")} `)}`),
      differenceLegend()),
    edges.length ? edges.slice(0, 6).map((edge) => edgeCard(edge))
      : el("p", { class: "note" }, t(upper ? "no carrier" : "no source")),
    edges.length > 6 && el("p", { class: "sub" }, t("and more", { count: edges.length - 6 })),
    gap && gapForm(statement, pair));
}

/** Keeps a sentence lit, brings it and its counterpart into view, and puts it into the address. */
function pin(statement, focus = true) {
  const edges = reading.pair.links(statement);
  const best = edges[0] && otherSide(edges[0], statement);
  if (best && best.plan !== reading.pair.local.id && best.plan !== reading.upper && !linked(statement).length) {
    reading.upper = best.plan;
    show(statement);
    return;
  }
  const side = reading.panes.find((p) => p.nodes.has(statement));
  if (!side) return;
  reading.pinned = statement;
  light(statement);
  for (const node of side.box.querySelectorAll('a.s[tabindex="0"]')) node.tabIndex = -1;
  const node = side.nodes.get(statement);
  node.tabIndex = 0;
  if (focus && document.activeElement !== node) node.focus({ preventScroll: true });
  bring(side, node);
  const other = linked(statement)[0];
  if (other) bring(reading.panes[1 - side.side], nodeOf(other));
  address(`#${anchorOf(statement)}`);
  announce(edges.length ? t("tied to", {
    count: edges.length, relation: t(`relation.${edges[0].relation}`), confidence: sure(edges[0].confidence), text: clip(best.text, 80),
  }) : t("nothing tied"));
}

/** Scrolls a pane, and only it, so that a sentence stands in its middle; stays where it is well in view already. */
function bring(side, node) {
  const frame = side.text.getBoundingClientRect();
  const place = node.getBoundingClientRect();
  if (place.top >= frame.top + 20 && place.bottom <= frame.bottom - 20) return;
  const by = place.top - frame.top - Math.max(20, (frame.height - place.height) / 3);
  const near = Math.abs(by) < frame.height && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  side.text.scrollBy({ top: by, behavior: near ? "smooth" : "instant" });
}
