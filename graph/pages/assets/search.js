// Fields that find a paper while one types, by title, name, author, year or number.

const HITS = 8;

/** @type {[string, string][] | null} keys with what they are found by; made when first needed */
let searchable = null;

/** @param {string} query @returns {string[]} the keys of papers that hold every word, listed papers first; else of the one that it identifies */
function found(query) {
  searchable ??= keys.map((key, n) => {
    const { name, title, also, authors, year } = papers[key];
    return [key, fold([labelAt(n), name, title ?? "", ...also, ...authors, year ?? ""].join(" "))];
  });
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = searchable.filter(([, text]) => words.every((word) => text.includes(word))).map(([key]) => key);
  if (!hits.length) return keys.filter(identifiedBy(query.trim()));
  const exact = new Set(hits.filter((key) => papers[key].numbers.includes(Number(query)) || namesOf(key).some((name) => fold(name) === fold(query.trim()))));
  return hits.sort((a, b) => Number(exact.has(b)) - Number(exact.has(a)) || byPlace(a, b)).slice(0, HITS);
}

/**
 * Make a text field find papers.
 * @param {string} id of the field; its list has the id with "-hits"
 * @param {(key: string) => void} choose
 * @param {{arrow?: (text: string) => boolean, keep?: boolean}} more
 *   `arrow` takes a text that asks for paths, and says whether it could be asked; `keep` leaves the name.
 */
function finder(id, choose, { arrow, keep = false } = {}) {
  const input = field(id);
  const list = byId(`${id}-hits`);
  /** @type {{inside: (Node | string)[], take: () => boolean | void}[]} */
  let options = [];
  let active = 0;
  let none = false;

  const show = () => {
    const text = input.value;
    delete input.dataset.key;
    if (arrow && asksForPaths(text)) options = [{ inside: ["Paths: ", bdi(text.trim())], take: () => arrow(text) }];
    else options = found(text).map((key) => ({ inside: [bdi(nameOf(key)), element("small", {}, ` ${told(key)}`)], take: () => choose(key) }));
    active = 0;
    none = !options.length && text.trim() !== "";
    const empty = element("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No paper of this page");
    list.replaceChildren(...(none ? [empty] : options.map(optionAt)));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  /** @param {string} key */
  const told = (key) => `${yearOf(key)}${papers[key].authors.length ? ` · ${papers[key].authors[0]}` : ""}${isDrawn(key) ? "" : ", not in the picture"}`;
  /** @param {{inside: (Node | string)[]}} option @param {number} n */
  const optionAt = ({ inside }, n) => {
    const made = element("li", { role: "option", id: `${id}-hit-${n}` }, ...inside);
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus until the choice is made
      take(n);
    });
    return made;
  };
  const mark = () => {
    if (!none) [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    if (options.length && !list.hidden) input.setAttribute("aria-activedescendant", `${id}-hit-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const shut = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  /** @param {number} n */
  const take = (n) => {
    const typed = input.value;
    if (!keep) input.value = "";
    shut();
    if (options[n].take() === false) input.value = typed; // to be mended there
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && !input.dataset.key && show());
  input.addEventListener("blur", shut);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Enter" && options.length && open) take(active);
    else if (event.key === "Enter" && none) {
      if (keep) return shut(); // the form says what is wrong
      show(); // what it says stays
    } else if (event.key === "Escape" && (open || input.value)) {
      if (!open || !keep) input.value = "";
      shut();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      if (!open) show();
      else active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      mark();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
