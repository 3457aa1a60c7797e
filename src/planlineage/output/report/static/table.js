// Tables that sort, filter and search. Rows are drawn a hundred at a time, as they come into sight.

const AT_ONCE = 100;

/**
 * `columns`: {key, label, cell(row), value(row) for sorting, text(row) for searching and files, kind}; without
 * `cell` it is searched and saved, and not drawn.
 * `filters`: {key, label, options: [{value, label, test(row)}], start}. An empty value lets everything through.
 */
function dataTable({ name, caption, columns, rows, filters = [], order = null, note = null }) {
  const state = { search: "", chosen: {}, order, shown: 0, rows: [] };
  for (const filter of filters) state.chosen[filter.key] = filter.start || "";

  const count = el("p", { class: "count", role: "status" });
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more", onclick: () => draw(AT_ONCE * 5) }, t("show more"));
  const searchBox = el("input", {
    type: "search", id: `${name}-search`, placeholder: t("search hint"), autocomplete: "off", spellcheck: "false",
    oninput: later(() => { state.search = searchBox.value.trim().toLowerCase(); refresh(); }, 120),
  });
  const selects = filters.map((filter) => {
    const select = el("select", {
      id: `${name}-${filter.key}`,
      onchange: () => { state.chosen[filter.key] = select.value; refresh(); },
    }, el("option", { value: "" }, t("all")),
      filter.options.map((o) => el("option", { value: o.value, selected: o.value === filter.start },
        `${o.label}（${rows.filter(o.test).length}）`)));
    return [filter, select];
  });
  const reset = el("button", {
    type: "button", class: "plain",
    onclick: () => {
      state.search = searchBox.value = "";
      for (const [filter, select] of selects) state.chosen[filter.key] = select.value = "";
      refresh();
    },
  }, t("clear filters"));
  const save = el("button", { type: "button", class: "plain", onclick: () => saveRows(name, columns, state.rows) },
    t("save rows"));
  const drawn = columns.filter((c) => c.cell);
  const heads = drawn.map((column) => {
    const button = el("button", { type: "button", onclick: () => sortBy(column.key) }, column.label);
    return el("th", { scope: "col", class: column.kind, "data-key": column.key }, button);
  });
  const box = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: "data", id: `${name}-table` }, el("caption", { class: "hidden" }, caption),
      el("thead", {}, el("tr", {}, heads)), body));
  const tools = el("div", { class: "tools", role: "search", "aria-label": caption },
    el("label", { class: "search" }, el("span", {}, t("search")), searchBox),
    selects.map(([filter, select]) => el("label", {}, el("span", {}, filter.label), select)),
    reset, save);

  function matching() {
    const tests = filters
      .filter((f) => state.chosen[f.key])
      .map((f) => f.options.find((o) => o.value === state.chosen[f.key]).test);
    const terms = state.search.split(/\s+/).filter(Boolean);
    let found = rows.filter((row) => tests.every((test) => test(row)));
    if (terms.length) found = found.filter((row) => terms.every((term) => haystack(row).includes(term)));
    if (state.order) {
      const column = columns.find((c) => c.key === state.order.key);
      const sign = state.order.down ? -1 : 1;
      found = found.map((row, i) => [column.value(row), i, row])
        .sort((a, b) => sign * compare(a[0], b[0]) || a[1] - b[1]).map((x) => x[2]);
    }
    return found;
  }

  const haystacks = new Map();
  function haystack(row) {
    if (!haystacks.has(row)) haystacks.set(row, columns.map((c) => c.text(row)).join("\n").toLowerCase());
    return haystacks.get(row);
  }

  function sortBy(key) {
    const same = state.order && state.order.key === key;
    state.order = same && state.order.down ? null : { key, down: Boolean(same) };
    refresh();
  }

  function refresh() {
    state.rows = matching();
    state.shown = 0;
    body.replaceChildren();
    for (const head of heads) {
      const sorted = state.order && state.order.key === head.dataset.key;
      if (sorted) head.setAttribute("aria-sort", state.order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const filtered = state.rows.length < rows.length;
    count.textContent = t(filtered ? "shown of" : "shown all", { shown: state.rows.length, all: rows.length });
    reset.hidden = !filtered;
    draw(AT_ONCE);
  }

  function draw(most) {
    const next = state.rows.slice(state.shown, state.shown + most);
    state.shown += next.length;
    body.append(...next.map((row) => el("tr", {}, drawn.map((c, i) =>
      el(i === 0 && c.head ? "th" : "td", { class: c.kind, scope: i === 0 && c.head ? "row" : null }, c.cell(row))))));
    if (!state.rows.length) body.append(el("tr", {}, el("td", { colspan: drawn.length, class: "none" }, t("nothing"))));
    more.hidden = state.shown >= state.rows.length;
  }

  if ("IntersectionObserver" in window) {
    new IntersectionObserver((seen) => { if (seen[0].isIntersecting && !more.hidden) draw(AT_ONCE); },
      { rootMargin: "600px" }).observe(more);
  }
  addEventListener("beforeprint", () => { if (box.isConnected) draw(Infinity); });
  refresh();
  return el("div", { class: "table", id: name }, note, tools, count, box, more);
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === "" || b === "") return (a === "") - (b === "");
  return String(a).localeCompare(String(b), "zh-Hans");
}

/** A filter over the values of one field, in the order given, those that occur only. */
function choices(rows, field, values, label) {
  return values.filter((v) => rows.some((r) => r[field] === v))
    .map((v) => ({ value: v, label: label(v), test: (r) => r[field] === v }));
}

function later(act, wait) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
}

/** The rows that are shown, as CSV that Excel opens; no cell can be taken for a formula. */
function saveRows(name, columns, rows) {
  const cell = (text) => {
    const guarded = /^[\s\u3000\xa0]*[=+\-@]|^[\t\r]/.test(text) && !/^[+-]?[\d.]+%?$/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
  };
  const lines = [columns.map((c) => c.label), ...rows.map((row) => columns.map((c) => c.text(row)))];
  download(`${name}.csv`, "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n", "text/csv");
}

/** A cell with the words of a statement and the way to it. */
function statementCell(statement, otherwise) {
  if (!statement) return el("span", { class: "faint" }, otherwise || "—");
  return [words(clip(statement.text, 400)), " ", link(statement)];
}
const statementText = (statement) => (statement ? `${statement.text} ${statement.id}` : "");
