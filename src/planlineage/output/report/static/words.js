// The words of the page in Chinese and English.

const WORDS = read("words");
const language = { now: "zh" };

function read(name) {
  const node = document.getElementById(`data-${name}`);
  return node ? JSON.parse(node.textContent) : null;
}

function t(key, values) {
  const entry = WORDS[key];
  const text = entry ? entry[language.now === "zh" ? 0 : 1] : key;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => values[name]) : text;
}

/** The words of a key that may be unknown, such as a name that came with the data. */
const known = (key, otherwise) => (WORDS[key] ? t(key) : otherwise);

/** Of the same words in Chinese and English those in the language of the page; a reason is told by its number. */
const inLanguage = (told) => (told === null ? "" : told[language.now === "zh" ? 0 : 1]);
const reason = (at) => (at === null ? "" : inLanguage(SUMMARY.reasons[at]));

/** A value of the slippage table for people: dates, numbers and rhythms without the names of their fields. */
function readable(value) {
  if (!value || value === "none") return t("value none");
  if (value === "absent") return t("value absent");
  return value
    .replace(/latest=(\S+?);alt=/g, (_, day) => `${day} ${t("or")} `)
    .replace(/latest=|relative=|anchor=|force=/g, "")
    .replace(/FREQ=([A-Z]+)(?:;INTERVAL=(\d+))?(?:;[A-Z]+=[^;]*)*/g, (_, unit, n) => rhythm(unit, Number(n || 1)))
    .replace(/;?count(>=|<=|=|~|>|<)(\d+)/g, (_, sign, n) => ` ${sign === "=" ? "" : sign}${t("n times", { n })}`)
    .replace(/P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)BD)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/g,
      (whole, ...parts) => LENGTHS.map((unit, i) => parts[i] && t(`length.${unit}`, { n: parts[i] })).filter(Boolean).join("") || whole)
    .replace(/>=/g, "≥ ").replace(/<=/g, "≤ ").replace(/\b(?:vague)\b/g, () => t("rhythm.vague"))
    .replace(/;/g, t("semicolon")).replace(/ {2,}/g, " ").trim();
}

const LENGTHS = ["Y", "M", "W", "BD", "D", "H", "MIN"];
const rhythm = (unit, n) => (WORDS[`rhythm.${unit}`] ? t(n === 1 ? `rhythm.${unit}` : "rhythm.every", { n, unit: t(`unit.${unit}`) }) : unit);

function days(low, high) {
  if (low === null || low === undefined) return "";
  const one = (n) => (n > 0 ? `+${n}` : String(n));
  return low === high ? one(low) : t("from to", { low: one(low), high: one(high) });
}
