// From what a reader types to a paper of this page, by the rules of graph/analysis/resolve.py.

/** @typedef {{keys: string[], problem?: undefined} | {problem: string, keys?: undefined}} Resolution */

const EXAMPLE = facts.example ? `Name two papers, as in: ${facts.example}` : "Name two papers with an arrow between them";

/** The letters and digits of a text, folded and without what is between them. @param {string} text */
const lettersAndDigits = (text) => wordsOf(text).join("");

/** An address without what is the same for most. @param {string} address */
const withoutProtocol = (address) => address.toLowerCase().replace(/^(?:https?:\/\/)?(?:www\.|dx\.)?/, "");

/** How people write identifiers that differ from their spelling here, by what those are. @type {[RegExp, string][]} */
const SPELLINGS = [
  [/^(?:pmid|pubmed)[\s:]+0*(\d{1,8})$|^(?:pubmed\.(?:ncbi\.nlm\.nih\.gov|gov)|(?:ncbi\.nlm\.nih\.gov)\/pubmed|europepmc\.org\/article\/med)\/(\d{1,8})$/, "pmid:"],
  [/^(?:.*\/|pmcid[\s:]+)?pmc ?0*(\d{3,8})(?:\.\d+)?$|^pmcid[\s:]+0*(\d{3,8})$/, "pmcid:"],
  [/^(?:(?:\w+\.)?openalex\.org\/(?:works\/)?|openalex[\s:]+)?(w\d{6,18})$|^openalex[\s:]+(w\d{1,18})$/, "openalex:"],
  [/^(?:.*\/|omid[\s:]+)?(br\/06\d+)$/, "omid:"],
];

/** An identifier as pages spell it, in small letters, of what is written; nothing of another scheme. @param {string} written */
function spelt(written) {
  for (const [form, scheme] of SPELLINGS) {
    const match = form.exec(written);
    if (match) return scheme + (match[1] ?? match[2]);
  }
  return undefined;
}

/** Whether a paper has an identifier, however that is written: with its scheme, as an address, or its value alone. @param {string} text @returns {(key: string) => boolean} */
function isIdentifiedBy(text) {
  const written = withoutEnd(withoutProtocol(text.trim()), "/");
  const bare = written.replace(/^(?:arxiv\.org\/(?:abs|pdf)|doi\.org)\//, "").replace(/^[a-z0-9]+:\s*/, "").replace(/^10\.48550\/arxiv\./, ""); // arXiv's own DOIs
  const values = [bare, bare.replace(/v\d+$/, "")].filter((value) => /\d/.test(value) && /[./]|^[0-9a-f]{40}$/.test(value));
  const isMeant = (/** @type {Link} */ { text: identifier, href }) =>
    [written, spelt(written)].includes(identifier.toLowerCase()) || written === withoutProtocol(href) || values.includes(identifier.slice(identifier.indexOf(":") + 1).toLowerCase());
  return (key) => papers[key].links.some(isMeant);
}

/** Whether a paper has a name or a title of these letters and digits. @param {string} text @param {(key: string) => string[]} textsOf */
function isCalled(text, textsOf) {
  const wanted = lettersAndDigits(text);
  return (/** @type {string} */ key) => wanted !== "" && textsOf(key).some((name) => lettersAndDigits(name) === wanted);
}

const OTHERS = ["et al.", "et al", "et. al.", "et. al", "et alii", "and others", "and colleagues", "& al.", "& al"];

/** Authors without what stands for those that are not named. @param {string} authors */
function withoutOthers(authors) {
  const ending = OTHERS.find((each) => authors.toLowerCase().endsWith(` ${each}`) || authors.toLowerCase().endsWith(`,${each}`));
  return ending === undefined ? authors : withoutEnd(authors.slice(0, -ending.length), " ,;&");
}

/** A text without some characters at its end. @param {string} text @param {string} characters */
function withoutEnd(text, characters) {
  let end = text.length;
  while (end && characters.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** An author without the initials behind the family name: "Devlin J.", "Cho, K. H.". @param {string} author */
function withoutInitials(author) {
  const parts = author.split(",")[0].split(" ");
  while (parts.length > 1 && (parts[parts.length - 1].match(/\p{L}/gu) ?? []).length <= 1) parts.pop();
  return parts.join(" ");
}

/** Whether a paper is cited as "Devlin et al. (2018)", "Radford & Narasimhan, 2018a", as graph/model/names.py reads it. @param {string} text @returns {(key: string) => boolean} */
function isCitedAs(text) {
  const plain = withoutEnd(text.split(/\s+/).filter(Boolean).join(" "), " )].,;");
  const year = /(?:19|20)\d\d[a-z]?$/.exec(plain.slice(-5));
  const authors = year ? plain.slice(0, -year[0].length) : "";
  if (!year || !authors || /[\p{L}\p{N}]$/u.test(authors)) return () => false;
  const [first, ...others] = withoutOthers(withoutEnd(authors, " ([,;")).split(/ (?:and|und|et|y) | ?[&;] ?/);
  const surnames = [surnameOf(first), surnameOf(withoutInitials(first))];
  const named = others.map((other) => surnameOf(withoutInitials(other))).filter((other) => other !== undefined);
  return (key) => {
    const { authors: known, more, allAuthors, years } = papers[key];
    if (!known.length || !years.includes(Number(year[0].slice(0, 4)))) return false;
    const [own, ...rest] = known.map(surnameOf);
    return own !== undefined && surnames.includes(own) && (more > 0 || !allAuthors || named.every((other) => rest.includes(other)));
  };
}

/** Each rule makes of a text a test for papers; the first rule that fits any paper decides. @type {((text: string) => (key: string) => boolean)[]} */
const NAME_RULES = [
  (text) => {
    const number = /^(?:(?:#|entry\s+|no\.?\s*)?(\d{1,5})|\[(\d{1,5})\])$/i.exec(text);
    return (key) => number !== null && papers[key].numbers.includes(Number(number[1] ?? number[2]));
  },
  (text) => (key) => key === text || key === text.toLowerCase(),
  isIdentifiedBy,
  (text) => isCalled(text, namesOf),
  (text) => isCalled(text, (key) => [papers[key].title ?? "", ...papers[key].also]),
  (text) => isCalled(text, nameInTitle),
  isCitedAs,
  isAbbreviatedAs,
  (text) => {
    const wanted = wordsOf(text).join(" ");
    return (key) => wanted !== "" && [papers[key].title ?? "", ...namesOf(key)].some((name) => wordsOf(name).join(" ").includes(wanted));
  },
];

/** What people call a paper. @param {string} key */
const namesOf = (key) => [...(papers[key].called === null ? [] : [papers[key].called ?? ""]), ...papers[key].also];

/** The name that a paper's title begins with. @param {string} key */
const nameInTitle = (key) => (papers[key].called === null && papers[key].title?.startsWith(`${papers[key].name}:`) ? [papers[key].name] : []);

const SMALL_WORDS = new Set(facts.smallWords);

/** Whether a text is the abbreviation of a paper's title or name, as `initials_pattern` of graph/utils/title_names.py has it. @param {string} text @returns {(key: string) => boolean} */
function isAbbreviatedAs(text) {
  const [, letters] = /^(\p{Lu}{3,8})s?$/u.exec(text.trim()) ?? [];
  if (!letters) return () => false;
  const initials = [...foldText(letters)];
  return (key) => [papers[key].title ?? "", ...namesOf(key)].some((title) => fitsInitials(wordsOf(title), initials));
}

/** Whether words begin with some letters, where small words may be left out. @param {string[]} words @param {string[]} initials @returns {boolean} */
function fitsInitials(words, initials) {
  if (!words.length || !initials.length) return words.length === initials.length;
  const [word, ...rest] = words;
  return (word.startsWith(initials[0]) && fitsInitials(rest, initials.slice(1))) || (SMALL_WORDS.has(word) && fitsInitials(rest, initials));
}

/** The folded family name, from "Given Family" or "Family, Given", as graph/utils/text.py finds it. @param {string} author */
function surnameOf(author) {
  const shown = shownText(author);
  const family = shown.includes(",") ? shown.slice(0, shown.indexOf(",")) : shown;
  return wordsOf(family).filter((word) => !["jr", "sr", "ii", "iii", "iv"].includes(word)).at(-1);
}

/** The one paper that a name means. @param {string} text @returns {Resolution} */
function resolveName(text) {
  const name = text.trim();
  for (const rule of NAME_RULES) {
    const found = keys.filter(rule(name)).sort(byListOrder);
    if (found.length === 1) return { keys: found };
    if (found.length) {
      const candidates = found.slice(0, 6).map((key) => `${numberedName(key)} (${yearOf(key)})`).join("; ");
      return { problem: `“${name}” could be ${candidates}${found.length > 6 ? ` or one of ${found.length - 6} others` : ""}. Say more of the title.` };
    }
  }
  if (!name) return { problem: EXAMPLE };
  const similar = similarNames(name);
  return { problem: `No paper of this page is called “${name}”.${similar.length ? ` Did you mean ${similar.join(", or ")}?` : ""}` };
}

const MOST_SUGGESTIONS = 2;

/** The names of this page that differ from a name by typing errors, the most similar first. @param {string} name */
function similarNames(name) {
  const typed = lettersAndDigits(name);
  const mostErrors = Math.min(2, Math.floor(typed.length / 3));
  const allNames = [...new Set(keys.flatMap((key) => [papers[key].name, ...papers[key].also]))];
  return allNames
    .map((other) => ({ other, errors: editDistance(typed, lettersAndDigits(other), mostErrors) }))
    .filter(({ errors }) => errors <= mostErrors)
    .sort((a, b) => a.errors - b.errors)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ other }) => other);
}

/**
 * How many letters were left out, added, changed, or swapped with the next one (Damerau 1964, doi:10.1145/363958.363994).
 * @param {string} a @param {string} b @param {number} most a greater distance need not be exact
 */
function editDistance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [secondLastRow, lastRow] = [/** @type {number[]} */ ([]), Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(lastRow[j] + 1, row[j - 1] + 1, lastRow[j - 1] + Number(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], secondLastRow[j - 2] + 1);
    }
    [secondLastRow, lastRow] = [lastRow, row];
  }
  return lastRow[b.length];
}
