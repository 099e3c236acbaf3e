// Papers that are like one paper: cited together with it (Small 1973), and built on the same papers (Kessler 1963), as graph/analysis/measures/pairs.py measures them, on the citations of this page.

/** @typedef {{key: string, shared: number, cosine: number}} Partner a paper, how many citing or cited papers it shares, and Salton's cosine of the two sets */

const MOST_PARTNERS = 10;

/** @param {string} key */
const citersOf = (key) => citedByOf(key).map((arc) => arc.to);
/** @param {string} key */
const referencesOf = (key) => citesOf(key).map((arc) => arc.from);

/** How often each of some texts is there. @param {string[]} all @returns {Map<string, number>} */
function tally(all) {
  const counts = new Map();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** The papers that share a link with one, the most alike first. @param {string} key @param {(key: string) => string[]} links @param {(key: string) => string[]} back from a link to the papers that have it @returns {Partner[]} */
function partnersOf(key, links, back) {
  const own = links(key);
  const shared = tally(own.flatMap(back).filter((other) => other !== key));
  const partners = [...shared].map(([other, count]) => ({ key: other, shared: count, cosine: count / Math.sqrt(own.length * links(other).length) }));
  return partners.sort((a, b) => b.cosine - a.cosine || b.shared - a.shared || byListOrder(a.key, b.key));
}

/** The papers that are cited together with one. @param {string} key */
const citedWith = (key) => partnersOf(key, citersOf, referencesOf);
/** The papers that build on the same papers as one. @param {string} key */
const builtAlike = (key) => partnersOf(key, referencesOf, citersOf);

/** Both. @param {string} key */
function relatedSection(key) {
  const write = (/** @type {HTMLElement} */ body) => {
    const isUnknown = !citesOf(key).length && UNKNOWN_REFERENCES.has(papers[key].coverage);
    body.append(...partnerList("Cited together with it", citedWith(key), ["paper cites", "papers cite"], "both"));
    if (isUnknown) body.append(element("h3", {}, "Built on the same papers: what it cites is unknown"));
    else body.append(...partnerList("Built on the same papers", builtAlike(key), ["paper is", "papers are"], "cited by both"));
    body.append(element("p", { class: "role" }, "By Salton's cosine of the two sets. Only the papers of this page count, and of them only known references."));
  };
  return foldedSection("related", "Papers like it, on this page", write);
}

/** @param {string} title @param {Partner[]} partners @param {[string, string]} noun @param {string} end @returns {HTMLElement[]} */
function partnerList(title, partners, [one, many], end) {
  const items = partners.slice(0, MOST_PARTNERS).map(({ key, shared, cosine }) => element("li", {}, paperButton(key), element("small", {}, `${yearOf(key)} · ${counted(shared, one, many)} ${end} · cosine ${cosine.toFixed(2)}`)));
  const head = partners.length ? `${title}: ${counted(partners.length, "paper", "papers")}${partners.length > MOST_PARTNERS ? `, the first ${MOST_PARTNERS}` : ""}` : `${title}: none`;
  return [element("h3", {}, head), ...(items.length ? [element("ul", { class: "arcs" }, ...items)] : [])];
}
