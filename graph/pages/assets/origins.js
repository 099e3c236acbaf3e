// Whether the sources of a citation are independent of each other: `graph.model.origins` counts their origins.

/** Whether sources of two origins assert a citation. @param {Arc} arc */
const isConfirmed = (arc) => arc.origins > 1;

/** That some sources of a citation repeat others, where sources of several kinds have fewer origins. @param {Arc} arc */
function originsNote(arc) {
  const kinds = new Set(arc.by.map(([source]) => sources[source].kind));
  if (kinds.size <= arc.origins) return [];
  const independent = arc.origins === 1 ? "they count as one" : `${arc.origins} of them are independent`;
  return [element("p", { class: "note" }, `Not all of these sources are independent: Crossref, OpenAlex, OpenCitations and often Semantic Scholar repeat one deposit of the publisher. Here ${independent}.`)];
}
