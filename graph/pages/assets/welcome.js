// What a reader who comes for the first time sees: what this is, one path that is lit, and questions that one click answers.

/** The path that a first visit shows, or null. */
const welcomePath = () => (state.welcome ? facts.examplePath : null);

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
  onClick("welcome-close", endWelcome);
  for (const example of /** @type {NodeListOf<HTMLElement>} */ (byId("welcome").querySelectorAll(".example"))) {
    example.addEventListener("click", () => {
      showProblem("");
      requestPaths(example.dataset.from ?? "", example.dataset.to ?? "");
    });
  }
}
