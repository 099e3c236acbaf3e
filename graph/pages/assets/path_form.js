// Asking for paths: two fields, one field with an arrow, or two clicks.

/**
 * @typedef {{wish: string, answer: Answer | null, paths: string[][], listed: number, done: boolean}} Asked
 *   `paths`: the first of them, so many that lighting them all means something; `listed`: how many the panel tells.
 */
const AT_ONCE = 500;
const LISTED = 10;

/** The answer to what is asked. @type {Asked} */
let asked_ = { wish: "", answer: null, paths: [], listed: 0, done: true };

/** What the next paper that is clicked or found stands for. @type {"from" | "to" | "via" | "avoid" | null} */
let picking = null;
/** @type {{from: string | null, to: string | null}} one end is known, the other not yet */
const half = { from: null, to: null };

/** Find the paths that the state asks for, unless they are known. */
function answerIfAsked() {
  if (!state.ask) return;
  const wish = JSON.stringify(state.ask);
  if (wish === asked_.wish) return;
  const answer = answerTo(state.ask);
  asked_ = { wish, answer, paths: [], listed: LISTED, done: false };
  morePaths(AT_ONCE);
  if (state.chosen !== null && state.chosen >= asked_.paths.length) state.chosen = null;
  if (state.chosen !== null) asked_.listed = Math.max(LISTED, state.chosen + 1);
}

/** @param {number} most take so many more from the answer */
function morePaths(most) {
  for (let n = 0; n < most && asked_.answer && !asked_.done; n += 1) {
    const step = asked_.answer.paths.next();
    if (step.done) asked_.done = true;
    else asked_.paths.push(step.value);
  }
}

/** Ask for the paths between two papers. @param {string} from @param {string} to @param {string[]} way */
function ask(from, to, way = []) {
  pick(null);
  change({ ask: { from, to, way, via: [], avoid: [], list: false }, chosen: null, selected: null, arc: null });
  byId("panel").focus({ preventScroll: true });
  showEnds(); // a field that had the focus as well
  announce(byId("panel").querySelector(".answer")?.textContent ?? "");
}

/** Change a wish that is asked for. @param {Partial<Wish>} patch */
const wishFor = (patch) => state.ask && change({ ask: { ...state.ask, ...patch }, chosen: null, selected: null, arc: null });

/** Ask what a text asks, or say what is wrong with it. @param {string} text @returns {string} the fault, or "" */
function askInWords(text) {
  const question = questionIn(text);
  if (typeof question === "string") return question;
  const { kind, keys } = question;
  if (kind === "before" || kind === "after") {
    change({ kin: { key: keys[0], kind, depth: 0 }, ask: null, selected: keys[0], arc: null });
    return "";
  }
  if (keys.length < 2) return "Name two papers, as in: BERT → InstructGPT";
  const [from, to] = [keys[0], keys[keys.length - 1]];
  const turned = kind === "either" && !between(graphOfPage(), from, to) && between(graphOfPage(), to, from);
  ask(turned ? to : from, turned ? from : to, keys.slice(1, -1));
  return "";
}

/** What stands in the two fields, asked. */
function askFields() {
  const [from, to] = [field("from"), field("to")];
  const texts = [from, to].map((input) => input.value.trim());
  if (from.dataset.key && to.dataset.key) {
    ask(from.dataset.key, to.dataset.key);
    return "";
  }
  const alone = texts.filter(Boolean);
  if (alone.length === 1 && (asksForPaths(alone[0]) || TO.test(alone[0]))) return askInWords(alone[0]);
  if (alone.length < 2) return alone.length ? "Name the other paper too." : "Name two papers, as in: BERT → InstructGPT";
  const meant = [from, to].map((input, n) => (input.dataset.key ? { keys: [input.dataset.key] } : resolve(texts[n])));
  const fault = meant.flatMap((one) => ("fault" in one && one.fault ? [one.fault] : [])).join(" ");
  if (fault) return fault;
  ask((meant[0].keys ?? [])[0], (meant[1].keys ?? [])[0]);
  return "";
}

/** Say what the next click stands for. @param {typeof picking} what */
function pick(what) {
  picking = what;
  const words = {
    from: "Choose the paper where the paths begin",
    to: "Choose the paper that the paths lead to",
    via: "Choose a paper that the paths must pass",
    avoid: "Choose a paper that the paths must leave aside",
  };
  byId("hint").hidden = what === null;
  if (what === null) return;
  byId("hint-text").textContent = `${words[what]}: click it, or find it.`;
  announce(`${words[what]}. Escape stops.`);
}

/** A paper was chosen while the page waited for one. @param {string} key */
function picked(key) {
  const what = picking;
  pick(null);
  if ((what === "via" || what === "avoid") && state.ask) {
    const { from, to, via, avoid } = state.ask;
    if (key === from || key === to) announce("The paths begin or end there.");
    else if (what === "via") wishFor({ via: [...via.filter((one) => one !== key), key].slice(-MOST_VIA), avoid: avoid.filter((one) => one !== key) });
    else wishFor({ avoid: [...avoid.filter((one) => one !== key), key], via: via.filter((one) => one !== key) });
    return;
  }
  if (what === "from" || what === "to") half[what] = key;
  if (half.from !== null && half.to !== null) ask(half.from, half.to);
}

/** "Paths from here", or to here: the other end comes next. @param {string} key @param {"from" | "to"} end */
function askFrom(key, end) {
  half.from = half.to = null;
  half[end] = key;
  showEnds();
  pick(end === "from" ? "to" : "from");
}

/** Show in the fields what is asked. */
function showEnds() {
  for (const end of /** @type {("from" | "to")[]} */ (["from", "to"])) {
    const key = picking === null && state.ask ? state.ask[end] : half[end];
    const input = field(end);
    if (key === null || document.activeElement === input) continue;
    input.value = nameOf(key);
    input.dataset.key = key;
  }
}

/** Say what is wrong with what was asked, or with an address; nothing with "". @param {string} text @returns {boolean} whether nothing is */
function tellFault(text) {
  byId("ask-fault").textContent = text;
  byId("ask-fault").hidden = !text;
  return !text;
}

function setUpAsk() {
  const whenComplete = () => field("from").dataset.key && field("to").dataset.key && tellFault(askFields());
  for (const end of /** @type {("from" | "to")[]} */ (["from", "to"])) {
    const input = field(end);
    const take = (/** @type {string} */ key) => {
      input.value = nameOf(key);
      input.dataset.key = key;
      tellFault("");
      if (end === "from" && !field("to").dataset.key) field("to").focus();
      else whenComplete();
    };
    finder(end, take, { keep: true, arrow: (text) => tellFault(askInWords(text)) });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.defaultPrevented) tellFault(askFields());
    });
  }
  byId("ask").addEventListener("submit", (event) => event.preventDefault());
  byId("ask-go").addEventListener("click", () => tellFault(askFields()));
  byId("hint-stop").addEventListener("click", () => pick(null));
  const choose = (/** @type {string} */ key) => {
    tellFault("");
    if (picking) picked(key);
    else select(key);
  };
  finder("search", choose, { arrow: (text) => tellFault(askInWords(text)) });
}
