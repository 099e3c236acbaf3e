// The pages beside this one: tabs that carry along what the reader sees, and what an address names that only another page has.

/**
 * @typedef {{here: string, widest: string, tabs: Record<string, string>, names: Record<string, string>, namesAll: boolean}} SiteFacts
 *   as graph/pages/site.py makes it: the files with what their tabs are called, the names of papers that only `widest` has, and whether these are all of them
 * @typedef {[string, string]} Parameter a name of an address and its value
 */

/** Null when the page is on its own. @type {SiteFacts | null} */
const site = facts.site;
/** Whether another page has papers that this one does not have. */
const hasWiderPage = site !== null && site.here !== site.widest;
/** Whether another page of the site has a paper that this one does not have, as far as is known here. @param {string} key */
const isElsewhere = (key) => site !== null && hasWiderPage && !isPaper(key) && (Object.hasOwn(site.names, key) || (!site.namesAll && KEY.test(key)));

/** The parameters of an address that are no part of a question. */
const BESIDE_QUESTION = new Set(["p", "arc", "off", "years", "confirmed", "influential", "connected", "kin", "size", "at", ...ALL_MARK_PARAMETERS, "leave", "only", "several", "author", "venue", "welcome", "story"]);
const KEY = /^[\w.-]{1,80}$/;
const MOST_ASIDE = 40; // parameters of a foreign address

/** The keys that an address names under a name. @param {URLSearchParams} given @param {string} name */
const keysUnder = (given, name) => (given.get(name) ?? "").split(name === "arc" ? ":" : ",").slice(name === "kin" ? 2 : 0).filter(Boolean);

/** The parameters of an address that this page cannot follow and another one may: its address keeps them. @param {URLSearchParams} given @returns {Parameter[]} */
function setAside(given) {
  if (!hasWiderPage) return [];
  const misses = (/** @type {string} */ name) => keysUnder(given, name).some(isElsewhere);
  const isAside = (/** @type {Parameter} */ [name, value]) => {
    if (["p", "arc", "kin"].includes(name)) return misses(name);
    if (name === "off") return !lanes.some((lane) => (lane.theme ?? "") === value);
    return !BESIDE_QUESTION.has(name) && ["from", "to", "way", "via"].some(misses);
  };
  const aside = [...given].filter(isAside).slice(0, MOST_ASIDE);
  for (const name of ["avoid", "several"]) { // the others of such a list are followed here
    const missing = given.getAll(name).join(",").split(",").filter(isElsewhere);
    if (missing.length && !aside.some(([other]) => other === name)) aside.push([name, missing.join(",")]);
  }
  return aside;
}

/** What stays aside when the reader changes the state: what he does here replaces what another page had. @param {Partial<State>} patch @returns {Parameter[]} */
function stillAside(patch) {
  const asks = "request" in patch && (patch.request?.from !== state.request?.from || patch.request?.to !== state.request?.to);
  const isReplaced = (/** @type {string} */ name) => {
    if (name === "p" || name === "arc") return "selected" in patch || "arc" in patch;
    if (name === "several") return "several" in patch;
    if (name === "kin") return "relatives" in patch;
    if (name === "off") return patch.hiddenThemes?.size === 0;
    return asks;
  };
  return state.aside.filter(([name]) => !isReplaced(name));
}

/** The part of an address after "#" with which another page shows the same; a path goes by its papers, because each page numbers its own. */
function carriedAddress() {
  const path = chosenPathKeys();
  const address = new URLSearchParams(addressOf({ ...state, viewport: null, chosenPath: null }));
  if (path) {
    address.delete("path"); // where the other page does not have this path, it shows its first one
    address.set("along", path.join(","));
  }
  return readable(address);
}

/** Choose the path that another page had chosen, if this one has it too. */
function chooseCarriedPath() {
  if (!state.along || !state.request) return;
  updatePathResults();
  const wanted = state.along.join();
  for (const [position, { paths }] of pathResults.groups.entries()) {
    const n = paths.findIndex((path) => path.join() === wanted);
    if (n < 0) continue;
    Object.assign(state, { chosenPath: n, chosenGroup: position });
    pathResults.groups[position].listed = Math.max(PATHS_AT_ONCE, n + 1);
  }
  state.along = null;
}

/** A link to the page that has every paper, with what the reader sees. @param {string} text */
const widestPageLink = (text) => element("a", { href: `${site?.widest}#${carriedAddress()}`, "data-page": site?.widest ?? "" }, text);

/** Let every tab carry along what is shown, and say what is missing here. */
function updateSite() {
  if (!site) return;
  const address = carriedAddress();
  for (const link of document.querySelectorAll("a[data-page]")) {
    const file = link.getAttribute("data-page");
    link.setAttribute("href", `${file === site.here ? "" : file}#${address}`); // a copy under another name leads to itself
  }
  const named = state.aside.flatMap(([name, value]) => (name === "off" ? [] : keysUnder(new URLSearchParams([[name, value]]), name)));
  const missing = [...new Set(named)].filter(isElsewhere);
  const line = byId("elsewhere");
  const isAsked = state.aside.some(([name]) => name === "from" || name === "to");
  const isOnlyAvoided = state.aside.every(([name]) => name === "off" || name === "avoid");
  line.hidden = !missing.length || isOnlyAvoided;
  if (line.hidden) return;
  const names = missing.slice(0, 5).map((key) => bdi(site.names[key] ?? key));
  const kept = isAsked ? "The question cannot be asked here; its address is kept. " : "Its address is kept. ";
  line.replaceChildren("Not on this page: ", ...names.flatMap((name, n) => (n ? [", ", name] : [name])), missing.length > 5 ? ` and ${missing.length - 5} others. ` : ". ", kept, widestPageLink(`Open it in: ${site.tabs[site.widest]}`));
}
