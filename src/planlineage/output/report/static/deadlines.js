// What is due when, how it stands on the day of the report, and the upper plan's date beside it.

const STANDINGS = ["past", "perhaps past", "due soon", "ahead", "no day known"];
const ORIGINS = ["own", "clause", "catch-all", "period"];

function deadlinesView(pair) {
  const rows = pair.deadlines;
  const stated = (r) => r.origin === "own" || r.origin === "clause";
  const units = [...new Set(rows.flatMap((r) => r.lead.split("、")).filter(Boolean))];
  return [
    el("h1", {}, t("deadlines")),
    el("p", { class: "lead" }, t("deadlines lead", { day: SUMMARY.as_of })),
    dataTable({
      name: "deadlines",
      caption: t("deadlines"),
      rows,
      order: { key: "due", down: false },
      filters: [
        {
          key: "origin", label: t("origin"), start: rows.some(stated) ? "stated" : "", options: [
            { value: "stated", label: t("stated"), test: stated },
            ...choices(rows, "origin", ORIGINS, (o) => t(`origin.${o}`)),
          ],
        },
        { key: "status", label: t("standing"), options: choices(rows, "status", STANDINGS, (s) => t(`due.${s}`)) },
        ...(units.length ? [{
          key: "lead", label: t("lead"),
          options: units.map((u) => ({ value: u, label: clip(u, 20), test: (r) => r.lead.split("、").includes(u) })),
        }] : []),
      ],
      columns: [
        { key: "number", label: t("number"), kind: "number", value: (r) => r.number, text: (r) => String(r.number), cell: (r) => String(r.number) },
        { key: "item", label: t("item"), value: (r) => r.local.index, text: (r) => r.item, cell: (r) => words(clip(r.item, 60)) },
        { key: "content", label: t("content"), kind: "wide", value: (r) => r.local.text, text: (r) => statementText(r.local), cell: (r) => statementCell(r.local) },
        ...(units.length ? [{
          key: "lead", label: t("lead"), value: (r) => r.lead, text: (r) => `${r.lead} ${r.support}`,
          cell: (r) => [words(r.lead), r.support && el("span", { class: "sub" }, t("support"), " ", words(r.support))],
        }] : []),
        {
          key: "due", label: t("due"), kind: "day", value: (r) => r.due, text: (r) => r.due,
          cell: (r) => [r.due.split(" / ").map((d, i) => el("span", { class: "line" }, i ? `${t("or")} ` : "", d)),
            r.said && el("span", { class: "sub" }, words(r.said), stated(r) ? "" : `（${t(`origin.${r.origin}`)}）`)],
        },
        {
          key: "status", label: t("standing"), value: (r) => STANDINGS.indexOf(r.status), text: (r) => t(`due.${r.status}`),
          cell: (r) => el("span", { class: `standing is-${r.status.replace(/ /g, "-")}` }, t(`due.${r.status}`)),
        },
        {
          key: "upper", label: t("upper due"), kind: "day", value: (r) => r.upperDue, text: (r) => r.upperDue,
          cell: (r) => [r.upperDue.split(/ \/ |; /).map((d, i) => el("span", { class: "line" }, i ? `${t("or")} ` : "", d)), r.upper && link(r.upper)],
        },
        {
          key: "slip", label: t("slip"), kind: "number", value: (r) => (r.slip === "" ? "" : parseInt(r.slip, 10)),
          text: (r) => r.slip, cell: (r) => [r.slip, r.remark && el("span", { class: "sub" }, reason(r.remark))],
        },
      ],
    }),
  ];
}
