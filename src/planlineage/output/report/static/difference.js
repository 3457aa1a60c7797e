// Two wordings beside each other: what is the same, what was changed, what came, what went.

const TAGS = { same: "span", changed: "mark", added: "ins", dropped: "del" };

/** The text of one side of an edge with its differences marked; `side` is 0 for the local text, 1 for the upper one. */
function marked(text, pieces, side) {
  const chars = characters(text);
  const marks = [];
  for (let i = 0; i < pieces.length; i += 5) {
    const start = pieces[i + 1 + side * 2];
    if (start >= 0) marks.push([start, pieces[i + 2 + side * 2], SUMMARY.differences[pieces[i]]]);
  }
  marks.sort((a, b) => a[0] - b[0]);
  const nodes = [];
  let at = 0;
  for (const [start, end, difference] of marks) {
    if (start < at) continue;
    if (start > at) nodes.push(piece(chars, at, start));
    nodes.push(el(TAGS[difference], { class: `d-${difference}` }, piece(chars, start, end)));
    at = end;
  }
  if (at < chars.length) nodes.push(piece(chars, at, chars.length));
  return nodes;
}

/** How sure an edge is, as a small bar with its number. */
function confidence(value) {
  return el("span", { class: "confidence", title: t("confidence note") },
    el("span", { class: "meter", "aria-hidden": "true", vars: { "--v": value } }),
    hidden(`${t("confidence")} `), value.toFixed(2));
}

const badge = (relation) => el("span", { class: `badge r-${relation}` }, t(`relation.${relation}`));

function sideOf(statement, edge, side, heading) {
  const plan = BRIEF.get(statement.plan);
  return el("div", { class: "side" },
    el("p", { class: "from" }, heading, " ",
      words(plan.title, { class: "zh plan" }), " · ", words(statement.clause.label), " · ", link(statement)),
    el("p", { class: "wording zh", lang: "zh-Hans" }, marked(statement.text, edge.pieces, side)),
    statement.due && el("p", { class: "due" }, `${t("due")} `, el("b", {}, statement.due.replace(/ \/ /g, ` ${t("or")} `))));
}

/** An edge as a card: both texts with their differences, the relation, the confidence, and the reviewer's buttons. */
function edgeCard(edge, pair) {
  return el("article", { class: "pair" },
    el("header", {}, badge(edge.relation), confidence(edge.confidence), decisionButtons(edge, pair)),
    el("div", { class: "sides" },
      sideOf(edge.local, edge, 0, t("local side")), sideOf(edge.upper, edge, 1, t("upper side"))));
}

function differenceLegend() {
  const one = (name) => el("span", {}, el(TAGS[name], { class: `d-${name}` }, t(`difference.${name}`)));
  return el("p", { class: "legend" }, ["same", "changed", "added", "dropped"].map(one));
}
