// Words about papers and citations, and elements that hold them: texts are always text, never markup.

/** @param {string} key @returns {string} "6 BERT": the numbers on the list, and the name */
const nameOf = (key) => [papers[key].numbers.join(" and "), papers[key].name].filter(Boolean).join(" ");

/** @param {string} key */
const yearOf = (key) => String(papers[key].year ?? "undated");

/** @param {number | bigint} n */
const grouped = (n) => n.toLocaleString("en");

/** @param {number | bigint} n @param {string} one @param {string} many */
const counted = (n, one, many) => `${Number(n) === 0 ? "no" : grouped(n)} ${Number(n) === 1 ? one : many}`;

/** @param {string} key @param {number} most how many to name @returns {string} */
function authorsOf(key, most = Infinity) {
  const { authors, more, allAuthors } = papers[key];
  if (!authors.length) return "authors unknown";
  const named = authors.slice(0, authors.length === most + 1 ? most + 1 : most); // "and 1 more" is no shorter
  const unnamed = more + authors.length - named.length;
  if (unnamed) return `${named.join(", ")} and ${unnamed} more`;
  return named.join(", ") + (allAuthors ? "" : " and perhaps others");
}

/** @param {string} key @returns {string} the chosen themes, or the inferred ones, said to be so */
function themesOf(key) {
  const paper = papers[key];
  if (paper.themes.length) return paper.themes.map((id) => themes[id]).join("; ");
  if (!paper.shares.length) return "no theme known";
  return `inferred: ${paper.shares.map(([id, share]) => `${themes[id]} ${percent(share)}`).join("; ")}`;
}

/** The theme of a paper's lane, said to be inferred where it is. @param {string} key */
function mainThemeOf(key) {
  const { lane, themes: chosen } = papers[key];
  if (lane === null) return "no theme known";
  return chosen.length ? themes[lane] : `${themes[lane]} (inferred)`;
}

/** @param {number} share */
const percent = (share) => (share < 0.005 ? "under 1 %" : `${evenly(share * 100)} %`);

/** Rounded as Python does it: a half goes to the even side. @param {number} n */
const evenly = (n) => (n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n));

/** @param {Arc} arc @returns {string} who says so, with the places in their lists */
function assertedBy(arc) {
  const said = arc.by.map(([source, entries]) => {
    const { label, note } = sources[source];
    const where = entries.length ? `, ${entries.length > 1 ? "entries" : "entry"} ${entries.join(", ")}` : "";
    return label + where + (note ? ` (${note})` : "");
  });
  return `asserted by ${said.join("; ")}.`;
}

/** @param {string} text letters without case and accents */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/** @param {string} text its words, folded */
const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A text whose direction is its own business. @param {string} text */
const bdi = (text) => element("bdi", {}, text);

/** @param {(Node | string)[]} items */
const listOf = (items) => element("ul", {}, ...items.map((item) => element("li", {}, item)));

/** A button that does something. @param {Node | string} inside @param {() => void} action @param {Record<string, string>} attributes */
function button(inside, action, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, inside);
  made.addEventListener("click", action);
  return made;
}

/** A button with a paper's name that opens its details. @param {string} key */
const paperButton = (key) => button(bdi(nameOf(key)), () => select(key), { "data-key": key, class: "link" });

/** Names with their years, as buttons, the first of many. @param {string[]} keys @param {number} most */
function someOf(keys, most = 8) {
  const named = keys.slice(0, most).flatMap((key, n) => [n ? ", " : "", paperButton(key), ` (${yearOf(key)})`]);
  return element("span", {}, ...named, keys.length > most ? ` and ${keys.length - most} more` : "");
}

/** Tell those who listen to the page. @param {string} text */
function announce(text) {
  byId("announcer").textContent = text;
}
