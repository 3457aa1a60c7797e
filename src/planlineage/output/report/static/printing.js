// The whole report on one plan in one run, for paper.

function printingView(pair) {
  const rows = (head, body) => el("table", { class: "data" },
    el("thead", {}, el("tr", {}, head.map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", {}, body.map((cells) => el("tr", {}, cells.map((c) => el("td", {}, c))))));
  const stated = pair.deadlines.filter((r) => r.origin === "own" || r.origin === "clause");
  const told = pair.deadlines.some((r) => r.progress.length);
  const plain = (s) => (s ? [words(clip(s.text, 2000)), " ", el("span", { class: "id" }, s.clause.label)] : "—");
  const inLines = (dates) => dates.map((d) => el("span", { class: "line day" }, d));
  const tasks = pair.local.statements.filter((s) => s.kind === "task" || s.kind === "goal");
  return [
    el("p", { class: "screen-only" }, el("button", { type: "button", onclick: () => print() }, t("print")), " ", t("print note")),
    summaryView(pair),
    el("h2", {}, `${t("gaps")}（${pair.gaps.length}）`),
    rows([t("article"), t("upper task"), t("deadline")], pair.gaps.map((s) => [words(s.clause.label), plain(s), s.due])),
    el("h2", {}, t("deadlines")),
    rows([t("due"), t("content"), t(told ? "by ledger" : "standing"), t("upper due"), t("slip")],
      stated.map((r) => [inLines(r.due), plain(r.local), told ? r.progress.map(stands).join("; ") : t(`due.${r.status}`),
        inLines(r.upperDue.flat()), slip(r)])),
    el("h2", {}, t("slippage")),
    rows([t("aspect"), t("change"), t("upper value"), t("local value"), t("days"), t("local statement")],
      pair.slippage.filter(isChange).map((r) => [known(`aspect.${r.aspect}`, r.aspect), known(`slip.${r.change}`, r.change),
        words(readable(r.above)), words(readable(r.below)), days(r.low, r.high), plain(r.local || r.upper)])),
    pair.followed.map((told) => [
      el("h2", {}, `${t("promises")} · ${told.report}`),
      rows([t("promise"), t("verdict"), t("evidence")],
        told.rows.map((r) => [words(clip(r.said, 2000)), t(`verdict.${r.settled}`), r.evidence.map((e) => el("p", {}, words(clip(e, 2000))))])),
    ]),
    el("h2", {}, t("side by side")), differenceLegend(),
    rows([t("local statement"), t("upper statement"), t("relation")], tasks.map((s) => {
      const edges = pair.sources(s).filter((e) => e.relation !== "thematic").slice(0, 3);
      return edges.length
        ? [[words(marked(s.text, edges[0].pieces, 0)), " ", el("span", { class: "id" }, s.clause.label)],
          edges.map((e) => el("p", {}, words(marked(e.upper.text, e.pieces, 1)), " ", el("span", { class: "id" }, e.upper.clause.label))),
          edges.map((e) => el("p", {}, `${t(`relation.${e.relation}`)} ${sure(e.confidence)}`))]
        : [plain(s), t("no source"), "—"];
    })),
  ];
}
