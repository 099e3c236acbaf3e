// Text fields that search the whole corpus while the reader types. The server answers; a text is always shown as text, never as markup.
(() => {
"use strict";

/** @typedef {{key: string, name: string, title: string | null, year: number | null, authors: string[]}} Hit */

const ARROW = /→|⟶|➔|⇒|↔|⟷|⇔|[-=]+>/;
const MOST_HITS = 8;
const PAUSE = 120; // milliseconds without a key before the server is asked

/** A new element. @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} children */
function element(name, attributes, ...children) {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

/** Make a field search the corpus. `data-served-then` says what a chosen paper does: "go" opens its page, "fill" puts its key into the field. @param {HTMLInputElement} input */
function setUpSearchBox(input) {
  const box = /** @type {HTMLElement} */ (input.parentElement);
  const list = /** @type {HTMLElement} */ (box.querySelector("[role=listbox]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  /** @type {Hit[]} */
  let papers = [];
  let active = -1;
  let timer = 0;
  /** @type {AbortController | null} */
  let request = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const cancel = () => {
    clearTimeout(timer);
    request?.abort();
    request = null;
  };
  const markActive = () => {
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    const item = active >= 0 ? list.children[active] : null;
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  };
  /** @param {number} n */
  const take = (n) => {
    const { key, name } = papers[n];
    cancel();
    close();
    if (input.dataset.servedThen === "go") {
      location.assign(`/paper/${encodeURIComponent(key)}`);
      return;
    }
    input.value = key;
    status.textContent = `${name} is chosen`;
  };
  /** @param {Hit} paper @param {number} n */
  const option = (paper, n) => {
    const details = [paper.year ?? "undated", paper.authors[0], paper.title === paper.name ? null : paper.title].filter(Boolean).join(" · ");
    const item = element("li", { role: "option", id: `${input.id}-hit-${n}`, "aria-selected": "false" }, element("bdi", {}, paper.name), element("small", {}, element("bdi", {}, details)));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus until the choice is made
      take(n);
    });
    return item;
  };
  const search = async () => {
    cancel();
    const text = input.value.trim();
    if (!text || text.length > 200 || ARROW.test(text)) {
      close();
      return;
    }
    const own = new AbortController();
    request = own;
    try {
      const answer = await fetch(`/api/search?${new URLSearchParams({ q: text, top: String(MOST_HITS) })}`, { signal: own.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const hits = await answer.json();
      if (own.signal.aborted || document.activeElement !== input) return;
      papers = hits.papers;
      const nothing = element("li", { class: "served-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No paper of the corpus");
      list.replaceChildren(...(papers.length ? papers.map(option) : [nothing]));
      list.hidden = false;
      active = -1;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      status.textContent = papers.length ? `${papers.length} of ${hits.total.toLocaleString("en")} papers` : "No paper found";
    } catch (error) {
      if (/** @type {Error} */ (error).name === "AbortError") return;
      close();
      status.textContent = "The server does not answer";
    }
  };

  input.addEventListener("input", () => {
    cancel();
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("blur", () => {
    cancel();
    close();
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden && papers.length > 0;
    if (event.key === "Enter" && open && active >= 0) take(active);
    else if (event.key === "Escape" && !list.hidden) close();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) {
      const last = papers.length - 1;
      if (event.key === "ArrowDown") active = active >= last ? 0 : active + 1;
      else active = active <= 0 ? last : active - 1;
      markActive();
    } else {
      event.stopPropagation(); // the page below has key bindings of its own
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Add to the details of a paper links to what is around it in the whole corpus, and to its page. */
function linkDetailsToCorpus() {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const addLinks = () => {
    const key = /** @type {any} */ (window).lineagePage?.state.selected;
    const heading = panel.querySelector("h2");
    if (!key || !heading || panel.querySelector(".served-more")) return;
    const link = (/** @type {string} */ to, /** @type {string} */ text) => element("a", { href: `/${to}/${encodeURIComponent(key)}` }, text);
    heading.after(element("p", { class: "served-more" }, link("around", "Around it in the corpus"), " · ", link("paper", "Its page")));
  };
  new MutationObserver(addLinks).observe(panel, { childList: true, subtree: true });
  addLinks();
}

document.addEventListener("DOMContentLoaded", () => {
  if (location.protocol === "file:") { // a copy that a reader saved: no server answers it
    document.querySelector(".served-bar")?.remove();
    return;
  }
  for (const input of document.querySelectorAll("input[data-served-then]")) setUpSearchBox(/** @type {HTMLInputElement} */ (input));
  linkDetailsToCorpus();
});
})();
