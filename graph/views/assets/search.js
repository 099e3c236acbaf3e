// Fields that find a paper while one types, by title, name, author, year or number.

const HITS = 8;

/** @type {[string, string][] | null} keys with what they are found by; made when first needed */
let searchable = null;

/** @param {string} query @returns {string[]} the keys of papers that hold every word, listed papers first */
function found(query) {
  searchable ??= spots.map(({ id, label }) => {
    const { name, title, also, authors, year } = papers[id];
    return [id, fold([label, name, title ?? "", ...also, ...authors, year ?? ""].join(" "))];
  });
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = searchable.filter(([, text]) => words.every((word) => text.includes(word))).map(([key]) => key);
  const exact = new Set(hits.filter((key) => papers[key].numbers.includes(Number(query)) || namesOf(key).some((name) => fold(name) === fold(query.trim()))));
  return hits.sort((a, b) => Number(exact.has(b)) - Number(exact.has(a)) || byPlace(a, b)).slice(0, HITS);
}

/** Papers that the picture has no room for. @param {string} query @returns {number[]} */
function foundElsewhere(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  /** @type {number[]} */
  const hits = [];
  for (let n = 0; n < facts.others.length && hits.length < HITS; n += 1) {
    const text = fold(facts.others[n].join(" "));
    if (words.every((word) => text.includes(word))) hits.push(n);
  }
  return hits;
}

/**
 * Make a text field find papers.
 * @param {string} id of the field; its list has the id with "-hits"
 * @param {(key: string) => void} choose
 * @param {{arrow?: (text: string) => void, other?: (n: number) => void, keep?: boolean}} more
 *   `arrow` takes a text that asks for paths, `other` a paper that is not in the picture; `keep` leaves the name.
 */
function finder(id, choose, { arrow, other, keep = false } = {}) {
  const input = field(id);
  const list = byId(`${id}-hits`);
  /** @type {{inside: (Node | string)[], take: () => void}[]} */
  let options = [];
  let active = 0;
  let none = false;

  const show = () => {
    const text = input.value;
    delete input.dataset.key;
    const elsewhere = other ? foundElsewhere(text) : [];
    if (arrow && asksForPaths(text)) options = [{ inside: ["Paths: ", bdi(text.trim())], take: () => arrow(text) }];
    else {
      options = found(text).map((key) => ({ inside: [bdi(nameOf(key)), element("small", {}, ` ${told(key)}`)], take: () => choose(key) }));
      for (const n of elsewhere.slice(0, HITS - options.length)) {
        const [, name, year] = facts.others[n];
        options.push({ inside: [bdi(name), element("small", {}, ` ${year ?? "undated"}, not in the picture`)], take: () => other?.(n) });
      }
    }
    active = 0;
    none = !options.length && text.trim() !== "";
    const empty = element("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No paper of this page");
    list.replaceChildren(...(none ? [empty] : options.map(optionAt)));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  /** @param {string} key */
  const told = (key) => `${yearOf(key)}${papers[key].authors.length ? ` · ${papers[key].authors[0]}` : ""}`;
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
    if (!keep) input.value = "";
    shut();
    options[n].take();
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && !input.dataset.key && show());
  input.addEventListener("blur", shut);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Enter" && options.length && open) take(active);
    else if (event.key === "Enter" && none) shut();
    else if (event.key === "Escape" && (open || input.value)) {
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
