// Two wordings beside each other: what is the same, what was changed, what came, what went.

const TAGS = { same: "span", changed: "mark", added: "ins", dropped: "del" };

/** The text of one side of an edge with its differences marked; `side` is 0 for the local text, 1 for the upper one. */
function marked(text, pieces, side) {
  const chars = characters(text);
  const kinds = new Array(chars.length).fill("");
  const digit = (i) => /[0-9.%]/.test(chars[i] || "");
  const runs = [];
  for (let i = 0; i < pieces.length; i += 5) {
    const start = pieces[i + 1 + side * 2];
    if (start >= 0) runs.push([start, pieces[i + 2 + side * 2], SUMMARY.differences[pieces[i]]]);
  }
  for (const [start, end, difference] of runs) if (difference === "same") kinds.fill(difference, start, end);
  for (let [start, end, difference] of runs) {
    if (difference === "same") continue;
    while (digit(start) && digit(start - 1)) start -= 1; // a number changes as a whole: 2024, not the 4 in it
    while (digit(end - 1) && digit(end)) end += 1;
    kinds.fill(difference, start, end);
  }
  const nodes = [];
  for (let at = 0; at < chars.length;) {
    let end = at + 1;
    while (end < chars.length && kinds[end] === kinds[at]) end += 1;
    const said = piece(chars, at, end);
    nodes.push(kinds[at] ? el(TAGS[kinds[at]], { class: `d-${kinds[at]}` }, said) : said);
    at = end;
  }
  return nodes;
}

/** How sure an edge is, as a small bar with its number. */
function confidence(value) {
  return el("span", { class: "confidence", title: t("confidence note") },
    el("span", { class: "meter", "aria-hidden": "true", vars: { "--v": value } }),
    hidden(`${t("confidence")} `), sure(value));
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
function edgeCard(edge) {
  return el("article", { class: "pair" },
    el("header", {}, badge(edge.relation), confidence(edge.confidence), decisionButtons(edge)),
    el("div", { class: "sides" },
      sideOf(edge.local, edge, 0, t("local side")), sideOf(edge.upper, edge, 1, t("upper side"))));
}

function differenceLegend() {
  const one = (name) => el("span", {}, el(TAGS[name], { class: `d-${name}` }, t(`difference.${name}`)));
  return el("p", { class: "legend" }, ["same", "changed", "added", "dropped"].map(one));
}
