// One local plan at a glance: its key figures with their intervals, and what to look at first.

function summaryView(pair) {
  const figures = SUMMARY.locals[pair.number];
  const gaps = pair.gaps.length;
  const dated = pair.gaps.filter((s) => s.due).length;
  const changed = pair.slippage.filter(isChange);
  return [
    el("h1", {}, words(pair.local.title)),
    el("p", { class: "facts" }, facts(pair.local)),
    el("p", { class: "lead" }, t("against"), " ", pair.uppers.map((u, i) => [i ? t("comma") : "", words(u.title),
      u.number && words(`（${u.number}）`)])),
    pair.remarks.map((remark) => el("p", { class: "notice" }, reason(remark))),
    el("section", { class: "figures", "aria-label": t("key figures") },
      figure(pair, "coverage", t("rate"), percent(pair.rate), pair.rate, pair.interval,
        t("rate note", { carried: Math.round(pair.rate * pair.applicable), applicable: pair.applicable })),
      figure(pair, "coverage", t("strict rate"), percent(pair.strict_rate), pair.strict_rate, pair.strict_interval,
        t("strict note")),
      figure(pair, "coverage", t("gaps"), String(gaps), null, null, t("gaps note", { count: dated })),
      figure(pair, "slippage", t("weaker"), String(figures.weaker), null, null,
        t("weaker note", { stronger: figures.stronger, all: changed.length })),
      figure(pair, "deadlines", t("due.past"), String(figures.past), null, null,
        t("past note", { dated: figures.dated, soon: figures.soon, day: SUMMARY.as_of }))),
    el("section", {}, el("h2", {}, t("by part")), partBars(pair), statusLegend()),
    el("div", { class: "two" },
      el("section", {}, el("h2", {}, t("first gaps")), gapList(pair, 6)),
      el("section", {}, el("h2", {}, t("first changes")), changeList(pair, 6))),
    el("details", { class: "method" }, el("summary", {}, t("how to read")),
      ["method coverage", "method interval", "method status", "method review"].map((key) => el("p", {}, t(key)))),
  ];
}

function facts(plan) {
  const period = plan.period ? [...new Set(plan.period)].join("–") : "";
  const found = [known(`level.${plan.level}`, ""), plan.place && words(plan.place), plan.issuer && words(plan.issuer),
    plan.number && words(plan.number), plan.issued, period,
    plan.status !== "unknown" && known(`state.${plan.status}`, plan.status), t("n tasks", { count: plan.tasks })];
  return found.filter(Boolean).map((fact) => el("span", {}, fact));
}

function figure(pair, tail, label, value, rate, interval, note) {
  return el("a", { class: "card", href: hashOf(pair.local.id, tail) },
    el("span", { class: "label" }, label), el("span", { class: "value" }, value),
    interval && el("span", { class: "track", "aria-hidden": "true" },
      el("span", { class: "fill", vars: { "--v": rate } }),
      el("span", { class: "range", vars: { "--low": interval[0], "--high": interval[1] } })),
    interval && el("span", { class: "sub" }, t("interval", { low: percent(interval[0]), high: percent(interval[1]) })),
    el("span", { class: "sub" }, note));
}

/** For each part of the upper plans a bar of what became of its tasks. */
function partBars(pair) {
  const parts = new Map();
  for (const row of pair.coverage) {
    const [plan, part] = pair.articles[row.article];
    const key = `${plan}\n${part}`;
    if (!parts.has(key)) parts.set(key, { plan, part, counts: Object.fromEntries(STATUSES.map((s) => [s, 0])) });
    parts.get(key).counts[row.status] += 1;
  }
  return el("table", { class: "parts" }, el("caption", { class: "hidden" }, t("by part")),
    el("thead", { class: "hidden" }, el("tr", {}, ["part", "tasks", "rate"].map((k) => el("th", { scope: "col" }, t(k))))),
    el("tbody", {}, [...parts.values()].map(({ part, counts }) => {
      const shown = STATUSES.filter((s) => counts[s]);
      const applicable = counts.covered + counts.partly + counts.thematic + counts.missing;
      return el("tr", {}, el("th", { scope: "row" }, words(part)),
        el("td", {}, el("span", { class: "stack", "aria-hidden": "true" },
          shown.map((s) => el("span", { class: `s-${s}`, vars: { "--n": counts[s] }, title: `${t(`status.${s}`)} ${counts[s]}` }))),
          hidden(shown.map((s) => `${t(`status.${s}`)} ${counts[s]}`).join(t("comma")))),
        el("td", { class: "number" }, applicable ? percent((counts.covered + counts.partly) / applicable) : "—"));
    })));
}

function gapList(pair, most) {
  if (!pair.gaps.length) return el("p", { class: "note" }, t("no gaps"));
  return [
    el("ul", { class: "list" }, pair.gaps.slice(0, most).map((s) => el("li", {},
      s.due && el("b", { class: "day" }, s.due.replace(/ \/ /g, ` ${t("or")} `), " "), words(clip(s.text, 160)), " ", link(s)))),
    pair.gaps.length > most && el("p", {}, el("a", { href: hashOf(pair.local.id, "coverage") }, t("all of them", { count: pair.gaps.length }))),
  ];
}

function changeList(pair, most) {
  const weight = (r) => ASPECTS.indexOf(r.aspect) + (r.effect === "weaker" ? 0 : 10);
  const found = pair.slippage.filter((r) => isChange(r) && r.local && r.upper).sort((a, b) => weight(a) - weight(b));
  if (!found.length) return el("p", { class: "note" }, t("no changes"));
  return [
    el("ul", { class: "list" }, found.slice(0, most).map((r) => el("li", {},
      el("b", {}, `${known(`aspect.${r.aspect}`, r.aspect)} · ${known(`slip.${r.change}`, r.change)} `), changeValues(r), " ", link(r.local)))),
    el("p", {}, el("a", { href: hashOf(pair.local.id, "slippage") }, t("all of them", { count: pair.slippage.filter(isChange).length }))),
  ];
}

function changeValues(row) {
  const moved = days(row.low, row.high);
  return el("span", { class: "change" }, words(readable(row.above)), el("span", { "aria-hidden": "true" }, " → "), hidden(t("became")),
    words(readable(row.below)), moved && moved !== "0" && el("span", { class: "sub" }, ` ${t("n days", { days: moved })}`));
}
