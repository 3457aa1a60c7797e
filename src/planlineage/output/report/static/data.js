// The data of the page. Blocks are read when first asked for; rows become objects with named fields.

const SUMMARY = read("summary");
const RELATIONS = SUMMARY.relations;
const THEMATIC = RELATIONS.indexOf("thematic");
const BRIEF = new Map(SUMMARY.plans.map((plan, i) => [plan.id, { ...plan, block: i }]));

const cache = new Map();
function once(key, make) {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key);
}

function planOf(id) {
  return once(`plan ${id}`, () => {
    const brief = BRIEF.get(id);
    const raw = read(`plan-${brief.block}`);
    const clauses = raw.clauses.map(([cid, kind, number, title, parent, label]) => ({
      id: cid, kind, number, title, parent, label,
    }));
    for (const clause of clauses) {
      clause.depth = 0;
      for (let up = clause; up.parent >= 0; up = clauses[up.parent]) if (up.kind !== "paragraph") clause.depth += 1;
    }
    const statements = raw.statements.map(([sid, clause, kind, text, due, fingerprint], index) => ({
      id: sid, index, clause: clauses[clause], kind, text, due, fingerprint, plan: id,
    }));
    return { ...brief, clauses, statements, byId: new Map(statements.map((s) => [s.id, s])) };
  });
}

const STATUSES = SUMMARY.statuses;

function pairOf(number) {
  return once(`pair ${number}`, () => {
    const raw = read(`pair-${number}`);
    const local = planOf(raw.local);
    const at = (plan, i) => (i < 0 ? null : planOf(plan).statements[i]);
    const edges = raw.edges.map(([li, up, ui, relation, confidence, pieces, reviewer]) => ({
      local: local.statements[li], upper: at(up, ui), relation: RELATIONS[relation], confidence, pieces, reviewer,
    }));
    const from = group(edges, (e) => e.local);
    const to = group(edges, (e) => e.upper);
    return {
      ...raw, number, local, uppers: raw.uppers.map(planOf), edges,
      sources: (statement) => from.get(statement) || [],
      carriers: (statement) => to.get(statement) || [],
      links: (statement) => (statement.plan === local.id ? from : to).get(statement) || [],
      coverage: raw.coverage.map(([up, ui, status, confidence, deadline, why, article, locals]) => ({
        upper: at(up, ui), status: STATUSES[status], confidence, deadline, reason: why, article,
        locals: locals.map((i) => local.statements[i]),
      })),
      gaps: raw.gaps.map(([up, ui]) => at(up, ui)),
      deadlines: raw.deadlines.map(
        ([li, due, status, origin, said, lead, support, up, ui, upperDue, [low, high], remark, item, told], number_) => ({
          number: number_ + 1, local: local.statements[li], due, status, origin, said, lead, support,
          upper: at(up, ui), upperDue, low, high, remark, item,
          progress: told.map(([status, light, percent, why, day, reporter]) => ({ status, light, percent, reason: why, day, reporter })),
        }),
      ),
      slippage: raw.slippage.map(
        ([li, up, ui, aspect, change, above, below, low, high, comparable, why, effect, said]) => ({
          local: li < 0 ? null : local.statements[li], upper: at(up, ui), aspect, change, above, below, low, high,
          comparable, reason: why, effect, said,
        }),
      ),
      followed: raw.followed.map((told) => ({
        ...told,
        rows: told.rows.map(([li, kind, said, verdict, person, reviewer, confidence, evidence, actual, difference, timing, why]) => ({
          local: at(raw.local, li), kind, said, verdict, person, settled: person || verdict, reviewer, confidence, evidence, actual,
          difference, timing, reason: why,
        })),
      })),
    };
  });
}

/** Things by a key of theirs; of edges, the surest first and those of topic only last. */
function group(things, key) {
  const found = new Map();
  for (const thing of things) {
    if (!found.has(key(thing))) found.set(key(thing), []);
    found.get(key(thing)).push(thing);
  }
  const rank = (e) => (e.relation === "thematic" ? 1 : 0);
  for (const list of found.values()) list.sort((a, b) => rank(a) - rank(b) || b.confidence - a.confidence);
  return found;
}

const isChange = (row) => row.change !== "kept" && row.change !== "not_comparable" && row.comparable !== "no";

/** The address of a place in the page: a view of a local plan, or a statement of any plan. */
const hashOf = (plan, tail) => `#${encodeURIComponent(plan)}/${encodeURIComponent(tail)}`;
const anchorOf = (statement) => hashOf(statement.plan, statement.id).slice(1);

/** The short name of a plan's place; its level where it has none. */
const placeOf = (brief) => brief.short || known(`level.${brief.level}`, brief.id);

function link(statement, label) {
  return el("a", { href: `#${anchorOf(statement)}`, class: "open" }, label || statement.id);
}
