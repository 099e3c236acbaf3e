// The answer to a question about paths, in the panel: how many, which, and who says so; or why there is none.

/** @returns {HTMLElement[]} */
function pathsDetails() {
  const wish = /** @type {Wish} */ (state.ask);
  const answer = /** @type {Answer} */ (asked_.answer);
  const head = element("h2", { id: "panel-title" }, bdi(papers[wish.from].name), " → ", ...wish.way.flatMap((key) => [bdi(papers[key].name), " → "]), bdi(papers[wish.to].name));
  const role = element("p", { class: "role" }, "How the idea travelled: every paper is cited by the next");
  const controls = wishControls(wish);
  if (!asked_.paths.length) return [role, head, ...noPath(wish, answer), controls];
  return [role, head, element("p", { class: "answer" }, summary(wish, answer)), controls, lightControls(), pathList(), ...rest(answer), pathCopies()];
}

/** @param {Wish} wish @param {Answer} answer */
function summary(wish, answer) {
  const direct = arcBetween(wish.from, wish.to) ? "A direct citation" : "No direct citation";
  const many = answer.total === null ? "more paths than can be counted" : counted(answer.total, "path", "paths");
  const within = wish.list ? " within the list" : answer.inList === null ? "" : `, ${answer.inList ? grouped(answer.inList) : "none"} of them within the list`;
  return `${direct}; ${many}${within}.`;
}

/** List only, via, avoid. @param {Wish} wish */
function wishControls(wish) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "list-only" }));
  box.checked = wish.list;
  box.addEventListener("change", () => {
    wishFor({ list: box.checked });
    byId("list-only").focus();
  });
  const chips = (/** @type {"via" | "avoid"} */ what, /** @type {string} */ word) =>
    wish[what].map((key) =>
      element("span", { class: "chip" }, `${word} `, bdi(papers[key].name), button("×", () => wishFor({ [what]: wish[what].filter((one) => one !== key) }), { "aria-label": `No longer ${word} ${papers[key].name}` })),
    );
  return element(
    "div",
    { class: "wish" },
    element("label", {}, box, " Only papers of the list between"),
    element("div", { role: "group", "aria-label": "Conditions" }, ...chips("via", "via"), ...chips("avoid", "without"), button("Via…", () => pick("via"), { title: "Then click a paper that the paths must pass" }), button("Without…", () => pick("avoid"), { title: "Then click a paper that the paths must leave aside" })),
  );
}

/** All of them lit, or one. */
function lightControls() {
  const one = state.chosen;
  const choose = (/** @type {number | null} */ n) => {
    change({ chosen: n });
    byId(n === null ? "light-all" : "light-one").focus();
  };
  return element(
    "div",
    { class: "segments", role: "group", "aria-label": "Which paths are lit" },
    button("All paths", () => choose(null), { id: "light-all", "aria-pressed": String(one === null) }),
    button("One path", () => choose(one ?? 0), { id: "light-one", "aria-pressed": String(one !== null) }),
    element("span", { class: "role" }, one !== null ? `Path ${one + 1}` : asked_.done ? "" : `The first ${grouped(asked_.paths.length)} are lit`),
  );
}

function pathList() {
  const items = asked_.paths.slice(0, asked_.listed).map((path, n) => {
    const names = path.slice(1, -1).map((key) => papers[key].name);
    const open = state.chosen === n;
    const between = path.slice(1, -1);
    const where = !between.length ? "" : between.every((key) => papers[key].numbers.length) ? ", within the list" : ", with bridges";
    const head = button(
      element("span", {}, element("strong", {}, `${counted(path.length - 1, "hop", "hops")}${where}`), " ", bdi(names.length ? `by ${names.join(" → ")}` : "direct")),
      () => {
        change({ chosen: open ? null : n });
        /** @type {HTMLElement | null} */ (byId("panel").querySelector(`[data-path="${n}"]`))?.focus();
      },
      { "aria-expanded": String(open), "data-path": String(n), class: "path" },
    );
    return element("li", {}, head, ...(open ? [hops(path)] : []));
  });
  return element("ol", { class: "paths" }, ...items);
}

/** @param {string[]} path every paper with its date and theme, and who asserts that it cites the one before */
function hops(path) {
  const rows = path.map((key, n) => {
    const arc = n ? arcBetween(path[n - 1], key) : undefined;
    const themed = element("small", {}, `${papers[key].date ?? "undated"} · `, bdi(mainThemeOf(key)));
    if (!arc) return element("li", {}, paperButton(key), themed);
    const odd = arc.backwards ? " The cited paper is dated later." : "";
    const why = button("why", () => change({ arc: `${arc.from}:${arc.to}` }), { class: "link why", "aria-label": `why: who asserts that ${papers[key].name} cites ${papers[arc.from].name}` });
    return element("li", {}, paperButton(key), " ", why, themed, element("small", {}, `cites ${papers[arc.from].name}, `, bdi(assertedBy(arc)), odd));
  });
  return element("ol", { class: "hops" }, ...rows);
}

/** How many are not listed yet. @param {Answer} answer */
function rest(answer) {
  const listed = Math.min(asked_.listed, asked_.paths.length);
  if (asked_.done && listed === asked_.paths.length) return [];
  const left = answer.total === null ? "More" : `${grouped(answer.total - BigInt(listed))} more`;
  const show = () => {
    asked_.listed += LISTED;
    if (asked_.listed > asked_.paths.length) morePaths(LISTED);
    apply();
    /** @type {HTMLElement | null} */ (byId("panel").querySelector(`[data-path="${listed}"]`))?.focus();
  };
  return [element("p", { class: "more" }, `${left}, no shorter than the last. `, button(`Show ${LISTED} more`, show, { id: "more-paths" }))];
}

/** @param {Wish} wish @param {Answer} answer */
function noPath(wish, answer) {
  if (wish.from === wish.to) return [element("p", { class: "answer" }, "One and the same paper.")];
  const { reverse, ancestors, descendants, chain, hiddenBy } = answer.absence();
  const [start, end] = [papers[wish.from].name, papers[wish.to].name];
  const told = [element("p", { class: "answer" }, `No path from ${start} to ${end}${wish.list ? " within the list" : ""}${wish.via.length + wish.avoid.length + wish.way.length ? " that keeps to the conditions" : ""} on this page.`)];
  /** @param {...(Node | string)} content */
  const say = (...content) => told.push(element("p", {}, ...content));
  if (wish.list) say("Papers outside the list may lie on the way.");
  if (reverse === 0n) say(`Nor is there one in the other direction, from ${end} to ${start}.`);
  else say("The other direction exists: ", button(bdi(`${end} → ${start}`), () => ask(wish.to, wish.from), { class: "link", id: "other-direction" }), reverse === null ? "." : `, ${counted(reverse, "path", "paths")}.`);
  if (ancestors.length) say("Nearest common ancestors, from which both descend: ", someOf(ancestors), ".");
  if (descendants.length) say("Nearest common descendants, which build on both: ", someOf(descendants), ".");
  if (chain.length && !reverse) say(`The shortest chain of citations whichever way they point, which is no lineage: ${chain.map((key) => papers[key].name).join(" – ")}.`);
  if (!hiddenBy.length) say("Every paper that could lie on the way has fully known references.");
  else {
    const dated = hiddenBy.filter((key) => papers[key].date);
    say(`That proves little: the references of ${counted(hiddenBy.length, "paper", "papers")} before ${end} are not fully known, and any of them could hide a path`, ...(dated.length ? [", among them ", someOf(dated)] : []), ".");
  }
  return told;
}

/** The listed paths to take along as text. */
function pathCopies() {
  return element("div", { class: "actions" }, element("div", { role: "group", "aria-label": "Copy" }, copyButton("Copy as Markdown", () => pathsAsMarkdown(asked_.paths.slice(0, asked_.listed))), copyButton("Copy a link", () => location.href)), copied());
}
