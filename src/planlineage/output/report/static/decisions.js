// What a person decided about edges and gaps. Kept in the browser, saved as a file, read back from one.

const decisions = new Map();
const FORMAT = "planlineage-decisions";
let reviewer = memory.get("reviewer") || "";

const storeKey = `decisions.${SUMMARY.locals.map((l) => l.local).join(",")}`;
const edgeKey = (edge) => ["edge", edge.local.plan, edge.local.id, edge.upper.plan, edge.upper.id].join("\n");
const gapKey = (pair, upper) => ["gap", pair.local.id, "", upper.plan, upper.id].join("\n");
const keyOf = (d) => [d.kind, d.local_plan, d.local_id || "", d.upper_plan, d.upper_id].join("\n");

function remember() {
  memory.set(storeKey, JSON.stringify([...decisions.values()]));
  for (const node of document.querySelectorAll("[data-decided]")) node.textContent = String(decisions.size);
  document.getElementById("main").dispatchEvent(new CustomEvent("decided"));
}

function recall() {
  try { for (const d of JSON.parse(memory.get(storeKey) || "[]")) decisions.set(keyOf(d), d); } catch { /* nothing kept */ }
}

function decide(key, decision) {
  if (decision) decisions.set(key, { ...decision, reviewer, decided: new Date().toISOString() });
  else decisions.delete(key);
  remember();
}

const edgeDecision = (edge, action, relation) => ({
  kind: "edge", action, relation: relation || edge.relation,
  local_plan: edge.local.plan, local_id: edge.local.id, local_fingerprint: edge.local.fingerprint,
  upper_plan: edge.upper.plan, upper_id: edge.upper.id, upper_fingerprint: edge.upper.fingerprint,
  proposed: edge.relation, confidence: edge.confidence,
});

/** Accept, reject, relabel: pressed again, a decision is taken back. */
function decisionButtons(edge, pair) {
  const key = edgeKey(edge);
  const box = el("span", { class: "decide", role: "group", "aria-label": t("decision of", { id: edge.local.id }) });
  const button = (action) => {
    const now = decisions.get(key);
    const pressed = Boolean(now && now.action === action);
    return el("button", {
      type: "button", class: `do-${action}`, "aria-pressed": String(pressed), "data-action": action,
      onclick: () => { decide(key, pressed ? null : edgeDecision(edge, action)); draw(action); },
    }, t(`decide.${action}`));
  };
  const relabel = () => {
    const now = decisions.get(key);
    const chosen = now && now.action === "relabel" ? now.relation : "";
    const select = el("select", {
      "aria-label": t("decide.relabel"), "data-action": "relabel", class: chosen ? "pressed" : "",
      onchange: () => { decide(key, select.value ? edgeDecision(edge, "relabel", select.value) : null); draw("relabel"); },
    }, el("option", { value: "" }, t("decide.relabel")), RELATIONS.filter((r) => r !== edge.relation)
      .map((r) => el("option", { value: r, selected: r === chosen }, t(`relation.${r}`))));
    return select;
  };
  const draw = (focus) => {
    fill(box, button("accept"), button("reject"), relabel());
    if (focus) box.querySelector(`[data-action="${focus}"]`).focus();
  };
  draw();
  return box;
}

/** A gap that is accepted, with the reason why. */
function gapForm(upper, pair) {
  const key = gapKey(pair, upper);
  const now = decisions.get(key);
  const input = el("input", { type: "text", value: now ? now.note : "", placeholder: t("justify hint"), "aria-label": t("justify of", { id: upper.id }) });
  const save = () => {
    const note = input.value.trim();
    decide(key, note ? {
      kind: "gap", action: "justify", note, local_plan: pair.local.id, upper_plan: upper.plan, upper_id: upper.id,
      upper_fingerprint: upper.fingerprint,
    } : null);
    mark.textContent = note ? t("justified") : "";
  };
  const mark = el("span", { class: "sub", role: "status" }, now ? t("justified") : "");
  return el("form", { class: "gap", onsubmit: (e) => { e.preventDefault(); save(); } }, input,
    el("button", { type: "submit" }, t("justify")), mark);
}

function decisionFile() {
  const found = [...decisions.values()].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
  return JSON.stringify({ format: FORMAT, schema_version: 1, made_by: SUMMARY.made_by, decisions: found }, null, 1) + "\n";
}

function saveDecisions() {
  download("decisions.json", decisionFile(), "application/json");
  announce(t("saved decisions", { count: decisions.size }));
}

/** Reads decisions from a file that this page or the library wrote; returns how many, or null where it is no such file. */
function readDecisions(text) {
  try {
    const data = JSON.parse(text);
    if (data.format !== FORMAT || !Array.isArray(data.decisions)) return null;
    const good = data.decisions.filter((d) => d && typeof d === "object" && d.kind && d.action && d.upper_id);
    for (const d of good) decisions.set(keyOf(d), d);
    remember();
    return good.length;
  } catch {
    return null;
  }
}
