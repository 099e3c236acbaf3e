// From what a reader types to papers: the rules of graph/analysis/resolve.py and graph/analysis/query.py, on this page's papers.

/**
 * @typedef {{keys: string[], fault?: undefined} | {fault: string, keys?: undefined}} Meant
 * @typedef {{kind: "path" | "either" | "before" | "after", keys: string[]}} Question
 */

const TO = /\s+to\s+/i;
const ARROW = /\s*(?:→|⟶|➔|⇒|(?<!<)[-=]+>)\s*/;
const BOTH = /\s*(?:↔|⟷|⇔|<[-=]+>)\s*/;

/** @param {string} text letters and digits alone */
const squeezed = (text) => wordsOf(text).join("");

/** The papers with an identifier, however it is written. @param {string} text @returns {(key: string) => boolean} */
function identifiedBy(text) {
  const bare = text.toLowerCase().replace(/^(?:https?:\/\/)?(?:www\.|dx\.)?(?:arxiv\.org\/(?:abs|pdf)|doi\.org)\//, "").replace(/^[a-z0-9]+:\s*/, "");
  const known = [bare, bare.replace(/v\d+$/, "")].filter((one) => /\d/.test(one) && /[./]|^[0-9a-f]{40}$/.test(one));
  return (key) => known.length > 0 && papers[key].links.some((link) => known.includes(link.text.slice(link.text.indexOf(":") + 1).toLowerCase()));
}

/** Papers by rule; the first rule that fits any paper decides. @type {((text: string) => (key: string) => boolean)[]} */
const RULES = [
  (text) => {
    const number = /^(?:#|entry\s+|no\.?\s*)?(\d{1,5})$/i.exec(text);
    return (key) => number !== null && papers[key].numbers.includes(Number(number[1]));
  },
  (text) => (key) => key === text || key === text.toLowerCase(),
  identifiedBy,
  (text) => (key) => squeezed(text) !== "" && namesOf(key).some((name) => squeezed(name) === squeezed(text)),
  (text) => (key) => squeezed(text) !== "" && [papers[key].title ?? "", ...papers[key].also].some((title) => squeezed(title) === squeezed(text)),
  (text) => {
    const match = /^(.+?)(?:\s+et\s+al\.?)?[\s,]+\(?((?:19|20)\d\d)\)?$/.exec(text);
    return (key) => match !== null && papers[key].year === Number(match[2]) && wordsOf(papers[key].authors[0] ?? "").some((word) => word === wordsOf(match[1]).at(-1));
  },
  (text) => {
    const wanted = wordsOf(text).join(" ");
    return (key) => wanted !== "" && [papers[key].title ?? "", ...namesOf(key)].some((one) => wordsOf(one).join(" ").includes(wanted));
  },
];

/** What people call a paper; its title is no such name. @param {string} key */
const namesOf = (key) => [papers[key].name, ...papers[key].also];

/** The one paper that a name means. @param {string} text @returns {Meant} */
function resolve(text) {
  const name = text.trim();
  for (const rule of RULES) {
    const found = keys.filter(rule(name)).sort(byPlace);
    if (found.length === 1) return { keys: found };
    if (found.length) {
      const named = found.slice(0, 6).map((key) => `${nameOf(key)} (${yearOf(key)})`).join("; ");
      return { fault: `“${name}” could be ${named}${found.length > 6 ? ` or one of ${found.length - 6} others` : ""}. Say more of the title.` };
    }
  }
  if (!name) return { fault: "Name two papers, as in: BERT → InstructGPT" };
  const near = nearNames(name);
  return { fault: `No paper of this page is called “${name}”.${near.length ? ` Did you mean ${near.join(", or ")}?` : ""}` };
}

const SUGGESTED = 2;

/** The names of this page that a slip of the fingers makes into this one, the likeliest first. @param {string} name */
function nearNames(name) {
  const typed = squeezed(name);
  const slips = Math.min(2, Math.floor(typed.length / 3));
  const all = [...new Set(keys.flatMap((key) => [papers[key].name, ...papers[key].also]))];
  return all
    .map((one) => ({ one, slips: editsBetween(typed, squeezed(one), slips) }))
    .filter((near) => near.slips <= slips)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, SUGGESTED)
    .map(({ one }) => one);
}

/**
 * How many letters were left out, added, changed, or swapped with the next one (Damerau 1964, doi:10.1145/363958.363994).
 * @param {string} a @param {string} b @param {number} most past which it does not matter
 */
function editsBetween(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [older, last] = [/** @type {number[]} */ ([]), Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    [older, last] = [last, row];
  }
  return last[b.length];
}

/** Whether a text asks for paths, and is no name. @param {string} text */
const asksForPaths = (text) => ARROW.test(text) || BOTH.test(text);

/** Understand "BERT → InstructGPT", "A ↔ B", "* → X", "X → *", "BERT to InstructGPT". @param {string} text @returns {Question | string} the fault */
function questionIn(text) {
  if (BOTH.test(text)) return named("either", text.split(BOTH));
  const parts = text.split(ARROW);
  if (parts.length === 2 && parts.filter((one) => one.trim() === "*").length === 1) {
    return parts[0].trim() === "*" ? named("before", [parts[1]]) : named("after", [parts[0]]);
  }
  if (parts.length > 1) return named("path", parts);
  const words = text.split(TO);
  for (let n = 1; n < words.length; n += 1) {
    const found = named("path", [words.slice(0, n).join(" to "), words.slice(n).join(" to ")]);
    if (typeof found !== "string" || n === words.length - 1) return found;
  }
  return "Name two papers, as in: BERT → InstructGPT";
}

/** @param {Question["kind"]} kind @param {string[]} names @returns {Question | string} */
function named(kind, names) {
  const meant = names.map(resolve);
  const fault = meant.find((one) => one.fault !== undefined)?.fault;
  if (fault !== undefined) return fault;
  const keys = meant.flatMap((one) => one.keys ?? []);
  if (kind === "either" && keys.length !== 2) return "Name two papers, as in: BERT ↔ GPT";
  if (keys.length > 2 && new Set(keys).size < keys.length) return "A path visits no paper twice: name every paper once.";
  return { kind, keys };
}
