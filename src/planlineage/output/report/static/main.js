// Where one is in the page, and what is shown there. The address after # names it: PLAN/VIEW, or PLAN/STATEMENT.

const MANY = SUMMARY.locals.length > 1;
const VIEWS = {
  summary: summaryView, coverage: coverageView, deadlines: deadlinesView, slippage: slippageView,
  promises: promisesView, read: readingView,
  review: reviewView, print: printingView,
};
const LABELS = { summary: "summary", coverage: "coverage", deadlines: "deadlines", slippage: "slippage", promises: "promises", read: "reading", review: "review" };
const here = { local: 0, view: MANY ? "overview" : "summary" };

/** Promises are a view only where a report tells of them. */
const hasView = (view, local) => view !== "promises" || SUMMARY.locals[local].followed > 0;

/** What an address names; null where it names nothing here. */
function resolve(hash) {
  let parts;
  try { parts = hash.replace(/^#/, "").split("/").map(decodeURIComponent); } catch { return null; }
  if (parts.length === 1 && parts[0] === "overview" && MANY) return { view: "overview", local: here.local };
  if (parts.length === 1 && parts[0]) {
    const pair = pairOf(here.local);
    const plan = [pair.local, ...pair.uppers].find((p) => p.byId.has(parts[0]));
    return plan ? { view: "read", local: here.local, statement: plan.byId.get(parts[0]) } : null;
  }
  const [plan, tail] = parts;
  const own = SUMMARY.locals.findIndex((l) => l.local === plan);
  if (own >= 0 && VIEWS[tail]) return { view: hasView(tail, own) ? tail : "summary", local: own };
  if (!BRIEF.has(plan)) return null;
  const statement = planOf(plan).byId.get(tail);
  if (!statement) return null;
  const uses = (l) => l.local === plan || l.uppers.includes(plan);
  const local = own >= 0 ? own : uses(SUMMARY.locals[here.local]) ? here.local : SUMMARY.locals.findIndex(uses);
  return { view: "read", local, statement };
}

function address(hash) {
  try { history.replaceState(null, "", hash); } catch { /* the page works without it */ }
}

/** Goes where the address says. */
function go(first) {
  if (!SUMMARY.locals.length) { fill(document.getElementById("main"), el("h1", {}, t("no plans"))); return; }
  const place = resolve(location.hash);
  if (!place) { if (first) show(); return; }
  const same = !first && place.view === "read" && here.view === "read" && place.local === here.local;
  Object.assign(here, { view: place.view, local: place.local });
  const shown = place.statement && reading.panes.some((p) => p.nodes.has(place.statement));
  if (same && shown) { pin(place.statement); return; }
  show(place.statement, !first);
}

/** Draws the view; `statement` is brought into view in the reading view. `moved`: the reader came from another view. */
function show(statement = reading.pinned, moved = false) {
  const main = document.getElementById("main");
  const pair = here.view === "overview" ? null : pairOf(here.local);
  document.documentElement.lang = language.now === "zh" ? "zh-Hans" : "en";
  document.body.className = `view-${here.view}`;
  drawTop();
  const known_ = statement && pair && [pair.local, ...pair.uppers].some((p) => p.id === statement.plan) ? statement : null;
  fill(main, here.view === "overview" ? overviewView() : VIEWS[here.view](pair, known_));
  scrollTo(0, 0);
  if (here.view === "read" && known_) requestAnimationFrame(() => pin(known_, moved));
  else if (moved) main.focus({ preventScroll: true });
  const name = here.view === "overview" ? t("overview") : `${t(LABELS[here.view] || "print")} · ${pair.local.title}`;
  document.title = `${name} · planlineage`;
}

function drawTop() {
  const local = SUMMARY.locals[here.local].local;
  const place = el("select", { id: "place", onchange: () => {
    const tail = here.view === "overview" ? "summary" : here.view;
    location.hash = hashOf(SUMMARY.locals[place.value].local, tail);
  } }, SUMMARY.locals.map((l, i) => {
    const brief = BRIEF.get(l.local);
    return el("option", { value: i, selected: i === here.local }, `${brief.place || known(`level.${brief.level}`, "")} ${brief.title}`.trim());
  }));
  const tab = (href, view, label) => el("a", { href, "aria-current": here.view === view ? "page" : null }, label);
  fill(document.getElementById("top"),
    el("div", { class: "bar" },
      el("p", { class: "brand" }, t("brand"), el("span", { class: "sub" }, t("as of", { day: SUMMARY.as_of }))),
      MANY && el("label", { class: "place" }, el("span", { class: "hidden" }, t("choose place")), place),
      el("span", { class: "space" }),
      el("button", { type: "button", class: "plain", id: "language", lang: language.now === "zh" ? "en" : "zh-Hans", onclick: () => speak(language.now === "zh" ? "en" : "zh") },
        language.now === "zh" ? "English" : "中文"),
      el("button", { type: "button", class: "plain", id: "print", onclick: printAll }, t("print"))),
    el("nav", { "aria-label": t("views") },
      MANY && tab("#overview", "overview", t("overview")),
      Object.keys(LABELS).filter((view) => hasView(view, here.local)).map((view) => tab(hashOf(local, view), view, t(LABELS[view])))));
}

function speak(to) {
  language.now = to;
  memory.set("language", to);
  show();
  document.getElementById("language").focus();
}

function printAll() {
  if (here.view !== "overview" && here.view !== "print") location.hash = hashOf(SUMMARY.locals[here.local].local, "print");
  setTimeout(() => print(), 300);
}

language.now = memory.get("language") || SUMMARY.lang;
recall();
addEventListener("hashchange", () => go(false));
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});
go(true);
