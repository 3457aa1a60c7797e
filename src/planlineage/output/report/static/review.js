// Review: the edges to look at, the least sure first, and the gaps; decisions are saved as a file.

const LIMITS = [0.7, 0.9, 1.01];

function reviewView(pair) {
  const name = el("input", { type: "text", id: "reviewer", value: reviewer, autocomplete: "name", oninput: () => {
    reviewer = name.value.trim();
    memory.set("reviewer", reviewer);
  } });
  const file = el("input", { type: "file", class: "hidden", tabindex: "-1", "aria-label": t("load decisions"), accept: ".jsonl,.json", id: "load-decisions", onchange: async () => {
    if (!file.files.length) return;
    const count = readDecisions(await file.files[0].text());
    announce(count === null ? t("no decision file") : t("read decisions", { count }));
    told.textContent = document.getElementById("live").textContent;
    if (count !== null) list();
  } });
  const told = el("p", { class: "note", role: "status" });
  const limit = el("select", { id: "review-limit", onchange: list },
    LIMITS.map((x, i) => el("option", { value: i, selected: i === 1 }, x > 1 ? t("all") : t("under", { value: x.toFixed(2) }))));
  const which = el("select", { id: "review-which", onchange: list },
    ["open", "decided", "all"].map((k) => el("option", { value: k }, t(`which.${k}`))));
  const body = el("div", { class: "cards" });

  function list() {
    const edges = pair.edges
      .filter((e) => e.relation !== "thematic" || LIMITS[limit.value] > 1)
      .filter((e) => e.confidence < LIMITS[limit.value])
      .filter((e) => which.value === "all" || decisions.has(edgeSlot(e)) === (which.value === "decided"))
      .sort((a, b) => a.confidence - b.confidence);
    let shown = 0;
    const more = el("button", { type: "button", class: "more", onclick: () => draw() }, t("show more"));
    const draw = () => {
      more.before(...edges.slice(shown, shown + 20).map((e) => edgeCard(e)));
      shown += 20;
      more.hidden = shown >= edges.length;
    };
    fill(body, el("p", { class: "count", role: "status" }, t("n edges", { count: edges.length })), more);
    draw();
  }
  list();

  const gaps = pair.gaps.map((upper) => el("article", { class: "pair" },
    el("p", { class: "from" }, words(upper.clause.label), " · ", link(upper), upper.due && el("span", { class: "due" }, ` ${t("due")} ${upper.due}`)),
    el("p", { class: "wording zh", lang: "zh-Hans" }, clip(upper.text, 600)), gapForm(upper, pair)));
  return [
    el("h1", {}, t("review")),
    el("p", { class: "lead" }, t("review lead")),
    el("div", { class: "tools" },
      el("label", {}, el("span", {}, t("reviewer")), name),
      el("label", {}, el("span", {}, t("confidence")), limit),
      el("label", {}, el("span", {}, t("show")), which),
      el("button", { type: "button", id: "save-decisions", onclick: saveDecisions }, t("save decisions"), " (",
        el("span", { "data-decided": true }, String(decisions.size)), ")"),
      el("button", { type: "button", class: "plain", onclick: () => file.click() }, t("load decisions")), file),
    told,
    el("h2", {}, t("edges to review")), differenceLegend(), body,
    el("h2", {}, t("gaps")), gaps.length ? el("div", { class: "cards" }, gaps) : el("p", { class: "note" }, t("no gaps")),
  ];
}
