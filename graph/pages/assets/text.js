// Papers and citations in words, and elements that hold them: a text is always shown as text, never as markup.

/** The numbers on the list and the name, as in "6 BERT". @param {string} key */
const numberedName = (key) => [papers[key].numbers.join(" and "), papers[key].name].filter(Boolean).join(" ");

/** @param {string} key */
const yearOf = (key) => String(papers[key].year ?? "undated");

/** A number with commas between the thousands. @param {number | bigint} n */
const formatCount = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ","); // toLocaleString takes a tenth of the first frame

/** A number with its noun, singular or plural. @param {number | bigint} n @param {string} one @param {string} many */
const counted = (n, one, many) => `${Number(n) === 0 ? "no" : formatCount(n)} ${Number(n) === 1 ? one : many}`;

/** @param {string} key @param {number} most how many to name */
function authorsOf(key, most = Infinity) {
  const { authors, more, allAuthors } = papers[key];
  if (!authors.length) return "authors unknown";
  const named = authors.slice(0, authors.length === most + 1 ? most + 1 : most); // "and 1 more" is no shorter
  const unnamed = more + authors.length - named.length;
  if (unnamed) return `${named.join(", ")} and ${unnamed} more`;
  return named.join(", ") + (allAuthors ? "" : " and perhaps others");
}

/** The chosen themes, or the inferred ones with their shares. @param {string} key */
function themesOf(key) {
  const paper = papers[key];
  if (paper.themes.length) return paper.themes.map((id) => themes[id]).join("; ");
  if (!paper.shares.length) return facts.lanesBy.none;
  return `inferred: ${paper.shares.map(([id, share]) => `${themes[id]} ${percent(share)}`).join("; ")}`;
}

/** The theme of a paper's lane, with a note where it is inferred. @param {string} key */
function mainThemeOf(key) {
  const { lane, themes: chosen } = papers[key];
  if (lane === null) return facts.lanesBy.none;
  return chosen.length ? themes[lane] : `${themes[lane]} (inferred)`;
}

/** @param {number} share */
const percent = (share) => (share < 0.005 ? "under 1 %" : `${roundHalfToEven(share * 100)} %`);

/** Round as Python does: a half goes to the even number. @param {number} n */
const roundHalfToEven = (n) => (n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n));

/** A source, and where in its list it has a citation. @param {Assertion} assertion */
function sourceOf([source, entries]) {
  return sources[source].label + (entries.length ? `, ${entries.length > 1 ? "entries" : "entry"} ${entries.join(", ")}` : "");
}

/** Who asserts a citation, with the entries of their lists. @param {Arc} arc */
function assertedBy(arc) {
  const assertions = arc.by.map((assertion) => {
    const { note } = sources[assertion[0]];
    return sourceOf(assertion) + (note ? ` (${note})` : "");
  });
  return `asserted by ${assertions.join("; ")}.`;
}

/** Why a citation was made, as `short_reason` of graph/exports/text/reason_text.py words it; "" where no citation has a reason. @param {Arc} arc */
function whyCited(arc) {
  if (!hasReasons) return "";
  if (!arc.why) return "no reason recorded";
  const [uses, intents, , confidence] = arc.why;
  const notes = [intents.join(", "), confidence === "partial" ? "read in part" : ""].filter(Boolean).join("; ");
  return uses + (notes ? ` [${notes}]` : "");
}

/** The same as a line of its own. @param {Arc} arc */
const whyLine = (arc) => (hasReasons ? [element("small", { class: "reason" }, bdi(whyCited(arc)))] : []);

const specialLetters = new RegExp(`[${Object.keys(facts.letters).join("")}]`, "g");

/** A text without case and accents, as `fold` of graph/utils/text.py makes it; upper case first, for "ß"; a sigma is one at the end of a word too. @param {string} text */
const foldText = (text) => text.replace(specialLetters, (letter) => facts.letters[letter]).normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase().replaceAll("ς", "σ");

const shownTexts = new Map(Object.entries(facts.shown));
/** What a text of this page shows: without its markup. @param {string} text */
const shownText = (text) => shownTexts.get(text) ?? text;

/** The folded words of a text as it is shown, as `words` of graph/utils/text.py finds them. @param {string} text */
const wordsOf = (text) => foldText(shownText(text)).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * A new element.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function element(name, attributes = {}, ...children) {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

/** A text whose writing direction does not affect what is around it. @param {string} text */
const bdi = (text) => element("bdi", {}, text);

/** @param {(Node | string)[]} items */
const listOf = (items) => element("ul", {}, ...items.map((item) => element("li", {}, item)));

/** A button that does something when clicked. @param {Node | string} content @param {() => void} action @param {Record<string, string>} attributes */
function button(content, action, attributes = {}) {
  const created = element("button", { type: "button", ...attributes }, content);
  created.addEventListener("click", action);
  return created;
}

/** Do something when the element with an id is clicked. @param {string} id @param {() => void} action */
const onClick = (id, action) => byId(id).addEventListener("click", action);

/** A button with a paper's name that opens its details. @param {string} key */
const paperButton = (key) => button(bdi(numberedName(key)), () => selectPaper(key), { "data-key": key, class: "link" });

/** The first papers of many, as buttons with their years. @param {string[]} keys @param {number} most */
function firstPapers(keys, most = 8) {
  const named = keys.slice(0, most).flatMap((key, n) => [n ? ", " : "", paperButton(key), ` (${yearOf(key)})`]);
  return element("span", {}, ...named, keys.length > most ? ` and ${keys.length - most} more` : "");
}

/** The folds that the reader has opened: the next ones of their kind are open too. */
const openFolds = new Set();

/** A section that is written when the reader opens it. @param {string} kind @param {string} title @param {(body: HTMLElement) => void} write */
function foldedSection(kind, title, write) {
  const body = element("div");
  const section = /** @type {HTMLDetailsElement} */ (element("details", { class: `fold ${kind}` }, element("summary", {}, title), body));
  section.open = openFolds.has(kind);
  const update = () => {
    openFolds[section.open ? "add" : "delete"](kind);
    if (section.open && !body.childNodes.length) write(body);
  };
  section.addEventListener("toggle", update);
  update();
  return section;
}

let noticeTimer = 0;

/** Tell every reader for some seconds that something is done. @param {string} text */
function notify(text) {
  announce(text);
  byId("notice").textContent = text;
  byId("notice").hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = window.setTimeout(() => (byId("notice").hidden = true), 4000);
}

/** Have a screen reader say a text. @param {string} text */
function announce(text) {
  byId("announcer").textContent = text;
}
