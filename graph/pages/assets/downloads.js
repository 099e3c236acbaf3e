// Save the picture and the data of what is visible as files.

/** @param {string} name @param {Blob | null} blob */
function saveFile(name, blob) {
  if (!blob) return;
  const href = URL.createObjectURL(blob);
  const link = /** @type {HTMLAnchorElement} */ (element("a", { href, download: name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  notify(`${name} is saved`);
}

/** @param {string} name @param {string} text @param {string} type */
const saveText = (name, text, type) => saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));

function setUpDownloads() {
  onClick("save-png", () => sheetAsPng().then((blob) => saveFile(`${nameOfSheet()}.png`, blob)));
  onClick("save-svg", () => saveText(`${nameOfSheet()}.svg`, sheetAsSvg(), "image/svg+xml"));
  onClick("save-graphml", () => saveText("lineage.graphml", asGraphml(), "application/xml"));
  onClick("save-papers", () => saveText("papers.csv", `\ufeff${papersCsv()}`, "text/csv"));
  onClick("save-citations", () => saveText("citations.csv", `\ufeff${citationsCsv()}`, "text/csv"));
  onClick("save-bibtex", async () => saveText("papers.bib", await CITATION_FORMATS.BibTeX(visibleInOrder()), "application/x-bibtex"));
  onClick("save-ris", async () => saveText("papers.ris", await CITATION_FORMATS.RIS(visibleInOrder()), "application/x-research-info-systems"));
  onClick("save-csl", async () => saveText("papers.json", await CITATION_FORMATS["CSL-JSON"](visibleInOrder()), "application/json"));
  onClick("copy-link", () => copyToClipboard(location.href).then(() => notify(countMarks(state.marks) ? "Link copied, with your marks and notes" : "Link copied"), () => notify("The link is the address of this page")));
  onClick("print", () => window.print());
}
