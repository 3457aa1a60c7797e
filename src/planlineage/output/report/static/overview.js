// Several places beside each other: a table of their figures, and a map of article against place.

function overviewView() {
  const places = SUMMARY.locals.map((figures, number) => ({ ...figures, number, brief: BRIEF.get(figures.local) }));
  const open = (row, tail, text) => el("a", { href: hashOf(row.local, tail) }, text);
  const gaps = (row) => row.counts[STATUSES.indexOf("missing")] + row.counts[STATUSES.indexOf("thematic")];
  const number = (key, label, value, tail) => ({
    key, label, kind: "number", value, text: (r) => String(value(r)), cell: (r) => open(r, tail, String(value(r))),
  });
  const table = dataTable({
    name: "places",
    caption: t("places"),
    rows: places,
    order: { key: "rate", down: true },
    columns: [
      {
        key: "place", label: t("place"), head: true, kind: "wide", value: (r) => r.brief.place || r.local,
        text: (r) => `${r.brief.place} ${r.brief.title} ${r.local}`,
        cell: (r) => [open(r, "summary", words(r.brief.place || r.brief.title)),
          el("span", { class: "sub" }, words(r.brief.title))],
      },
      {
        key: "level", label: t("level"), value: (r) => r.brief.level, text: (r) => known(`level.${r.brief.level}`, "—"),
        cell: (r) => known(`level.${r.brief.level}`, "—"),
      },
      {
        key: "rate", label: t("rate"), kind: "rates", value: (r) => r.rate, text: (r) => percent(r.rate),
        cell: (r) => rateBar(r.rate, r.interval),
      },
      {
        key: "strict", label: t("strict rate"), kind: "number", value: (r) => r.strict_rate,
        text: (r) => percent(r.strict_rate), cell: (r) => percent(r.strict_rate),
      },
      number("gaps", t("gaps"), gaps, "coverage"),
      number("weaker", t("weaker"), (r) => r.weaker, "slippage"),
      number("past", t("due.past"), (r) => r.past, "deadlines"),
    ],
  });
  return [
    el("h1", {}, t("overview")),
    el("p", { class: "lead" }, t("overview lead", { count: places.length, day: SUMMARY.as_of })),
    table,
    el("h2", {}, t("map of places")),
    el("p", { class: "note" }, t("map of places note")),
    placeMap(places),
  ];
}

/** A rate as a bar with its interval, and in words. */
function rateBar(rate, interval) {
  return el("span", { class: "rate" },
    el("span", { class: "track", "aria-hidden": "true" },
      el("span", { class: "fill", vars: { "--v": rate } }),
      el("span", { class: "range", vars: { "--low": interval[0], "--high": interval[1] } })),
    el("span", { class: "figure" }, percent(rate)),
    el("span", { class: "sub" }, t("interval", { low: percent(interval[0]), high: percent(interval[1]) })));
}

function placeMap(places) {
  const shown = [...places].sort((a, b) => b.rate - a.rate);
  const rows = new Map();
  for (const place of shown) {
    place.done = new Map();
    for (const [plan, part, article, carried, applicable] of place.articles) {
      const key = `${plan}\n${part}\n${article}`;
      rows.set(key, [plan, part, article]);
      place.done.set(key, [carried, applicable]);
    }
  }
  const dense = shown.length > 8;
  const cell = (place, key) => {
    const [carried, applicable] = place.done.get(key) || [0, 0];
    if (!applicable) return el("td", { class: "heat empty" }, hidden(t("status.not_applicable")));
    const share = carried / applicable;
    const told = t("carried of", { carried, applicable });
    return el("td", { class: `heat h${Math.round(share * 5)}`, title: `${placeOf(place.brief)} · ${told}` },
      el("a", { href: hashOf(place.local, "coverage"), tabindex: dense ? "-1" : null },
        dense ? hidden(told) : percent(share), !dense && hidden(` ${told}`)));
  };
  let lastPart = "";
  const body = [...rows].map(([key, [plan, part, article]]) => {
    const heading = part !== lastPart && el("tr", { class: "part" },
      el("th", { colspan: shown.length + 1, scope: "colgroup" }, words(part)));
    lastPart = part;
    return [heading, el("tr", {},
      el("th", { scope: "row", title: BRIEF.get(plan).title }, words(article)), shown.map((p) => cell(p, key)))];
  });
  return el("div", { class: "scroll fit", tabindex: "0", role: "region", "aria-label": t("map of places") },
    el("table", { class: dense ? "map dense" : "map" },
      el("caption", { class: "hidden" }, t("map of places")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("article")),
        shown.map((p) => el("th", { scope: "col" },
          el("a", { href: hashOf(p.local, "summary") }, words(placeOf(p.brief))))))),
      el("tbody", {}, body)));
}
