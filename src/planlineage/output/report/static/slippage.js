// What became of every commitment on its way down.

const ASPECTS = ["deadline", "target", "recurrence", "strength", "addressee"];
const CHANGES = ["later", "earlier", "raised", "lowered", "weakened", "strengthened", "mixed", "readdressed", "dropped",
  "added", "lapsed", "uncertain", "kept", "not_comparable"];

function slippageView(pair) {
  const rows = pair.slippage;
  return [
    el("h1", {}, t("slippage")),
    el("p", { class: "lead" }, t("slippage lead")),
    slippageCounts(rows),
    dataTable({
      name: "slippage",
      caption: t("slippage"),
      rows,
      order: { key: "aspect", down: false },
      filters: [
        {
          key: "change", label: t("change"), start: rows.some(isChange) ? "changed" : "", options: [
            { value: "changed", label: t("changed"), test: isChange },
            ...choices(rows, "change", CHANGES, (c) => known(`slip.${c}`, c)),
          ],
        },
        { key: "aspect", label: t("aspect"), options: choices(rows, "aspect", ASPECTS, (a) => known(`aspect.${a}`, a)) },
        { key: "effect", label: t("effect"), options: choices(rows, "effect", ["weaker", "stronger", "mixed", "same"], (e) => known(`effect.${e}`, e)) },
        { key: "comparable", label: t("comparable"), options: choices(rows, "comparable", ["yes", "partly", "no"], (c) => t(`comparable.${c}`)) },
      ],
      columns: [
        { key: "aspect", label: t("aspect"), value: (r) => ASPECTS.indexOf(r.aspect), text: (r) => known(`aspect.${r.aspect}`, r.aspect), cell: (r) => known(`aspect.${r.aspect}`, r.aspect) },
        {
          key: "change", label: t("change"), kind: "told", value: (r) => CHANGES.indexOf(r.change), text: (r) => known(`slip.${r.change}`, r.change),
          cell: (r) => [el("span", { class: `effect e-${r.effect || "none"}` }, known(`slip.${r.change}`, r.change)),
            el("span", { class: "small said" }, inLanguage(r.said)), el("span", { class: "sub" }, reason(r.reason))],
        },
        { key: "above", kind: "values", label: t("upper value"), value: (r) => r.above, text: (r) => readable(r.above), cell: (r) => words(clip(readable(r.above), 80)) },
        { key: "below", kind: "values", label: t("local value"), value: (r) => r.below, text: (r) => readable(r.below), cell: (r) => words(clip(readable(r.below), 80)) },
        { key: "days", label: t("days"), kind: "number", value: (r) => (r.high === null ? "" : r.high), text: (r) => days(r.low, r.high), cell: (r) => days(r.low, r.high) },
        { key: "local", label: t("local statement"), kind: "wide", value: (r) => (r.local ? r.local.index : Infinity), text: (r) => statementText(r.local), cell: (r) => statementCell(r.local, t("none below")) },
        { key: "upper", label: t("upper statement"), kind: "wide", value: (r) => (r.upper ? r.upper.index : Infinity), text: (r) => statementText(r.upper), cell: (r) => statementCell(r.upper, t("none above")) },
        { key: "said", label: t("sentence"), text: (r) => inLanguage(r.said) },
        { key: "reason", label: t("reason"), text: (r) => reason(r.reason) },
      ],
    }),
  ];
}

/** How many commitments of each aspect bind less, the same, or more. */
function slippageCounts(rows) {
  const counted = rows.filter((r) => r.comparable !== "no" && r.change !== "not_comparable");
  const effects = ["weaker", "mixed", "same", "stronger"];
  const aspects = ASPECTS.filter((a) => counted.some((r) => r.aspect === a));
  return el("table", { class: "parts effects" }, el("caption", { class: "hidden" }, t("effects")),
    el("thead", { class: "hidden" }, el("tr", {}, ["aspect", "effect", "changed"].map((k) => el("th", { scope: "col" }, t(k))))),
    el("tbody", {}, aspects.map((aspect) => {
      const of = counted.filter((r) => r.aspect === aspect);
      const shown = effects.map((e) => [e, of.filter((r) => r.effect === e).length]).filter(([, n]) => n);
      return el("tr", {}, el("th", { scope: "row" }, known(`aspect.${aspect}`, aspect)),
        el("td", {}, el("span", { class: "stack", "aria-hidden": "true" },
          shown.map(([e, n]) => el("span", { class: `e-${e}`, vars: { "--n": n }, title: `${t(`effect.${e}`)} ${n}` }))),
          el("span", { class: "sub" }, shown.map(([e, n]) => `${t(`effect.${e}`)} ${n}`).join(t("comma")))),
        el("td", { class: "number" }, t("n changed", { count: of.filter(isChange).length })));
    })));
}
