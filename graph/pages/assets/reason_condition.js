// What a reader asks of the reasons of hops, and whether a hop or a path meets it, by the rules of graph/analysis/reason_condition.py.

/**
 * @typedef {{intent: string, about: null} | {intent: null, about: string}} ReasonCondition
 *   `intent`: every hop is for this purpose; `about`: a reason or a citing sentence of a hop has these words.
 * @typedef {boolean | null} Verdict whether a hop, or a path, meets a condition; null when that is not known
 */

/** The verdicts in the order of the groups of paths. @type {Verdict[]} */
const VERDICTS = [true, null, false];
/** @param {Verdict | undefined} verdict */
const verdictName = (verdict) => (verdict === true ? "yes" : verdict === false ? "no" : "unknown");

/** The citing sentences of a citation, and for what its sources say that it was made. @param {Arc} arc */
const sentencesOf = (arc) => arc.by.flatMap(([, , details]) => details?.contexts ?? []);
/** @param {Arc} arc */
const intentsOf = (arc) => [...arc.by.flatMap(([, , details]) => details?.intents ?? []), ...(arc.why?.[1] ?? [])];

/** Whether this page knows of any citation why it was made, so that there is something to ask; found when first needed. @type {boolean | null} */
let cachedCanAskWhy = null;
const canAskWhy = () => (cachedCanAskWhy ??= arcs.some((arc) => arc.why !== null || sentencesOf(arc).length > 0 || intentsOf(arc).length > 0));

/** The condition that a reader names, or what is wrong with it. @param {string | null} intent @param {string | null} about @returns {ReasonCondition | string | null} null: none is named */
function reasonCondition(intent, about) {
  if (intent === null && about === null) return null;
  if (!canAskWhy()) return "This page knows of no citation why it was made: it cannot group paths by that.";
  if (intent !== null && about !== null) return "A condition on reasons is a purpose or words: leave one of the two out.";
  if (about !== null) {
    const words = about.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim(); // what is not seen separates words and is none
    return wordsOf(words).length ? { intent: null, about: words } : `“${clipText(words, 60)}” has no word in it: say what the reason must speak of.`;
  }
  const known = facts.intents.find((each) => each === intent);
  return known === undefined ? `No purpose is called “${clipText(intent ?? "", 60)}”: there are ${facts.intents.join(", ")}.` : { intent: known, about: null };
}

/** Whether a hop meets a condition, by its reason and by what the sources of the citation say of it. @param {ReasonCondition} condition @param {Arc} arc @returns {Verdict} */
function verdictOfHop({ intent, about }, arc) {
  const said = intent === null ? [...sentencesOf(arc), ...(arc.why ? [arc.why[0]] : [])] : intentsOf(arc);
  if (!said.length) return null;
  return said.some((each) => (intent === null ? speaksOf(each, about) : each === intent));
}

/** Whether a path meets a condition: with all of its hops, or, when it is about words, with one of them. @param {ReasonCondition} condition @param {Verdict[]} verdicts of its hops @returns {Verdict} */
function verdictOfPath({ intent }, verdicts) {
  const decisive = intent === null; // one hop that does not meet it decides, or one that does
  if (verdicts.includes(decisive)) return decisive;
  return verdicts.includes(null) ? null : !decisive;
}

/** Whether a text has the words of a phrase one after the other; the last may go on. @param {string} text @param {string} phrase */
function speaksOf(text, phrase) {
  const found = wordsOf(text);
  const [wanted, joined] = [wordsOf(phrase).join(""), found.join("")];
  let next = 0;
  return found.some((word) => {
    const begin = next;
    next += word.length;
    return joined.startsWith(wanted, begin);
  });
}

const MOST_LETTERS_NAMED = 100;

/** The purpose, or the words in quotation marks; a long text is cut. @param {ReasonCondition} condition @returns {(Node | string)[]} */
function nameOfCondition({ intent, about }) {
  if (intent !== null) return [intent];
  return ["“", bdi(clipText(about, MOST_LETTERS_NAMED)), "”"];
}

/** What the paths of a group have in common, as graph/exports/text/grouped_paths_text.py says it. @param {ReasonCondition} condition @param {Verdict} verdict @returns {(Node | string)[]} */
function meaningOfGroup(condition, verdict) {
  const name = nameOfCondition(condition);
  if (condition.intent !== null) {
    if (verdict) return ["Paths whose every hop is for ", ...name];
    return [verdict === null ? "Paths of which that is not known: nothing is known of a hop, and no hop is for something else" : "Paths with a hop that is for something else"];
  }
  if (verdict) return ["Paths with a hop that speaks of ", ...name];
  return [verdict === null ? "Paths of which that is not known: nothing is known of a hop, and no hop speaks of it" : "Paths whose every hop speaks of something else"];
}

/** How many citations between the two papers meet a condition. @param {ReasonCondition} condition @param {Map<string, Verdict>} hops @returns {(Node | string)[]} */
function hopsByVerdict(condition, hops) {
  const [yes, unknown, no] = VERDICTS.map((verdict) => [...hops.values()].filter((each) => each === verdict).length);
  const between = `Of the ${counted(hops.size, "citation", "citations")} between the two`;
  /** @param {number} n @param {string} one @param {string} many */
  const some = (n, one, many) => `${formatCount(n)} ${n === 1 ? one : many}`;
  const others = `and of ${formatCount(unknown)} nothing is known.`;
  if (condition.intent !== null) return [`${between} ${some(yes, "is", "are")} for `, ...nameOfCondition(condition), `, ${some(no, "is", "are")} for something else, ${others}`];
  return [`${between} ${some(yes, "speaks", "speak")} of `, ...nameOfCondition(condition), `, ${some(no, "does", "do")} not, ${others}`];
}

/** Nodes and texts as one text. @param {(Node | string)[]} parts */
const plainText = (parts) => element("span", {}, ...parts).textContent ?? "";
