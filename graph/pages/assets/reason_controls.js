// Asking by reason: controls for the purpose of every hop, or for words that a hop has, and the answer in three groups.

/** What a reader has typed into the field for words and not asked yet, and the condition that then stood. */
const typedWords = { of: "", text: "" };
const conditionShown = () => JSON.stringify([state.request?.from, state.request?.to, state.request?.condition]);

/** A choice of purposes and a field for words; a page that knows no reason has neither. @param {PathRequest} request @returns {HTMLElement[]} */
function reasonControls({ condition }) {
  if (!canAskWhy()) return [];
  const select = choiceOf("intent", [["", "any purpose"], ...facts.intents.map((intent) => [intent, intent])], condition?.intent ?? "");
  select.addEventListener("change", () => askByReason(select.value || null, null, "intent"));
  const input = /** @type {HTMLInputElement} */ (element("input", { id: "about", type: "text", autocomplete: "off", placeholder: "words" }));
  input.value = typedWords.of === conditionShown() ? typedWords.text : (condition?.about ?? "");
  const ask = () => {
    const text = input.value.trim();
    if (text || condition?.about) askByReason(null, text || null, "about");
    else input.focus();
  };
  input.addEventListener("input", () => {
    input.setCustomValidity("");
    Object.assign(typedWords, { of: conditionShown(), text: input.value });
  });
  input.addEventListener("keydown", (event) => {
    const asked = condition?.about ?? "";
    if (event.key === "Enter" && !event.isComposing) ask();
    else if (event.key === "Escape" && input.value !== asked) {
      input.value = asked;
      input.dispatchEvent(new Event("input"));
      event.stopPropagation(); // the panel stays
    }
  });
  const end = condition ? [button("Do not group", () => askByReason(null, null, "intent"), { id: "no-reason" })] : [];
  return [
    element(
      "div",
      { role: "group", "aria-label": "Group the paths by reason", class: "by-reason" },
      element("label", {}, "Every hop is for ", select),
      element("label", {}, "or a hop speaks of ", input),
      button("Group", ask, { id: "about-go", "aria-label": "Group the paths by these words" }),
      ...end,
    ),
  ];
}

/** Group the paths of the request by a purpose or by words, or no longer. @param {string | null} intent @param {string | null} about @param {string} focused the id of the control that keeps the focus */
function askByReason(intent, about, focused) {
  const condition = reasonCondition(intent, about);
  if (typeof condition === "string") {
    const input = inputById("about");
    input.setCustomValidity(condition);
    input.reportValidity();
    return;
  }
  typedWords.of = "";
  showProblem("");
  changeRequest({ condition });
  byId(focused).focus();
  announce(groupsSentence().trim() || (condition ? (byId("panel").querySelector(".answer")?.textContent ?? "") : "The paths are no longer grouped."));
}

/** The groups and their sizes in a sentence, after a space; "" where the paths are not grouped. */
function groupsSentence() {
  const grouped = pathResults.answer?.grouped;
  return grouped ? ` ${grouped.groups.map((group) => plainText(groupHeading(grouped.condition, group))).join(". ")}.` : "";
}

/** @param {ReasonCondition} condition @param {{verdict?: Verdict, total: bigint | null}} group @returns {(Node | string)[]} */
const groupHeading = (condition, { verdict = null, total }) => [...meaningOfGroup(condition, verdict), `: ${total === null ? "uncounted" : formatCount(total)}`];

/** The paths in their groups, each under what its paths have in common. @param {GroupedPaths} grouped */
function groupSections({ condition, hops }) {
  const sections = pathResults.groups.map((group, n) => {
    const heading = element("h3", { id: `group-${n}` }, ...groupHeading(condition, group));
    return element("section", { "aria-labelledby": `group-${n}`, class: "group" }, heading, ...(group.paths.length ? [pathList(group, n)] : []), ...morePathsLine(group, n));
  });
  return [element("p", { class: "hops-by-verdict" }, ...hopsByVerdict(condition, hops)), ...sections];
}

/** Why a hop was made, and, where the paths are grouped, whether it meets the condition. @param {Arc} arc */
function hopReason(arc) {
  const grouped = pathResults.answer?.grouped;
  if (!grouped) return whyLine(arc);
  const { about } = grouped.condition;
  const mark = `(${verdictName(grouped.hops.get(`${arc.from}:${arc.to}`))}) `;
  const sentence = about === null ? undefined : sentencesOf(arc).find((each) => speaksOf(each, about));
  return [element("small", { class: "reason" }, mark, bdi(whyCited(arc)), ...(sentence === undefined ? [] : [" It says: ", bdi(sentence)]))];
}
