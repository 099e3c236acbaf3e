// What most of the paths that the reader asked for run through, as `lineage flow` ranks it.

const MOST_RANKED = 5;

/** The papers between the ends on the most paths, with how many; of equals the one that comes first in the lineage's order. @param {Flow} flow @param {Pick<PathRequest, "from" | "to" | "waypoints" | "via">} request @returns {[string, bigint][]} */
function mostTravelled({ papers: counts }, { from, to, waypoints, via }) {
  const given = new Set([from, to, ...waypoints, ...via]); // all paths run through these
  return [...counts].filter(([key]) => !given.has(key)).sort(([a, one], [b, other]) => compareCosts(other, one) || byListOrder(a, b));
}

/** A short ranked list with shares; nothing where there is but one path. @param {PathRequest} request @param {PathAnswer} answer @returns {HTMLElement[]} */
function mostTravelledSection(request, answer) {
  const flow = answer.flow();
  const ranked = flow.total > 1n ? mostTravelled(flow, request) : [];
  if (!ranked.length) return [];
  const rows = ranked.slice(0, MOST_RANKED).map(([key, count]) => {
    const share = shareOf(count, flow.total);
    const bar = element("span", { class: "share", "aria-hidden": "true" });
    bar.style.setProperty("--share", String(share)); // the page's policy forbids it as an attribute
    return element("li", {}, paperButton(key), " ", element("span", { class: "count", title: `${formatCount(count)} of ${counted(flow.total, "path", "paths")}` }, percent(share)), bar);
  });
  const others = ranked.length - rows.length;
  const note = [
    ...(answer.grouped?.groups[0].total ? ["Of the paths that meet the condition. "] : []),
    ...(flow.total === answer.total || answer.grouped ? [] : [`Counted on the ${counted(flow.total, "path", "paths")} whose citations all run forward in time. `]),
    ...(others ? [`Paths run through ${counted(others, "other paper", "other papers")}, too.`] : []),
  ];
  return [
    element(
      "div",
      { role: "group", "aria-labelledby": "travelled-title", class: "travelled" },
      element("h3", { id: "travelled-title" }, "What most paths run through"),
      element("ol", {}, ...rows),
      ...(note.length ? [element("p", { class: "role" }, ...note)] : []),
    ),
  ];
}
