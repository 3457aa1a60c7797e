// What is due when, how it stands on the day of the report, and the upper plan's date beside it.

const STANDINGS = ["past", "perhaps_past", "due_soon", "ahead", "no_day_known"];
const ORIGINS = ["own", "clause", "catch_all", "period", "none"];

function deadlinesView(pair) {
  const rows = pair.deadlines;
  const stated = (r) => r.origin === "own" || r.origin === "clause";
  const told = rows.some((r) => r.progress.length);
  const units = [...new Set(rows.flatMap((r) => r.lead))];
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
          options: units.map((u) => ({ value: u, label: clip(u, 20), test: (r) => r.lead.includes(u) })),
        }] : []),
      ],
      columns: [
        { key: "number", label: t("number"), kind: "number", value: (r) => r.number, text: (r) => String(r.number), cell: (r) => String(r.number) },
        { key: "item", label: t("item"), value: (r) => r.local.index, text: (r) => r.item, cell: (r) => words(clip(r.item, 60)) },
        { key: "content", label: t("content"), kind: "wide", value: (r) => r.local.text, text: (r) => statementText(r.local), cell: (r) => statementCell(r.local) },
        ...(units.length ? [{
          key: "lead", label: t("lead"), value: (r) => names(r.lead), text: (r) => `${names(r.lead)} ${names(r.support)}`,
          cell: (r) => [words(names(r.lead)), r.support.length > 0 && el("span", { class: "sub" }, t("support"), " ", words(names(r.support)))],
        }] : []),
        {
          key: "due", label: t("due"), kind: "day", value: (r) => readings(r.due), text: (r) => readings(r.due),
          cell: (r) => [r.due.map((d, i) => el("span", { class: "line" }, i ? `${t("or")} ` : "", d)),
            r.said && el("span", { class: "sub" }, words(r.said), stated(r) ? "" : `（${t(`origin.${r.origin}`)}）`)],
        },
        ...(told ? [] : [{
          key: "status", label: t("standing"), value: (r) => STANDINGS.indexOf(r.status), text: (r) => t(`due.${r.status}`),
          cell: (r) => el("span", { class: `standing is-${r.status.replace(/_/g, "-")}` }, t(`due.${r.status}`)),
        }]),
        ...(told ? [{
          key: "progress", label: t("by ledger"), value: (r) => (r.progress.length ? LIGHTS.indexOf(r.progress[0].light) : ""),
          text: (r) => r.progress.map(stands).join("; "),
          cell: (r) => r.progress.map((p) => el("span", { class: "line" },
            el("span", { class: `standing light-${p.light}` }, stands(p)),
            el("span", { class: "sub" }, reason(p.reason), p.reporter ? `（${p.day} ${p.reporter}）` : ""))),
        }] : []),
        {
          key: "upper", label: t("upper due"), kind: "day", value: (r) => r.upperDue.map(readings).join("; "), text: (r) => r.upperDue.map(readings).join("; "),
          cell: (r) => [r.upperDue.map((date) => date.map((d, i) => el("span", { class: "line" }, i ? `${t("or")} ` : "", d))), r.upper && link(r.upper)],
        },
        {
          key: "slip", label: t("slip"), kind: "number", value: (r) => r.low ?? "",
          text: slip, cell: (r) => [slip(r), r.remark !== null && el("span", { class: "sub" }, reason(r.remark))],
        },
      ],
    }),
  ];
}

const LIGHTS = ["red", "yellow", "blue", "grey", "green"];
const stands = (p) => t(`progress.${p.status}`) + (p.percent === null || p.percent === 100 ? "" : ` ${Math.floor(p.percent)}%`);
const names = (units) => units.join("、");
const readings = (days) => days.join(" / ");
const slip = (r) => (r.low === null ? "" : r.low === r.high ? String(r.low) : `${r.low}～${r.high}`);
