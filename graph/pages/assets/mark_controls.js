// How the reader marks papers: buttons and a note in the details of a paper, keys in the picture, and the menu of all marks.

/** @type {Record<MarkKind, {name: string, key: string, on: string, off: string}>} */
const MARK_WORDS = {
  starred: { name: "★ Star", key: "s", on: "has a star", off: "has no star any more" },
  read: { name: "✓ Read", key: "r", on: "is marked as read", off: "is not marked as read any more" },
  own: { name: "Own", key: "o", on: "is marked as yours", off: "is not marked as yours any more" },
  hidden: { name: "Hide", key: "h", on: "is hidden", off: "is shown again" },
};

/** Put a mark on some papers, or take it away from them when all have it. @param {MarkKind} kind @param {string[]} some */
function toggleMark(kind, some) {
  const isFirst = countMarks(state.marks) === 0;
  const isMarked = !some.every((key) => state.marks[kind].includes(key));
  changeState({ marks: withMark(state.marks, kind, some, isMarked) });
  const who = some.length === 1 ? numberedName(some[0]) : counted(some.length, "paper", "papers");
  const verb = MARK_WORDS[kind][isMarked ? "on" : "off"].replace(/^(has|is)/, (word) => (some.length === 1 ? word : word === "has" ? "have" : "are"));
  sayMark(`${who} ${verb}`, isFirst);
}

/** @param {string} key @param {string} text */
function setNote(key, text) {
  if (text.trim() === (state.marks.notes.get(key) ?? "")) return;
  const isFirst = countMarks(state.marks) === 0;
  changeState({ marks: withNote(state.marks, key, text) });
  sayMark(`Note on ${numberedName(key)} ${text.trim() ? "kept" : "removed"}`, isFirst);
}

/** Say what was marked, and with the first mark where marks are kept. @param {string} text @param {boolean} isFirst */
function sayMark(text, isFirst) {
  if (isFirst) notify(`${text}. ${whereMarksAreKept()}`);
  else announce(text);
}

/** The marks of a paper in its details. @param {string} key */
function marksSection(key) {
  const toggles = MARK_KINDS.map((kind) => button(MARK_WORDS[kind].name, () => toggleMark(kind, [key]), { "data-mark": kind, "aria-pressed": "false", title: `Key in the picture: ${MARK_WORDS[kind].key.toUpperCase()}` }));
  const note = /** @type {HTMLTextAreaElement} */ (element("textarea", { id: "note", rows: "2", maxlength: String(LONGEST_NOTE), placeholder: "Your note" }));
  note.addEventListener("change", () => setNote(key, note.value));
  note.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // the note is kept, and the details stay open
    note.blur();
    byId("panel").focus({ preventScroll: true });
  });
  return element(
    "div",
    { class: "own-marks", "data-key": key },
    element("div", { role: "group", "aria-label": "Your marks" }, ...toggles),
    element("label", { for: "note", class: "unseen" }, "Your note"),
    note,
    element("p", { class: "kept role" }),
  );
}

/** Show the marks of the state in the details and in the menu. */
function updateMarks() {
  const section = /** @type {HTMLElement | null} */ (byId("panel").querySelector(".own-marks"));
  const isAnyMarked = countMarks(state.marks) > 0;
  if (section) {
    const key = section.dataset.key ?? "";
    for (const toggle of section.querySelectorAll("[data-mark]")) toggle.setAttribute("aria-pressed", String(state.marks[/** @type {MarkKind} */ (toggle.getAttribute("data-mark"))].includes(key)));
    const note = inputById("note");
    if (document.activeElement !== note) note.value = state.marks.notes.get(key) ?? "";
    const kept = /** @type {HTMLElement} */ (section.querySelector(".kept"));
    kept.textContent = isAnyMarked ? whereMarksAreKept() : "";
    kept.hidden = !isAnyMarked;
  }
  byId("marks-summary").textContent = isAnyMarked ? `Marks (${formatCount(countMarks(state.marks))})` : "Marks";
  byId("marks-kept").textContent = isAnyMarked ? whereMarksAreKept() : "Mark papers in their details, or by S, R, O, H and N in the picture.";
  inputById("starred-only").checked = state.starredOnly;
  for (const kind of LEFT_OUT_BY) inputById(`leave-${kind}`).checked = state.leaveOut.includes(kind);
  byId("clear-marks").hidden = !isAnyMarked;
  if (/** @type {HTMLDetailsElement} */ (byId("marks")).open) fillMarksList();
}

/** List the papers that are marked. */
function fillMarksList() {
  const { starred, read, own, hidden, notes } = state.marks;
  /** @param {string} title @param {string[]} marked @param {(key: string) => (Node | string)[]} more @returns {Node[]} */
  const list = (title, marked, more = () => []) => {
    const here = marked.filter(isPaper);
    const others = marked.length - here.length;
    if (!marked.length) return [];
    const items = here.slice(0, 100).map((key) => element("li", {}, paperButton(key), ...more(key)));
    if (here.length > 100) items.push(element("li", {}, `and ${formatCount(here.length - 100)} more`));
    if (others) items.push(element("li", { class: "count" }, `${counted(others, "paper", "papers")} of other pages`));
    return [element("h2", {}, title), element("ul", {}, ...items)];
  };
  const showAgain = (/** @type {string} */ key) => [" ", button("show", () => toggleMark("hidden", [key]), { class: "link why", "aria-label": `show ${numberedName(key)} again` })];
  byId("marks-list").replaceChildren(
    ...list("With a star", starred),
    ...list("With a note", [...notes.keys()], (key) => [element("small", {}, bdi(notes.get(key) ?? ""))]),
    ...list("Read", read),
    ...list("Yours", own),
    ...list("Hidden", hidden, showAgain),
  );
}

/** The paper that a key of the picture is about. */
const paperForKeys = () => state.pointed ?? state.selected;

/** Mark a paper by a key, or open its note. @param {string} pressed @param {string | null} key @returns {boolean} whether the key does that */
function markByKey(pressed, key) {
  if (key === null) return false;
  const kind = MARK_KINDS.find((each) => MARK_WORDS[each].key === pressed.toLowerCase());
  const isPointedAt = state.pointed === key;
  if (kind) {
    toggleMark(kind, [key]);
    if (isPointedAt && visiblePapers.has(key)) pointAt(key); // for the next key
  } else if (pressed.toLowerCase() === "n") {
    selectPaper(key);
    byId("note").focus();
  } else return false;
  return true;
}

function setUpMarks() {
  byId("panel").addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.closest("input, select, textarea") !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || state.selected === null) return;
    if (markByKey(event.key, state.selected)) event.preventDefault();
  });
  byId("marks").addEventListener("toggle", updateMarks);
  onClick("save-copy", () => {
    if (!("getHTML" in pristine)) return notify("This browser cannot save a copy: copy the link, which has your marks");
    saveText(`${asFileName(nameOfPage().replace(/-marked$/, ""))}-marked.html`, savedCopy(currentAddress()), "text/html");
  });
  onClick("save-stars", saveStars);
  byId("starred-only").addEventListener("change", () => changeState({ starredOnly: inputById("starred-only").checked }));
  for (const kind of LEFT_OUT_BY) {
    inputById(`leave-${kind}`).addEventListener("change", () => changeState({ leaveOut: LEFT_OUT_BY.filter((each) => inputById(`leave-${each}`).checked) }));
  }
  onClick("clear-marks", () => {
    changeState({ marks: noMarks(), starredOnly: false, leaveOut: [] });
    byId("marks-summary").focus();
    notify("All marks are removed; Undo brings them back");
  });
}
