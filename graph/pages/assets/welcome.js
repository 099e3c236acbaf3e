// What a reader who comes for the first time sees: what this is, one path that is lit, and questions that one click answers.

/** The shortest path of the first example; found when first needed. @type {string[] | null} */
let cachedWelcomePath = null;

/** The path that a first visit shows, or null. @returns {string[] | null} */
function welcomePath() {
  if (!state.welcome) return null;
  if (!cachedWelcomePath) {
    const query = parseQuery(facts.examples[0]);
    if (typeof query === "string") return null;
    const step = shortestPaths(pageGraph(), query.keys[0], query.keys[1], (key) => papers[key].place).next();
    cachedWelcomePath = step.done ? null : step.value;
  }
  return cachedWelcomePath;
}

/** Show what the page says on a first visit, or hide it. */
function updateWelcome() {
  const path = welcomePath();
  byId("welcome").hidden = !state.welcome;
  byId("welcome-lit").replaceChildren(...(path ? ["Lit: ", bdi(path.map((key) => papers[key].name).join(" → ")), "."] : []));
}

/** Put it away; the address remembers that. */
function endWelcome() {
  changeState({ welcome: false });
  inputById("from").focus({ preventScroll: true });
}

function setUpWelcome() {
  byId("welcome-close").addEventListener("click", endWelcome);
  for (const example of byId("welcome").querySelectorAll(".example")) example.addEventListener("click", () => showProblem(requestPathsByText(example.textContent ?? "")));
}
