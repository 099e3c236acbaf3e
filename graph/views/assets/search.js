// Finding a paper by title, name or author.

const HITS = 8;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @type {[string, string][] | null} keys with what they are found by; made when first needed */
let searchable = null;

/** @param {string} query @returns {string[]} the keys of papers that hold every word, listed papers first */
function found(query) {
  searchable ??= spots.map(({ id, label }) => {
    const { name, title, also, authors } = papers[id];
    return [id, fold([label, name, title ?? "", ...also, ...authors].join(" "))];
  });
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hits = searchable.filter(([, text]) => words.every((word) => text.includes(word))).map(([key]) => key);
  return hits.sort((a, b) => papers[b].numbers.length - papers[a].numbers.length || byDate(a, b)).slice(0, HITS);
}

/** Oldest first, papers without a date last. */
function byDate(a, b) {
  const [one, other] = [papers[a].date ?? "9999", papers[b].date ?? "9999"];
  return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
}

/** @param {(key: string) => void} select */
function setUpSearch(select) {
  const input = document.getElementById("search");
  const list = document.getElementById("hits");
  let keys = [];
  let active = 0;

  const show = () => {
    keys = found(input.value);
    active = 0;
    const none = input.value.trim() ? [element("li", { class: "none", role: "option", "aria-disabled": "true" }, "No paper of this view")] : [];
    list.replaceChildren(...(keys.length ? keys.map(option) : none));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  const option = (key, n) => {
    const made = element("li", { role: "option", id: `hit-${n}` }, bdi(nameOf(key)), element("small", {}, ` ${papers[key].year ?? "undated"}`));
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus until the choice is made
      choose(key);
    });
    return made;
  };
  const mark = () => {
    [...list.children].forEach((item, n) => keys.length && item.setAttribute("aria-selected", String(n === active)));
    if (keys.length) input.setAttribute("aria-activedescendant", `hit-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (key) => {
    input.value = "";
    close();
    select(key);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && keys.length && !list.hidden) choose(keys[active]);
    else if (event.key === "Escape" && input.value) input.value = "";
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && keys.length) {
      active = (active + (event.key === "ArrowDown" ? 1 : keys.length - 1)) % keys.length;
      mark();
      event.preventDefault();
      return;
    } else return;
    close();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input")) return;
    event.preventDefault();
    input.focus();
  });
}
