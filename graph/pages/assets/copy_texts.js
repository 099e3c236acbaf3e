// Papers and paths as text to copy: BibTeX, RIS and CSL-JSON as graph/exports/ writes them, and Markdown.

/** @typedef {[string, object, string]} CitationTexts a paper's BibTeX entry, its item of CSL-JSON, and its entry of RIS */

/** @type {Promise<CitationTexts[]> | null} for every paper; unpacked when first needed */
let unpackedCitations = null;

/** The citation texts of all papers, which the page carries compressed. @returns {Promise<CitationTexts[]>} */
function citationTexts() {
  unpackedCitations ??= (async () => {
    const bytes = Uint8Array.from(atob(byId("citations").textContent ?? ""), (sign) => sign.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(unpacked).text());
  })();
  return unpackedCitations;
}

/** Some papers as one file of BibTeX, of RIS, of CSL-JSON, or as paragraphs of Markdown. @type {Record<string, (some: string[]) => Promise<string>>} */
const CITATION_FORMATS = {
  BibTeX: async (some) => (await textsOf(some)).map(([bibtex]) => bibtex).join("\n"),
  RIS: async (some) => (await textsOf(some)).map(([, , ris]) => ris).join("\n"),
  "CSL-JSON": async (some) => `${JSON.stringify((await textsOf(some)).map(([, csl]) => csl), null, 1)}\n`,
  Markdown: async (some) => some.map(paperAsMarkdown).join("\n"),
};

/** @param {string[]} some */
async function textsOf(some) {
  const texts = await citationTexts();
  return some.map((key) => texts[papers[key].n]);
}

/** Buttons that copy some papers in each format. @param {() => string[]} some */
const citationButtons = (some) => Object.entries(CITATION_FORMATS).map(([name, text]) => copyButton(name, () => text(some())));

/** A text on one line with what Markdown or HTML would obey escaped. @param {string} text */
const escapeMarkdown = (text) =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>|#&!~$]/g, "\\$&");

/** @param {string} key */
function paperAsMarkdown(key) {
  const { title, name, links, venue } = papers[key];
  const text = escapeMarkdown(title ?? name);
  const linked = links.length ? `[${text}](<${links[0].href}>)` : `*${text}*`;
  return `${[escapeMarkdown(authorsOf(key, 8)), linked, ...(venue ? [escapeMarkdown(venue)] : []), yearOf(key)].join(". ")}.\n`;
}

/** The paths that the panel lists, in their groups. */
function pathsAsMarkdown() {
  const request = /** @type {PathRequest} */ (state.request);
  const answer = /** @type {PathAnswer} */ (pathResults.answer);
  const nameAsMarkdown = (/** @type {string} */ key) => escapeMarkdown(papers[key].name);
  const lines = [`**${nameAsMarkdown(request.from)} → ${nameAsMarkdown(request.to)}**: ${[answerSentence(request, answer), leftOutSentence(), furtherPaths(pathResults.asked ?? request, answer.total)].filter(Boolean).join(" ")}`, ""];
  const { grouped } = answer;
  if (grouped) lines.push(escapeMarkdown(plainText(hopsByVerdict(grouped.condition, grouped.hops))), "");
  for (const group of pathResults.groups) {
    if (grouped) lines.push(`**${escapeMarkdown(plainText(groupHeading(grouped.condition, group)))}**`, "");
    group.paths.slice(0, group.listed).forEach((path, n) => {
      lines.push(`${n + 1}. ${path.map((key) => `${nameAsMarkdown(key)} (${yearOf(key)})`).join(" → ")}`, ...path.slice(1).flatMap((citing, hop) => hopAsMarkdown(path[hop], citing)));
    });
    if (grouped) lines.push("");
  }
  return `${lines.join("\n")}\n`;
}

/** Who asserts that a paper cites another, and why it does. @param {string} cited @param {string} citing */
function hopAsMarkdown(cited, citing) {
  const arc = arcBetween(cited, citing);
  if (!arc) return [];
  const why = plainText(hopReason(arc));
  const asserted = `   - ${escapeMarkdown(papers[citing].name)} cites ${escapeMarkdown(papers[cited].name)}, ${escapeMarkdown(assertedBy(arc))}`;
  return [asserted, ...(why ? [`     - why: ${escapeMarkdown(why)}`] : [])];
}

/** Buttons that copy something, with the box for the copied text. @param {HTMLElement[]} buttons */
const copyActions = (...buttons) => element("div", {}, element("div", { role: "group", "aria-label": "Copy" }, ...buttons), copiedTextBox());

/** A box that shows the copied text as well: not every browser lets a file write to the clipboard. */
const copiedTextBox = () => element("textarea", { class: "copied", readonly: "", rows: "5", "aria-label": "Copied text", hidden: "" });

/** @param {string} label @param {() => string | Promise<string>} text */
function copyButton(label, text) {
  const created = button(label, async () => {
    const box = /** @type {HTMLTextAreaElement} */ (created.closest("div:not([role])")?.querySelector("textarea.copied"));
    box.value = await text();
    box.hidden = false;
    copyToClipboard(box.value).then(
      () => notify(`${label}: copied`),
      () => {
        box.focus();
        box.select();
        notify("Press Control and C to copy");
      },
    );
  }, { "aria-label": label.startsWith("Copy") ? label : `Copy as ${label}` });
  return created;
}

/** @param {string} text */
async function copyToClipboard(text) {
  await navigator.clipboard.writeText(text);
}
