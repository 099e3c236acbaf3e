// Fields that search the whole corpus while one types. The server answers; texts are always text, never markup.
(() => {
"use strict";

/** @typedef {{key: string, name: string, title: string | null, year: number | null, authors: string[]}} Found */

const ARROW = /→|⟶|➔|⇒|↔|⟷|⇔|[-=]+>/;
const HITS = 8;
const PAUSE = 120; // milliseconds without a key, before the server is asked

/** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} children */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** @param {HTMLInputElement} input */
function finder(input) {
  const box = /** @type {HTMLElement} */ (input.parentElement);
  const list = /** @type {HTMLElement} */ (box.querySelector("[role=listbox]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  const then = input.dataset.servedThen;
  /** @type {Found[]} */
  let papers = [];
  let active = -1;
  let timer = 0;
  /** @type {AbortController | null} */
  let asking = null;

  const shut = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const forget = () => {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  };
  const mark = () => {
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    const item = active >= 0 ? list.children[active] : null;
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  };
  /** @param {number} n */
  const take = (n) => {
    const { key, name } = papers[n];
    forget();
    shut();
    if (then === "go") {
      location.assign(`/paper/${encodeURIComponent(key)}`);
      return;
    }
    input.value = key;
    status.textContent = `${name} is chosen`;
  };
  /** @param {Found} paper @param {number} n */
  const option = (paper, n) => {
    const told = [paper.year ?? "undated", paper.authors[0], paper.title === paper.name ? null : paper.title].filter(Boolean).join(" · ");
    const made = element("li", { role: "option", id: `${input.id}-hit-${n}`, "aria-selected": "false" }, element("bdi", {}, paper.name), element("small", {}, element("bdi", {}, told)));
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus until the choice is made
      take(n);
    });
    return made;
  };
  const ask = async () => {
    forget();
    const text = input.value.trim();
    if (!text || text.length > 200 || ARROW.test(text)) {
      shut();
      return;
    }
    const mine = new AbortController();
    asking = mine;
    try {
      const answer = await fetch(`/api/search?${new URLSearchParams({ q: text, top: String(HITS) })}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (mine.signal.aborted || document.activeElement !== input) return;
      papers = found.papers;
      const none = element("li", { class: "served-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No paper of the corpus");
      list.replaceChildren(...(papers.length ? papers.map(option) : [none]));
      list.hidden = false;
      active = -1;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      status.textContent = papers.length ? `${papers.length} of ${found.total.toLocaleString("en")} papers` : "No paper found";
    } catch (fault) {
      if (/** @type {Error} */ (fault).name === "AbortError") return;
      shut();
      status.textContent = "The server does not answer";
    }
  };

  input.addEventListener("input", () => {
    forget();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", () => {
    forget();
    shut();
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden && papers.length > 0;
    if (event.key === "Enter" && open && active >= 0) take(active);
    else if (event.key === "Escape" && !list.hidden) shut();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) {
      const last = papers.length - 1;
      if (event.key === "ArrowDown") active = active >= last ? 0 : active + 1;
      else active = active <= 0 ? last : active - 1;
      mark();
    } else {
      event.stopPropagation(); // the page below has keys of its own
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

/** The details of a paper lead to what the corpus has around it, beyond this page. */
function beside() {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const lead = () => {
    const key = /** @type {any} */ (window).lineagePage?.state.selected;
    const heading = panel.querySelector("h2");
    if (!key || !heading || panel.querySelector(".served-more")) return;
    const link = (/** @type {string} */ to, /** @type {string} */ text) => element("a", { href: `/${to}/${encodeURIComponent(key)}` }, text);
    heading.after(element("p", { class: "served-more" }, link("around", "Around it in the corpus"), " · ", link("paper", "Its page")));
  };
  new MutationObserver(lead).observe(panel, { childList: true, subtree: true });
  lead();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[data-served-then]")) finder(/** @type {HTMLInputElement} */ (input));
  beside();
});
})();
