// What became of promises: each beside the words of the report that came after.

const VERDICTS = ["met", "reported_done", "close", "missed", "reported", "not_reported"];

function promisesView(pair) {
  return [
    el("h1", {}, t("promises")),
    el("p", { class: "lead" }, t("promises lead")),
    pair.followed.map((told, number) => promisesOf(told, number)),
  ];
}

const actualOf = (r) => (r.actual ? inLanguage(r.actual) : "");

function promisesOf(told, number) {
  const rows = told.rows;
  const [low, high] = told.interval;
  return [
    el("h2", {}, words(told.report)),
    el("p", {}, t("promises rate", { rate: percent(told.rate), low: percent(low), high: percent(high) })),
    told.remarks.map((r) => el("p", { class: "lead" }, reason(r))),
    dataTable({
      name: `promises-${number}`,
      caption: t("promises"),
      rows,
      filters: [
        { key: "kind", label: t("promise kind"), start: rows.some((r) => r.kind === "target") ? "target" : "", options: choices(rows, "kind", ["target", "task"], (k) => t(`promise.${k}`)) },
        { key: "settled", label: t("verdict"), options: choices(rows, "settled", VERDICTS, (v) => t(`verdict.${v}`)) },
      ],
      columns: [
        {
          key: "promise", label: t("promise"), kind: "wide", value: (r) => (r.local ? r.local.index : -1),
          text: (r) => r.said, cell: (r) => [words(clip(r.said, 400)), " ", r.local && link(r.local)],
        },
        {
          key: "settled", label: t("verdict"), value: (r) => VERDICTS.indexOf(r.settled), text: (r) => t(`verdict.${r.settled}`),
          cell: (r) => [
            el("span", { class: `verdict v-${r.settled.replace(/_/g, "-")}` }, t(`verdict.${r.settled}`)),
            el("span", { class: "sub" }, r.person ? t("verdict by", { who: r.reviewer || t("a person") }) : sure(r.confidence)),
          ],
        },
        {
          key: "evidence", label: t("evidence"), kind: "wide", value: (r) => r.evidence.join(""), text: (r) => r.evidence.join(" … "),
          cell: (r) => [r.evidence.length ? r.evidence.map((e) => el("span", { class: "line" }, words(clip(e, 300)))) : el("span", { class: "faint" }, "—"),
            el("span", { class: "sub" }, reason(r.reason))],
        },
        {
          key: "actual", label: t("reported value"), kind: "number", value: actualOf, text: actualOf,
          cell: (r) => [words(actualOf(r)), r.difference && el("span", { class: "sub signed", title: t("difference note") }, inLanguage(r.difference))],
        },
        { key: "timing", label: t("timing"), value: (r) => r.timing, text: (r) => t(`timing.${r.timing}`), cell: (r) => t(`timing.${r.timing}`) },
      ],
    }),
  ];
}
