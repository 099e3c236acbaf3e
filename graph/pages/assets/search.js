// Text fields that find a paper while the reader types: by title, name, author, year or number.

const MOST_HITS = 8;

/** @type {[string, string][] | null} keys with the folded text by which they are found; made when first needed */
let searchTexts = null;

/**
 * The papers that have every word of a query, the best first; else the paper that it identifies.
 * @param {string} query @returns {string[]}
 */
function searchPapers(query) {
  searchTexts ??= keys.map((key, n) => {
    const { name, title, also, authors, years } = papers[key];
    return [key, foldText([labelAt(n), name, title ?? "", ...also, ...authors, ...years.map(String)].map(shownText).join(" "))];
  });
  const words = foldText(shownText(query.trim())).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = searchTexts.filter(([, text]) => words.every((word) => text.includes(word))).map(([key]) => key);
  if (!hits.length) return [isIdentifiedBy, isAbbreviatedAs].map((rule) => keys.filter(rule(query.trim()))).find((found) => found.length) ?? [];
  const exact = new Set(hits.filter((key) => papers[key].numbers.includes(Number(query)) || namesOf(key).some((name) => foldText(name) === foldText(query.trim()))));
  return hits.sort((a, b) => Number(exact.has(b)) - Number(exact.has(a)) || byListOrder(a, b)).slice(0, MOST_HITS);
}

/** What tells a paper from others in a list of hits. @param {string} key */
function describeHit(key) {
  const [author] = papers[key].authors;
  return `${yearOf(key)}${author === undefined ? "" : ` · ${author}`}${isDrawn(key) ? "" : ", not in the picture"}`;
}

/**
 * Make a text field find papers.
 * @param {string} id of the field; its list has the id with "-hits"
 * @param {(key: string) => void} choose
 * @param {{requestByText?: (text: string) => boolean, keepText?: boolean}} more
 *   `requestByText` takes a text with an arrow, and says whether it was understood; `keepText`: the text stays when a paper is chosen.
 */
function setUpSearchField(id, choose, { requestByText, keepText = false } = {}) {
  const input = inputById(id);
  const list = byId(`${id}-hits`);
  /** @type {{content: (Node | string)[], take: () => boolean | void}[]} */
  let options = [];
  let active = 0;
  let foundNothing = false;

  const update = () => {
    const text = input.value;
    delete input.dataset.key;
    if (requestByText && hasArrow(text)) options = [{ content: ["Paths: ", bdi(text.trim())], take: () => requestByText(text) }];
    else {
      options = searchPapers(text).map((key) => ({ content: [bdi(numberedName(key)), element("small", {}, ` ${describeHit(key)}`)], take: () => choose(key) }));
      if (requestByText) options.push(...pairsNamedBy(text, options.length > 0).map((pair) => ({ content: ["Paths: ", bdi(pair.map(numberedName).join(" → "))], take: () => requestPaths(...pair) })));
    }
    active = 0;
    foundNothing = !options.length && text.trim() !== "";
    const nothing = element("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No paper of this page");
    list.replaceChildren(...(foundNothing ? [nothing] : options.map(optionElement)));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    markActive();
  };
  /** @param {{content: (Node | string)[]}} option @param {number} n */
  const optionElement = ({ content }, n) => {
    const item = element("li", { role: "option", id: `${id}-hit-${n}` }, ...content);
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus until the choice is made
      take(n);
    });
    return item;
  };
  const markActive = () => {
    if (!foundNothing) [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    if (options.length && !list.hidden) input.setAttribute("aria-activedescendant", `${id}-hit-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  /** @param {number} n */
  const take = (n) => {
    const typed = input.value;
    if (!keepText) input.value = "";
    close();
    if (options[n].take() === false) input.value = typed; // for the reader to correct
  };
  input.addEventListener("input", update);
  input.addEventListener("focus", () => input.value && !input.dataset.key && update());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Enter" && options.length && open) take(active);
    else if (event.key === "Enter" && foundNothing) {
      if (keepText) return close(); // the form says what is wrong
      update(); // the list says it, and stays
    } else if (event.key === "Escape" && (open || input.value)) {
      if (!open || !keepText) input.value = "";
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      if (!open) update();
      else active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      markActive();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
