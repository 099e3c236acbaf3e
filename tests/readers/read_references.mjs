// Reads references (BibTeX, RIS or CSL-JSON) with citation.js, and prints them as CSL-JSON.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";

const [file, type] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const cite = type === undefined ? new Cite(JSON.parse(text)) : new Cite(text, { forceType: type });
console.log(JSON.stringify(cite.data.map(({ _graph, ...item }) => item)));
