// The picture of an answer about paths, in a chat: the host of this frame tells the answer, by the protocol of MCP Apps.
(() => {
"use strict";

/** @typedef {{key: string, name?: string, title?: string, year?: number | null}} AnsweredPaper */
/** @typedef {{citing: string, cited: string, sources?: {label?: string, entries?: number[]}[], reason?: {uses?: string, intents?: string[], confidence?: string} | null}} Hop */
/** @typedef {{length: number, papers: AnsweredPaper[], hops: Hop[]}} Path */

const COLUMN = 170; // pixels between the middles of two columns
const ROW = 56;
const BOX = { width: 124, height: 38 };
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** A text without controls, direction overrides and what cannot be seen: it could pretend to be another. @param {unknown} text */
const shown = (text) => String(text ?? "").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** @param {AnsweredPaper} paper */
const nameOf = (paper) => clipText(shown(paper.name || paper.title || paper.key) || "a paper without a name", 120);

/** @param {AnsweredPaper} paper */
const yearOf = (paper) => shown(paper.year ?? "undated");

/** An element with a text, which is never markup and keeps its direction to itself. @param {string} tag @param {string} text @param {string} [className] */
function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.append(text);
  made.dir = "auto";
  if (className) made.className = className;
  return made;
}

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
function drawn(tag, attributes, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(text);
  return made;
}

/** The places of the papers on some paths: a column for how far along its paths a paper is, older to newer. @param {Path[]} paths */
function placed(paths) {
  const hops = Math.max(1, ...paths.map(({ papers }) => papers.length - 1));
  const visits = paths.flatMap(({ papers }) => papers.map((paper, n) => ({ paper, share: n / Math.max(1, papers.length - 1) })));
  /** @type {number[]} */
  const filled = [];
  /** @type {Map<string, {paper: AnsweredPaper, column: number, row: number}>} */
  const places = new Map();
  for (const [key, all] of Map.groupBy(visits, ({ paper }) => paper.key)) {
    const [{ paper }] = all;
    const column = Math.round((all.reduce((sum, { share }) => sum + share, 0) / all.length) * hops);
    const row = filled[column] ?? 0;
    filled[column] = row + 1;
    places.set(key, { paper, column, row });
  }
  return { places, columns: hops + 1, rows: Math.max(1, ...filled.filter(Boolean)), filled };
}

/** @param {"lit" | "unlit"} id */
function arrowhead(id) {
  const marker = drawn("marker", { id, class: id, viewBox: "0 0 10 10", refX: 10, refY: 5, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" });
  marker.append(drawn("path", { d: "M 0 0 L 10 5 L 0 10 z" }));
  return marker;
}

/** The picture of some paths, one of them lit. @param {Path[]} paths @param {Path} lit */
function picture(paths, lit) {
  const { places, columns, rows, filled } = placed(paths);
  const [width, height] = [columns * COLUMN, (rows + 0.5) * ROW];
  const svg = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": lit.papers.map(nameOf).join(" → ") });
  svg.append(arrowhead("unlit"), arrowhead("lit"));
  /** @param {string} key */
  const middle = (key) => {
    const { column, row } = /** @type {{column: number, row: number}} */ (places.get(key));
    const inner = column > 0 && column < columns - 1;
    const lower = inner ? (column % 2 ? 0.25 : -0.25) : 0; // else a citation over a column would run through its papers
    return { x: (column + 0.5) * COLUMN, y: height / 2 + (row - ((filled[column] ?? 1) - 1) / 2 + lower) * ROW };
  };
  /** @param {Path} path */
  const steps = (path) => path.papers.slice(1).map(({ key }, n) => JSON.stringify([path.papers[n].key, key]));
  const litSteps = new Set(steps(lit));
  const all = [...new Set(paths.flatMap(steps))].sort((one, other) => Number(litSteps.has(one)) - Number(litSteps.has(other)));
  for (const step of all) {
    const [older, newer] = JSON.parse(step).map(middle);
    const way = Math.sign(newer.x - older.x);
    const down = way ? 0 : Math.sign(newer.y - older.y);
    const kind = litSteps.has(step) ? "lit" : "unlit";
    svg.append(drawn("line", {
      class: kind, "marker-end": `url(#${kind})`,
      x1: older.x + (way * BOX.width) / 2, y1: older.y + (down * BOX.height) / 2,
      x2: newer.x - (way * BOX.width) / 2, y2: newer.y - (down * BOX.height) / 2,
    }));
  }
  const onLit = new Set(lit.papers.map(({ key }) => key));
  for (const [key, { paper }] of places) {
    const { x, y } = middle(key);
    const box = drawn("g", { class: onLit.has(key) ? "lit" : "" });
    box.append(
      drawn("title", {}, clipText(shown(paper.title || nameOf(paper)), 300)),
      drawn("rect", { x: x - BOX.width / 2, y: y - BOX.height / 2, width: BOX.width, height: BOX.height, rx: 6 }),
    );
    const label = drawn("foreignObject", { x: x - BOX.width / 2, y: y - BOX.height / 2 + 3, width: BOX.width, height: BOX.height - 3 });
    label.append(element("div", nameOf(paper)), element("div", yearOf(paper), "year")); // a browser cuts a name at the edge
    box.append(label);
    svg.append(box);
  }
  return svg;
}

/** Who asserts a citation, and why it was made; what is not known is said. @param {Hop} hop @param {Map<string, AnsweredPaper>} papers */
function told(hop, papers) {
  const [citing, cited] = [hop.citing, hop.cited].map((key) => papers.get(key) ?? { key });
  const line = document.createElement("li");
  line.append(element("div", `${nameOf(citing)} (${yearOf(citing)}) cites ${nameOf(cited)} (${yearOf(cited)})`));
  for (const { label, entries } of hop.sources ?? []) {
    const where = entries?.length ? `, ${entries.length > 1 ? "entries" : "entry"} ${entries.map(shown).join(", ")}` : "";
    line.append(element("div", clipText(shown(label), 300) + where, "source"));
  }
  const { uses, intents, confidence } = hop.reason ?? {};
  const kind = [(intents ?? []).map(shown).join(", "), confidence === "partial" ? "read in part" : ""].filter(Boolean).join("; ");
  line.append(element("div", uses ? `why: ${clipText(shown(uses), 1000)}${kind ? ` [${kind}]` : ""}` : "no reason recorded"));
  return line;
}

/** @param {unknown} n */
const count = (n) => (typeof n === "number" ? n.toLocaleString("en") : "an unknown number of");

/** Say one sentence and show no paths. @param {string} sentence @param {boolean} [fault] */
function say(sentence, fault = false) {
  for (const id of ["picture", "paths", "hops", "note"]) part(id).replaceChildren();
  part("said").textContent = sentence;
  part("said").className = fault ? "fault" : "";
}

/** Show some paths and light one of them. @param {Path[]} paths @param {number} chosen */
function light(paths, chosen) {
  const lit = paths[chosen];
  part("picture").replaceChildren(picture(paths, lit));
  for (const [n, button] of [...part("paths").children].entries()) button.setAttribute("aria-pressed", String(n === chosen));
  const papers = new Map(paths.flatMap((path) => path.papers).map((paper) => [paper.key, paper]));
  part("hops").replaceChildren(...lit.hops.map((hop) => told(hop, papers)));
}

/** Show the value of the tool. @param {Record<string, any>} value */
function show(value) {
  const answer = value.answer ?? {};
  if (!answer.from || !answer.to) {
    say(answer.paper ? `${count(answer.total)} papers ${answer.kind === "ancestry" ? "before" : "after"} ${nameOf(answer.paper)}; the answer names them.` : "This answer has no paths to draw.");
    return;
  }
  const ends = `${nameOf(answer.from)} → ${nameOf(answer.to)}`;
  /** @type {Path[]} */
  const answered = [...(answer.paths ?? []), ...(answer.groups ?? []).flatMap((/** @type {any} */ group) => group.paths ?? [])];
  const paths = answered.filter(isWhole);
  if (!paths.length) {
    const { reverse, hidden_by: hidden } = answer.nothing ?? {};
    const unknown = hidden?.length ? ` The references of ${count(hidden.length + cutFrom(value, "/nothing/hidden_by"))} papers are not fully known and could hide one.` : "";
    say(`${ends}: ${answer.total ? "no path fits into this answer as a whole; ask for fewer paths." : "this corpus knows no path, which is no proof that there is none."}${reverse ? ` There are ${count(reverse)} paths the other way.` : ""}${unknown}`);
    return;
  }
  const least = answer.stopped_after ? "at least " : "";
  say(`${ends}: ${least}${count(answer.total)} ${answer.total === 1 ? "path" : "paths"}, ${paths.length} shown`);
  part("paths").replaceChildren(...paths.map((path, n) => {
    const button = element("button", `${n + 1}. ${path.papers.map(nameOf).join(" → ")}`);
    button.addEventListener("click", () => light(paths, n));
    return button;
  }));
  part("note").textContent = `Arrows run from the cited paper to the one that cites it. ${value.cut_in_all ? `The answer was cut${answered.length > paths.length ? `, and ${answered.length - paths.length} of its paths are not whole and not shown` : ""}. ` : ""}${knownReferences(value.coverage ?? {})}`;
  light(paths, 0);
}

/** Whether no paper and no citation of a path was left out: a part of a path would end at the wrong paper. @param {Path} path */
const isWhole = ({ length, papers, hops }) => length > 0 && papers?.length === length + 1 && hops?.length === length;

/** How many items of a part were left out. @param {Record<string, any>} value @param {string} pointer */
const cutFrom = (value, pointer) => (value.cut ?? []).find((/** @type {any} */ each) => each.part === pointer)?.more ?? 0;

/** @param {Record<string, number>} coverage */
function knownReferences(coverage) {
  const incomplete = Object.entries(coverage).reduce((sum, [state, n]) => sum + (state === "complete" ? 0 : n), 0);
  return incomplete ? `The references of ${count(incomplete)} papers in it are not fully known: citations may be missing.` : "";
}

/** What a tool said: a value, or why it refuses. @param {Record<string, any>} result */
function receive(result) {
  const text = (result.content ?? []).find((/** @type {any} */ each) => each.type === "text")?.text;
  let value = result.structuredContent;
  try {
    value ??= JSON.parse(text);
  } catch {
    value = {};
  }
  if (result.isError) say(clipText(shown(value?.fault ?? text ?? "The tool refused."), 600), true);
  else show(value ?? {});
}

// The protocol: JSON-RPC 2.0 between this frame and its host, by messages.

const HELLO = "ui/initialize";

/** @param {Record<string, unknown>} message */
const send = (message) => window.parent.postMessage({ jsonrpc: "2.0", ...message }, "*"); // nothing in it is secret

/** Look as the host does: its theme may be another than the system's. @param {Record<string, any> | undefined} context */
function dress(context) {
  const theme = context?.theme;
  if (theme !== "light" && theme !== "dark") return;
  document.documentElement.style.colorScheme = theme;
  for (const rule of document.styleSheets[0].cssRules) {
    if (rule instanceof CSSMediaRule) rule.media.mediaText = theme === "dark" ? "all" : "not all";
  }
}

let tall = 0;
/** Tell the host how much room the picture needs. */
function measure() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height === tall) return;
  tall = height;
  send({ method: "ui/notifications/size-changed", params: { width: Math.ceil(document.documentElement.clientWidth), height } });
}

/** @type {Record<string, (params: Record<string, any>) => void>} */
const NOTICES = {
  "ui/notifications/tool-input": ({ arguments: asked }) => say(`Asking: ${clipText(shown(asked?.question), 300)}`),
  "ui/notifications/tool-result": receive,
  "ui/notifications/tool-cancelled": () => say("The question was taken back."),
  "ui/notifications/host-context-changed": dress,
};

window.addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || data?.jsonrpc !== "2.0") return;
  const { id, method, params, result } = data;
  if (method === undefined) {
    if (id !== HELLO || !result) return;
    dress(result.hostContext);
    send({ method: "ui/notifications/initialized", params: {} });
    new ResizeObserver(measure).observe(document.body);
  } else if (id !== undefined) {
    const known = ["ping", "ui/resource-teardown"].includes(method);
    send(known ? { id, result: {} } : { id, error: { code: -32601, message: "Method not found" } });
  } else if (Object.hasOwn(NOTICES, method)) {
    NOTICES[method](params ?? {});
  }
});

send({ id: HELLO, method: HELLO, params: {
  protocolVersion: "2026-01-26", appInfo: { name: "citation-lineage", version: "1" },
  appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
} });
})();
