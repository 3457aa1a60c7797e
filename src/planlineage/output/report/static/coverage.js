// What of the upper plans was carried down: a map of every upper task, and the same as a table.

function coverageView(pair) {
  return [
    el("h1", {}, t("coverage")),
    el("p", { class: "lead" }, t("coverage lead", {
      carried: Math.round(pair.rate * pair.applicable), applicable: pair.applicable, rate: percent(pair.rate),
      low: percent(pair.interval[0]), high: percent(pair.interval[1]),
    })),
    el("h2", {}, t("coverage map")), el("p", { class: "note" }, t("coverage map note")), statusLegend(), taskMap(pair),
    el("h2", {}, t("upper tasks")), coverageTable(pair),
  ];
}

function statusLegend() {
  return el("p", { class: "legend" }, STATUSES.map((s) =>
    el("span", {}, el("span", { class: `cell s-${s}`, "aria-hidden": "true" }), t(`status.${s}`))));
}

/** Every upper task as a small square, article by article. */
function taskMap(pair) {
  const articles = pair.articles.map(([plan, part, article]) => ({ plan, part, article, rows: [] }));
  for (const row of pair.coverage) articles[row.article].rows.push(row);
  const parts = group2(articles, (a) => `${a.plan}\n${a.part}`);
  return el("div", { class: "taskmap" }, parts.map((list) => el("section", { class: "mappart" },
    el("h3", {}, words(list[0].part)),
    el("ul", {}, list.map((article) => {
      const applicable = article.rows.filter((r) => !["not_applicable", "justified"].includes(r.status));
      const carried = applicable.filter((r) => r.status === "covered" || r.status === "partly");
      return el("li", {},
        el("span", { class: "name" }, words(article.article)),
        el("span", { class: "cells" }, article.rows.map((row) => el("a", {
          class: `cell s-${row.status}`, href: `#${anchorOf(row.upper)}`, tabindex: "-1",
          title: `${t(`status.${row.status}`)} · ${clip(row.upper.text, 120)}`,
        }, hidden(`${t(`status.${row.status}`)} ${row.upper.id}`)))),
        el("span", { class: "number", title: t("carried of", { carried: carried.length, applicable: applicable.length }) },
          applicable.length ? `${carried.length}/${applicable.length}` : "—"));
    })))));
}

function group2(things, key) {
  const found = new Map();
  for (const thing of things) found.set(key(thing), [...(found.get(key(thing)) || []), thing]);
  return [...found.values()];
}

function coverageTable(pair) {
  const rows = pair.coverage;
  const parts = [...new Set(rows.map((r) => pair.articles[r.article][1]))];
  return dataTable({
    name: "coverage",
    caption: t("upper tasks"),
    rows,
    filters: [
      {
        key: "status", label: t("status"), options: [
          { value: "gap", label: t("gaps"), test: (r) => r.status === "missing" || r.status === "thematic" },
          ...choices(rows, "status", STATUSES, (s) => t(`status.${s}`)),
        ],
      },
      {
        key: "part", label: t("part"),
        options: parts.map((part) => ({ value: part, label: clip(part, 24), test: (r) => pair.articles[r.article][1] === part })),
      },
      { key: "dated", label: t("deadline"), options: [{ value: "yes", label: t("with deadline"), test: (r) => r.deadline !== "" }] },
    ],
    columns: [
      {
        key: "status", label: t("status"), value: (r) => STATUSES.indexOf(r.status), text: (r) => t(`status.${r.status}`),
        cell: (r) => el("span", { class: "status" }, el("span", { class: `cell s-${r.status}`, "aria-hidden": "true" }), t(`status.${r.status}`)),
      },
      {
        key: "article", kind: "values", label: t("article"), value: (r) => r.upper.index, text: (r) => pair.articles[r.article][2],
        cell: (r) => words(pair.articles[r.article][2]),
      },
      {
        key: "text", label: t("upper task"), kind: "wide", value: (r) => r.upper.text, text: (r) => statementText(r.upper),
        cell: (r) => [statementCell(r.upper), r.reason !== null && r.status === "not_applicable" && el("span", { class: "sub" }, reason(r.reason))],
      },
      { key: "deadline", label: t("deadline"), value: (r) => r.deadline, text: (r) => r.deadline, cell: (r) => r.deadline, kind: "day" },
      {
        key: "locals", label: t("carried by"), kind: "wide", value: (r) => (r.locals[0] ? r.locals[0].index : Infinity),
        text: (r) => r.locals.map(statementText).join(" "),
        cell: (r) => [r.locals.slice(0, 3).map((s) => el("span", { class: "line" }, words(clip(s.text, 110)), " ", link(s))),
          r.locals.length > 3 && el("span", { class: "sub" }, t("and more", { count: r.locals.length - 3 }))],
      },
      {
        key: "confidence", label: t("confidence"), kind: "number", value: (r) => r.confidence,
        text: (r) => (r.locals.length ? sure(r.confidence) : ""), cell: (r) => (r.locals.length ? sure(r.confidence) : ""),
      },
    ],
  });
}
