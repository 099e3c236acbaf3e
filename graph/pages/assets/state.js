// What the reader sees and asks, and how the address tells it: "#from=devlin2018&to=ouyang2022".

/**
 * @typedef {{key: string, kind: "around" | "before" | "after", depth: number}} Relatives a paper with what is around, before or after it; depth 0: all the way
 * @typedef {object} State
 * @property {string | null} pointed the paper under the mouse, or reached by keys
 * @property {string | null} selected the paper whose details are open
 * @property {string | null} arc the citation whose details are open, as "cited:citing"
 * @property {PathRequest | null} request the paths that the reader asked for
 * @property {number | null} chosenPath the position of the path that is highlighted alone; null: none is
 * @property {number} chosenGroup the group that has the path: its position in VERDICTS, or 0 where paths are not grouped
 * @property {Set<string>} hiddenThemes "" stands for papers without a theme
 * @property {[number | null, number | null]} years the first and the last that are shown
 * @property {boolean} confirmed @property {boolean} influential @property {boolean} connected
 * @property {Relatives | null} relatives only these papers are shown
 * @property {string} size the measure by which papers are sized, or ""
 * @property {StoryName | null} story what the page tells without being asked, while no paper, citation or path is
 * @property {[number, number, number] | null} viewport the middle of what is in view, and its scale; null: as the page opens
 */

/** @returns {State} */
const initialState = () => ({
  pointed: null,
  selected: null,
  arc: null,
  request: null,
  chosenPath: null,
  chosenGroup: 0,
  hiddenThemes: new Set(),
  years: [null, null],
  confirmed: false,
  influential: false,
  connected: false,
  relatives: null,
  size: "",
  story: null,
  viewport: null,
});

const state = initialState();

/** A state as the part of an address after "#". @param {State} from */
function addressOf({ request, chosenPath, chosenGroup, selected, arc, hiddenThemes, years, confirmed, influential, connected, relatives, size, story, viewport }) {
  const address = new URLSearchParams();
  /** @param {string} name @param {string | number | null | undefined | false} value */
  const put = (name, value) => value !== null && value !== undefined && value !== false && value !== "" && address.set(name, String(value));
  put("from", request?.from);
  put("to", request?.to);
  put("way", request?.waypoints.join(","));
  put("via", request?.via.join(","));
  put("avoid", request?.avoid.join(","));
  put("list", request?.listOnly && 1);
  put("intent", request?.condition?.intent);
  put("about", request?.condition?.about);
  put("meets", request?.condition && chosenPath !== null && verdictName(VERDICTS[chosenGroup]));
  put("path", request && chosenPath !== null && chosenPath + 1);
  put("p", selected);
  put("arc", arc);
  for (const theme of [...hiddenThemes].sort()) address.append("off", theme);
  if (years[0] !== null || years[1] !== null) put("years", years.map((year) => year ?? "").join(".."));
  put("confirmed", confirmed && 1);
  put("influential", influential && 1);
  put("connected", connected && 1);
  put("kin", relatives && `${relatives.kind},${relatives.depth},${relatives.key}`);
  put("size", size);
  put("story", story);
  put("at", viewport && viewport.map((value, n) => value.toFixed(n < 2 ? 0 : 3)).join(","));
  return address.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** The state that an address tells; what this page does not have is left out. @param {string} address @returns {State} */
function stateFromAddress(address) {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const read = initialState();
  /** @param {string} name */
  const keys = (name) => (given.get(name) ?? "").split(",").filter((key, n, all) => isPaper(key) && all.indexOf(key) === n);
  const [from, to] = [given.get("from") ?? "", given.get("to") ?? ""];
  if (isPaper(from) && isPaper(to)) {
    const condition = conditionIn(given);
    read.request = { from, to, waypoints: keys("way"), via: keys("via").slice(0, MOST_VIA), avoid: keys("avoid"), listOnly: given.has("list"), condition: typeof condition === "string" ? null : condition };
    if (read.request.condition) read.chosenGroup = Math.max(0, VERDICTS.findIndex((verdict) => verdictName(verdict) === given.get("meets")));
    const path = Number(given.get("path"));
    if (Number.isInteger(path) && path > 0 && path <= 10000) read.chosenPath = path - 1;
  }
  read.selected = keys("p")[0] ?? null;
  const [cited, citing] = (given.get("arc") ?? ":").split(":");
  if (isPaper(cited) && arcBetween(cited, citing)) read.arc = `${cited}:${citing}`;
  readFilters(given, read);
  const viewport = (given.get("at") ?? "").split(",").map(Number);
  if (viewport.length === 3 && viewport.every(Number.isFinite)) read.viewport = [viewport[0], viewport[1], viewport[2]];
  return read;
}

/** The papers that an address names and this page does not have. @param {string} address */
function unknownPapersIn(address) {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const named = ["from", "to", "way", "via", "avoid", "p"].flatMap((name) => (given.get(name) ?? "").split(","));
  const ends = (given.get("arc") ?? "").split(":");
  return [...new Set([...named, ...ends, given.get("kin")?.split(",")[2] ?? ""])].filter((key) => key !== "" && !isPaper(key));
}

/** The condition on reasons that an address has, or what is wrong with it. @param {URLSearchParams} given */
const conditionIn = (given) => reasonCondition(given.get("intent"), given.get("about"));

/** What is wrong with what an address asks, in a sentence; "" when nothing is. @param {string} address */
function problemIn(address) {
  const unknown = unknownPapersIn(address).map((key) => `“${key.slice(0, 60)}”`);
  if (unknown.length) return `The address names what is no paper of this page: ${unknown.slice(0, 3).join(", ")}${unknown.length > 3 ? " and others" : ""}. It may belong to another page.`;
  const condition = conditionIn(new URLSearchParams(address.replace(/^#/, "")));
  return typeof condition === "string" ? condition : "";
}

/** @param {URLSearchParams} given @param {State} read gets the filters */
function readFilters(given, read) {
  read.hiddenThemes = new Set(given.getAll("off").filter((theme) => lanes.some((lane) => (lane.theme ?? "") === theme)));
  const years = /^(\d{1,4})?\.\.(\d{1,4})?$/.exec(given.get("years") ?? "");
  if (years) read.years = [years[1] ? Number(years[1]) : null, years[2] ? Number(years[2]) : null];
  read.confirmed = given.has("confirmed");
  read.influential = given.has("influential");
  read.connected = given.has("connected");
  const relatives = /^(around|before|after),(\d{1,2}),(.*)$/.exec(given.get("kin") ?? "");
  if (relatives && isPaper(relatives[3])) read.relatives = { kind: /** @type {Relatives["kind"]} */ (relatives[1]), depth: Number(relatives[2]), key: relatives[3] };
  read.story = storyIn(given.get("story"));
  read.size = findMeasure(given.get("size"))?.id ?? "";
}

const MOST_VIA = 12; // every further one doubles the stages of a path

/** Change the state, and the page with it. It is a step for the browser's Back, unless `quietly`. @param {Partial<State>} patch */
function changeState(patch, { quietly = false } = {}) {
  hideTooltip();
  Object.assign(state, patch);
  writeAddress(quietly);
  updatePage();
}

/** Write the state into the address. @param {boolean} quietly */
function writeAddress(quietly) {
  const address = addressOf(state);
  if (address === location.hash.replace(/^#/, "")) return;
  history[quietly ? "replaceState" : "pushState"](null, "", `#${address}`);
}

/** Read the state from the address, or, where that tells none, take the one that the page was made with. */
function readAddress() {
  Object.assign(state, stateFromAddress(location.hash.length > 1 ? location.hash : facts.preset));
}
