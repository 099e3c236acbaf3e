// "BERT InstructGPT": two papers without an arrow between them.

const MOST_WORDS = 8; // more are a title
const MOST_PAIRS = 3;

/** The questions that a text of two names can be, those of whole names first; in the direction in which there is a path, if there is one. @param {string} text @param {boolean} onlyWhole both names are to be whole ones @returns {[string, string][]} */
function pairsNamedBy(text, onlyWhole = false) {
  const words = text.trim().split(/\s+/);
  if (words.length < 2 || words.length > MOST_WORDS) return [];
  const pairs = words.slice(1).flatMap((_, n) => {
    const [one, other] = [words.slice(0, n + 1).join(" "), words.slice(n + 1).join(" ")];
    const [first] = searchPapers(one);
    const second = searchPapers(other).find((key) => key !== first);
    if (first === undefined || second === undefined) return [];
    return [{ ends: /** @type {[string, string]} */ ([first, second]), whole: Number(isNameOf(first, one)) + Number(isNameOf(second, other)) }];
  });
  const fitting = pairs.filter(({ whole }) => !onlyWhole || whole === 2);
  const best = fitting.sort((a, b) => b.whole - a.whole).slice(0, MOST_PAIRS).map(({ ends }) => inLineage(ends));
  return best.filter((pair, n) => best.findIndex((other) => other.join() === pair.join()) === n);
}

/** Two papers, the older first where a path leads only the other way. @param {[string, string]} pair @returns {[string, string]} */
const inLineage = ([one, other]) => (!between(pageGraph(), one, other) && between(pageGraph(), other, one) ? [other, one] : [one, other]);

/** @param {string} key @param {string} text */
const isNameOf = (key, text) => namesOf(key).some((name) => foldText(name) === foldText(text));
