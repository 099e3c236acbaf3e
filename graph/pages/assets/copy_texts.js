// Papers and paths as text to paste: BibTeX, CSL-JSON, Markdown.

/** @type {Record<string, string>} */
const TEX = {
  "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
};

/** @param {string} text one line, with what TeX would obey escaped; BibTeX also counts braces behind a backslash */
const tex = (text) => oneLine(text).replace(/[\\~^{}&%$#_]/g, (sign) => TEX[sign] ?? `\\${sign}`);
/** @param {string} text */
const oneLine = (text) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ").replace(/\s+/g, " ").trim();
/** @param {string} text */
const markdown = (text) => oneLine(text).replace(/[\\`*_{}[\]<>|#&!~$]/g, "\\$&");

/** @param {string} key @param {string} scheme the value of the first identifier in a scheme */
const identifierOf = (key, scheme) => papers[key].links.map((link) => link.text).find((text) => text.startsWith(`${scheme}:`))?.slice(scheme.length + 1);

/** @param {string} key */
function asBibtex(key) {
  const paper = papers[key];
  const [doi, arxiv] = [identifierOf(key, "doi"), identifierOf(key, "arxiv")];
  const authors = [...paper.authors.map(tex), ...(paper.more || (paper.authors.length && !paper.allAuthors) ? ["others"] : [])];
  /** @type {[string, string | null | undefined][]} */
  const rows = [
    ["title", `{${tex(paper.title ?? paper.name)}}`],
    ["author", authors.join(" and ")],
    ["year", paper.year === null ? null : String(paper.year)],
    ["journal", paper.venue && tex(paper.venue)],
    ["doi", doi && tex(doi)],
    ["eprint", arxiv],
    ["archiveprefix", arxiv && "arXiv"],
    ["url", paper.links[0]?.href],
  ];
  const held = rows.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@${paper.venue ? "article" : "misc"}{${key},\n${held.join(",\n")}\n}\n`;
}

/** @param {string} key */
function asCsl(key) {
  const paper = papers[key];
  const parts = paper.date?.split("-").map(Number);
  const doi = identifierOf(key, "doi");
  const item = {
    id: key,
    type: paper.venue ? "article-journal" : "article",
    title: oneLine(paper.title ?? paper.name),
    ...(paper.authors.length && { author: paper.authors.map(cslName) }),
    ...(parts && { issued: { "date-parts": [parts] } }),
    ...(paper.venue && { "container-title": oneLine(paper.venue) }),
    ...(doi && { DOI: doi }),
    ...(paper.links.length && { URL: paper.links[0].href }),
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}

/** @param {string} author */
function cslName(author) {
  const name = oneLine(author);
  const comma = name.indexOf(",");
  const space = name.lastIndexOf(" ");
  if (comma > 0) return { family: name.slice(0, comma), given: name.slice(comma + 1).trim() };
  return space > 0 ? { family: name.slice(space + 1), given: name.slice(0, space) } : { literal: name };
}

/** @param {string} key */
function asMarkdown(key) {
  const paper = papers[key];
  const title = markdown(paper.title ?? paper.name);
  const href = paper.links[0]?.href;
  const told = [markdown(authorsOf(key, 8)), href ? `[${title}](<${href}>)` : `*${title}*`, ...(paper.venue ? [markdown(paper.venue)] : []), yearOf(key)];
  return `${told.join(". ")}.\n`;
}

/** @param {string[][]} paths */
function pathsAsMarkdown(paths) {
  const wish = /** @type {Wish} */ (state.ask);
  const told = [`**${markdown(papers[wish.from].name)} → ${markdown(papers[wish.to].name)}**: ${summary(wish, /** @type {Answer} */ (asked_.answer))}`, ""];
  paths.forEach((path, n) => {
    told.push(`${n + 1}. ${path.map((key) => `${markdown(papers[key].name)} (${yearOf(key)})`).join(" → ")}`);
    path.slice(1).forEach((key, at) => {
      const arc = arcBetween(path[at], key);
      if (arc) told.push(`   - ${markdown(papers[key].name)} cites ${markdown(papers[path[at]].name)}, ${markdown(assertedBy(arc))}`);
    });
  });
  return `${told.join("\n")}\n`;
}

/** @param {string} key */
function citeActions(key) {
  const group = element("div", { role: "group", "aria-label": "Copy" }, copyButton("BibTeX", () => asBibtex(key)), copyButton("CSL-JSON", () => asCsl(key)), copyButton("Markdown", () => asMarkdown(key)));
  const box = element("div", {}, group, copied());
  return box;
}

/** Where a copied text is shown as well: not every browser lets a file write to the clipboard. */
const copied = () => element("textarea", { class: "copied", readonly: "", rows: "5", "aria-label": "Copied text", hidden: "" });

/** @param {string} label @param {() => string} text */
function copyButton(label, text) {
  const made = button(label, () => {
    const shows = /** @type {HTMLTextAreaElement} */ (made.closest("div:not([role])")?.querySelector("textarea.copied"));
    shows.value = text();
    shows.hidden = false;
    copy(shows.value).then(
      () => announce(`${label}: copied`),
      () => {
        shows.focus();
        shows.select();
        announce("Press Control and C to copy");
      },
    );
  }, { "aria-label": label.startsWith("Copy") ? label : `Copy as ${label}` });
  return made;
}

/** @param {string} text */
async function copy(text) {
  await navigator.clipboard.writeText(text);
}
