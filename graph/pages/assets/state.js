// What the reader sees and asks, and how it stands in the address: "#from=devlin2018&to=ouyang2022".

/**
 * @typedef {{key: string, kind: "around" | "before" | "after", depth: number}} Kin depth 0: all the way
 * @typedef {object} State
 * @property {string | null} pointed under the mouse, or reached by keys
 * @property {string | null} selected its details are open
 * @property {string | null} arc "cited:citing": its details are open
 * @property {Wish | null} ask the paths that are asked for
 * @property {number | null} chosen which of them is lit, from 0; all when null
 * @property {Set<string>} off the themes that are hidden; "" for papers without one
 * @property {[number | null, number | null]} years
 * @property {boolean} confirmed @property {boolean} influential @property {boolean} connected
 * @property {Kin | null} kin
 * @property {string} size the measure that marks grow with, or ""
 * @property {[number, number, number] | null} at the middle of the view and its scale; null: as the page opens
 */

/** @returns {State} */
const freshState = () => ({
  pointed: null,
  selected: null,
  arc: null,
  ask: null,
  chosen: null,
  off: new Set(),
  years: [null, null],
  confirmed: false,
  influential: false,
  connected: false,
  kin: null,
  size: "",
  at: null,
});

const state = freshState();

/** @param {State} from @returns {string} the state without "#" */
function written(from) {
  const made = new URLSearchParams();
  /** @param {string} name @param {string | number | null | undefined | false} value */
  const put = (name, value) => value !== null && value !== undefined && value !== false && value !== "" && made.set(name, String(value));
  put("from", from.ask?.from);
  put("to", from.ask?.to);
  put("way", from.ask?.way.join(","));
  put("via", from.ask?.via.join(","));
  put("avoid", from.ask?.avoid.join(","));
  put("list", from.ask?.list && 1);
  put("path", from.ask && from.chosen !== null && from.chosen + 1);
  put("p", from.selected);
  put("arc", from.arc);
  for (const theme of [...from.off].sort()) made.append("off", theme);
  if (from.years[0] !== null || from.years[1] !== null) put("years", from.years.map((year) => year ?? "").join(".."));
  put("confirmed", from.confirmed && 1);
  put("influential", from.influential && 1);
  put("connected", from.connected && 1);
  put("kin", from.kin && `${from.kin.kind},${from.kin.depth},${from.kin.key}`);
  put("size", from.size);
  put("at", from.at && from.at.map((value, n) => value.toFixed(n < 2 ? 0 : 3)).join(","));
  return made.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** @param {string} text a state as it was written; what is not one of this page is left out @returns {State} */
function readState(text) {
  const given = new URLSearchParams(text.replace(/^#/, ""));
  const made = freshState();
  /** @param {string} name */
  const keys = (name) => (given.get(name) ?? "").split(",").filter((key, n, all) => isPaper(key) && all.indexOf(key) === n);
  const [from, to] = [given.get("from") ?? "", given.get("to") ?? ""];
  if (isPaper(from) && isPaper(to)) {
    made.ask = { from, to, way: keys("way"), via: keys("via").slice(0, MOST_VIA), avoid: keys("avoid"), list: given.has("list") };
    const path = Number(given.get("path"));
    if (Number.isInteger(path) && path > 0 && path <= 10000) made.chosen = path - 1;
  }
  made.selected = keys("p")[0] ?? null;
  const [cited, citing] = (given.get("arc") ?? ":").split(":");
  if (isPaper(cited) && arcBetween(cited, citing)) made.arc = `${cited}:${citing}`;
  readFilters(given, made);
  const at = (given.get("at") ?? "").split(",").map(Number);
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0.001 && at[2] < 50) made.at = [at[0], at[1], at[2]];
  return made;
}

/** The papers that an address names and this page does not have. @param {string} text */
function strangersIn(text) {
  const given = new URLSearchParams(text.replace(/^#/, ""));
  const named = ["from", "to", "way", "via", "avoid", "p"].flatMap((name) => (given.get(name) ?? "").split(","));
  const ends = (given.get("arc") ?? "").split(":");
  return [...new Set([...named, ...ends, given.get("kin")?.split(",")[2] ?? ""])].filter((key) => key !== "" && !isPaper(key));
}

/** @param {URLSearchParams} given @param {State} made */
function readFilters(given, made) {
  made.off = new Set(given.getAll("off").filter((theme) => lanes.some((lane) => (lane.theme ?? "") === theme)));
  const years = /^(\d{1,4})?\.\.(\d{1,4})?$/.exec(given.get("years") ?? "");
  if (years) made.years = [years[1] ? Number(years[1]) : null, years[2] ? Number(years[2]) : null];
  made.confirmed = given.has("confirmed");
  made.influential = given.has("influential");
  made.connected = given.has("connected");
  const kin = /^(around|before|after),(\d{1,2}),(.*)$/.exec(given.get("kin") ?? "");
  if (kin && isPaper(kin[3])) made.kin = { kind: /** @type {Kin["kind"]} */ (kin[1]), depth: Number(kin[2]), key: kin[3] };
  made.size = measureCalled(given.get("size"))?.id ?? "";
}

const MOST_VIA = 12; // of papers to go via, every set is a stage of its own

/** Change the state; what it changes on the page follows. A step that Back takes back, unless `quietly`. @param {Partial<State>} patch */
function change(patch, { quietly = false } = {}) {
  Object.assign(state, patch);
  remember(quietly);
  apply();
}

/** Put the state into the address. @param {boolean} quietly */
function remember(quietly) {
  const text = written(state);
  const now = location.hash.replace(/^#/, "");
  if (text === now) return;
  history[quietly ? "replaceState" : "pushState"](null, "", `#${text}`);
}

/** Take the state from the address, or, where it has none, the one that the page was made with. */
function recall() {
  Object.assign(state, readState(location.hash.length > 1 ? location.hash : facts.preset));
}
