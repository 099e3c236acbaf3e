// Which paths a reader wants to see, and in which order: the controls of the panel, as the options of `lineage path`.

let isConditionsOpen = false; // as the reader left it

/** In which order the paths come. @param {PathRequest} request */
function orderControl({ rank = "shortest" }) {
  const select = choiceOf("rank", Object.keys(RANKS).map((each) => [each, `${each} first`]), rank);
  select.addEventListener("change", () => changeCondition({ rank: /** @type {Rank} */ (select.value) }, "rank"));
  select.setAttribute("aria-label", "Order of the paths");
  select.title = `What comes first: ${RANKS[rank]}`;
  return select;
}

/** Controls for the papers between the ends, for the length, and, where there are paths, for reasons. @param {PathRequest} request @param {boolean} hasPaths */
function pathConditions(request, hasPaths) {
  const isSet = hasConditions({ ...request, waypoints: [] }) || (hasPaths && Boolean(request.condition));
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "list-only" }));
  box.checked = request.listOnly;
  box.addEventListener("change", () => changeCondition({ listOnly: box.checked }, "list-only"));
  const fold = /** @type {HTMLDetailsElement} */ (
    element(
      "details",
      { class: "fold conditions", id: "conditions" },
      element("summary", {}, "Which paths"),
      element("label", {}, box, " Only papers of the list between"),
      passControls(request),
      limitControls(request),
      ...(hasPaths ? reasonControls(request) : []),
    )
  );
  fold.open = isSet || isConditionsOpen;
  fold.addEventListener("toggle", () => (isConditionsOpen = fold.open));
  return fold;
}

/** Papers that the paths pass or leave out. @param {PathRequest} request */
function passControls(request) {
  const chips = (/** @type {"via" | "avoid"} */ condition, /** @type {string} */ word) =>
    request[condition].map((key) => {
      const remove = () => changeRequest({ [condition]: request[condition].filter((other) => other !== key) });
      return element("span", { class: "chip" }, `${word} `, bdi(papers[key].name), button("×", remove, { "aria-label": `No longer ${word} ${papers[key].name}` }));
    });
  return element(
    "div",
    { role: "group", "aria-label": "Conditions" },
    ...chips("via", "via"),
    ...chips("avoid", "without"),
    button("Via…", () => awaitPaper("via"), { title: "Then click a paper that the paths must pass" }),
    button("Without…", () => awaitPaper("avoid"), { title: "Then click a paper that the paths must leave out" }),
  );
}

/** The theme and the years of the papers between, and the most hops. @param {PathRequest} request */
function limitControls({ theme = null, years = [null, null], maxHops = null }) {
  const select = choiceOf("path-theme", [["", "any theme"], ...facts.order.map((id) => [id, themes[id]])], theme ?? "");
  select.addEventListener("change", () => changeCondition({ theme: select.value || null }, "path-theme"));
  const year = (/** @type {0 | 1} */ end) => {
    const id = ["first-between", "last-between"][end];
    const input = numberField(id, years[end], 4, ["First year of the papers between", "Last year of the papers between"][end]);
    input.addEventListener("change", () => {
      const value = numberIn(input, "A year has one to four digits, as in 2018; none stands for any.");
      if (value === undefined) return;
      const span = /** @type {[number | null, number | null]} */ (end ? [years[0], value] : [value, years[1]]);
      if (span[0] !== null && span[1] !== null && span[0] > span[1]) refuseValue(input, `The first year is ${span[0]}, after the last, ${span[1]}.`);
      else changeCondition({ years: span }, id);
    });
    return input;
  };
  const hops = numberField("max-hops", maxHops, 3, "The most hops");
  hops.addEventListener("change", () => {
    const value = numberIn(hops, "The most hops must be at least 1, as in 3; nothing stands for any number.");
    if (value === 0) refuseValue(hops, "The most hops must be at least 1.");
    else if (value !== undefined) changeCondition({ maxHops: value }, "max-hops");
  });
  return element(
    "div",
    { role: "group", "aria-label": "Limits", class: "limits" },
    ...(isByTheme ? [element("label", {}, "Papers between of ", select)] : []), // the command knows themes alone
    element("span", {}, "of the years ", year(0), " to ", year(1)),
    element("label", {}, "at most ", hops, " hops"),
  );
}

/** @param {string} id @param {string[][]} options values and texts @param {string} value */
function choiceOf(id, options, value) {
  const select = /** @type {HTMLSelectElement} */ (element("select", { id }, ...options.map(([each, text]) => element("option", { value: each }, text))));
  select.value = value;
  return select;
}

/** @param {string} id @param {number | null} value @param {number} digits @param {string} label */
function numberField(id, value, digits, label) {
  const input = /** @type {HTMLInputElement} */ (element("input", { id, type: "text", inputmode: "numeric", size: String(digits), maxlength: String(digits), autocomplete: "off", placeholder: "any", "aria-label": label }));
  input.value = value === null ? "" : String(value);
  input.addEventListener("input", () => input.setCustomValidity(""));
  return input;
}

/** The number in a field, or null where it is empty; undefined where it has another text, which the reader is told. @param {HTMLInputElement} input @param {string} problem */
function numberIn(input, problem) {
  const text = input.value.trim();
  if (text === "") return null;
  if (/^\d+$/.test(text)) return Number(text);
  refuseValue(input, problem);
}

/** @param {HTMLInputElement} input @param {string} problem */
function refuseValue(input, problem) {
  input.setCustomValidity(problem);
  input.reportValidity();
}

/** Change one condition, and say what came of it. @param {Partial<PathRequest>} patch @param {string} focused the id of the control that keeps the focus */
function changeCondition(patch, focused) {
  changeRequest(patch);
  byId(focused).focus();
  announce(byId("panel").querySelector(".answer")?.textContent ?? "");
}
