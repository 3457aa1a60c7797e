// What a person decided about edges and gaps. Kept in the browser, saved as the decision file of the lineage review, read
// back from one. The file is JSON Lines: a first line that names the format, then one decision a line, sorted.

const FORMAT = { format: "planlineage-decisions", version: 1 };
const FIELDS = ["action", "relation", "local_plan", "local_id", "local_fingerprint", "upper_plan", "upper_id",
  "upper_fingerprint", "reviewer", "date", "note", "local_text", "upper_text"];
const ON_EDGES = ["accept", "reject", "relabel", "add"];
const decisions = new Map();
let reviewer = memory.get("reviewer") || "";

const storeKey = `decisions.${SUMMARY.locals.map((l) => l.local).join(",")}`;

/** What a decision is about; of several on one slot the latest holds. */
function slotOf(d) {
  const kind = ON_EDGES.includes(d.action) ? "edge" : d.action === "justify" ? "gap" : "applies";
  return [kind, d.local_plan || "", d.upper_plan, d.upper_id, d.local_id || ""].join("\n");
}

const about = (local, upper) => ({
  local_plan: local.plan, local_id: local.id, local_fingerprint: local.fingerprint,
  upper_plan: upper.plan, upper_id: upper.id, upper_fingerprint: upper.fingerprint,
  local_text: firstWords(local.text), upper_text: firstWords(upper.text),
});
const firstWords = (text) => piece(characters(text), 0, 60);
const edgeSlot = (edge) => slotOf({ action: "accept", ...about(edge.local, edge.upper) });
const gapSlot = (pair, upper) => slotOf({ action: "justify", local_plan: pair.local.id, upper_plan: upper.plan, upper_id: upper.id });

function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function decide(slot, decision) {
  if (decision) decisions.set(slot, { ...decision, reviewer, date: today() });
  else decisions.delete(slot);
  remember();
}

function remember() {
  memory.set(storeKey, decisionFile());
  for (const node of document.querySelectorAll("[data-decided]")) node.textContent = String(decisions.size);
}

/** Accept, reject, relabel: pressed again, a decision is taken back. */
function decisionButtons(edge) {
  const slot = edgeSlot(edge);
  const box = el("span", { class: "decide", role: "group", "aria-label": t("decision of", { id: edge.local.id }) });
  const made = (action, relation) => ({ action, relation, ...about(edge.local, edge.upper) });
  const button = (action) => {
    const now = decisions.get(slot);
    const pressed = Boolean(now && now.action === action);
    const relation = action === "accept" ? edge.relation : undefined;
    return el("button", {
      type: "button", class: `do-${action}`, "aria-pressed": String(pressed), "data-action": action,
      onclick: () => { decide(slot, pressed ? null : made(action, relation)); draw(action); },
    }, t(`decide.${action}`));
  };
  const relabel = () => {
    const now = decisions.get(slot);
    const chosen = now && now.action === "relabel" ? now.relation : "";
    const select = el("select", {
      "aria-label": t("decide.relabel"), "data-action": "relabel", class: chosen ? "pressed" : "",
      onchange: () => { decide(slot, select.value ? made("relabel", select.value) : null); draw("relabel"); },
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
  const slot = gapSlot(pair, upper);
  const now = decisions.get(slot);
  const input = el("input", {
    type: "text", value: now ? now.note : "", placeholder: t("justify hint"), "aria-label": t("justify of", { id: upper.id }),
  });
  const mark = el("span", { class: "sub", role: "status" }, now ? t("justified") : "");
  const save = () => {
    const note = input.value.trim();
    decide(slot, note ? {
      action: "justify", note, local_plan: pair.local.id, upper_plan: upper.plan, upper_id: upper.id,
      upper_fingerprint: upper.fingerprint, upper_text: firstWords(upper.text),
    } : null);
    mark.textContent = note ? t("justified") : "";
  };
  return el("form", { class: "gap", onsubmit: (e) => { e.preventDefault(); save(); } }, input,
    el("button", { type: "submit" }, t("justify")), mark);
}

// -- the file ------------------------------------------------------------------------------------------------------------

function decisionFile() {
  const order = (d) => [d.local_plan || "", d.upper_plan, d.upper_id, d.local_id || "", d.action];
  const line = (d) => JSON.stringify(Object.fromEntries(FIELDS.filter((f) => d[f]).map((f) => [f, d[f]])));
  const before = (a, b) => { for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1; return 0; };
  const found = [...decisions.values()].sort((a, b) => before(order(a), order(b)));
  return [JSON.stringify(FORMAT), ...found.map(line)].join("\n") + "\n";
}

function saveDecisions() {
  download("decisions.jsonl", decisionFile(), "application/jsonl");
  announce(t("saved decisions", { count: decisions.size }));
}

/** Takes over the decisions of a file, whole or not at all; returns how many, or null where it is no such file. */
function readDecisions(text) {
  try {
    const [head, ...found] = text.replace(/^\ufeff/, "").split("\n").filter((l) => l.trim()).map((l) => JSON.parse(l));
    if (head.format !== FORMAT.format || head.version > FORMAT.version) return null;
    if (!found.every((d) => d && typeof d.action === "string" && typeof d.upper_id === "string")) return null;
    for (const d of found) decisions.set(slotOf(d), d);
    remember();
    return found.length;
  } catch {
    return null;
  }
}

/** What the report was made with, and what was decided in this browser since. */
function recall() {
  for (const d of SUMMARY.decisions) decisions.set(slotOf(d), d);
  const kept = memory.get(storeKey);
  if (kept) readDecisions(kept);
}
