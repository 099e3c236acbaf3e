// A question about paths as a reader types it, understood by the rules of graph/analysis/query.py.

/** @typedef {{kind: "path" | "either" | "before" | "after", keys: string[]}} PathQuery */

const TO_WORD = /(?<=\s)to(?=\s)/i;
const ARROW = /→|⟶|➔|⇒|(?<![-=<])[-=]+>/;
const BOTH_WAYS = /↔|⟷|⇔|<[-=]+>/;

/** Whether a text asks for paths. @param {string} text */
const hasArrow = (text) => ARROW.test(text) || BOTH_WAYS.test(text);

/** Understand "BERT → InstructGPT", "A ↔ B", "* → X", "X → *", "BERT to InstructGPT". @param {string} text @returns {PathQuery | string} the problem */
function parseQuery(text) {
  if (BOTH_WAYS.test(text)) return resolveQuery("either", text.split(BOTH_WAYS));
  const parts = text.split(ARROW);
  if (parts.length === 2 && parts.filter((part) => part.trim() === "*").length === 1) {
    return parts[0].trim() === "*" ? resolveQuery("before", [parts[1]]) : resolveQuery("after", [parts[0]]);
  }
  if (parts.length > 1) return resolveQuery("path", parts);
  const words = text.split(TO_WORD).map((part) => part.trim()); // titles hold the word too: the first split that names two papers counts
  for (let n = 1; n < words.length; n += 1) {
    const query = resolveQuery("path", [words.slice(0, n).join(" to "), words.slice(n).join(" to ")]);
    if (typeof query !== "string" || n === words.length - 1) return query;
  }
  return EXAMPLE;
}

/** @param {PathQuery["kind"]} kind @param {string[]} names @returns {PathQuery | string} the problem */
function resolveQuery(kind, names) {
  const resolutions = names.map(resolveName);
  const problem = resolutions.find((each) => each.problem !== undefined)?.problem;
  if (problem !== undefined) return problem;
  const keys = resolutions.flatMap((each) => each.keys ?? []);
  if (kind === "either" && keys.length !== 2) return EXAMPLE.replace("→", "↔");
  if (keys.length > 2 && new Set(keys).size < keys.length) return "A path visits no paper twice: name every paper once.";
  return { kind, keys };
}
