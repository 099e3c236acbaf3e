// The controls of the filters, and what the page says of them.

/** The year that a field holds. @param {string} text */
const yearIn = (text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null);

/** Mark the fields of years that hold something else. @returns {string} the first of that; "" where there is none */
function markWrongYears() {
  const fields = ["first-year", "last-year"].map(inputById);
  const wrong = fields.filter(({ value }) => value.trim() !== "" && yearIn(value) === null);
  for (const field of fields) field.setAttribute("aria-invalid", String(wrong.includes(field)));
  return wrong[0]?.value.trim() ?? "";
}

/** @type {string | null} the paper whose relatives alone are to be shown */
let relativesKey = null;

const CHECKBOXES = /** @type {("confirmed" | "influential" | "connected")[]} */ (["confirmed", "influential", "connected"]);
const themeButtons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-theme]")]);

/** The two sliders of the years; none where there is only one year. */
const yearSliders = () => /** @type {HTMLInputElement[]} */ (["first-slide", "last-slide"].map((id) => document.getElementById(id)).filter((slider) => slider !== null));

/** Take the years from the sliders; the one that moves never passes the other. @param {number} moved its position @param {boolean} done */
function moveYearSlider(moved, done) {
  const sliders = yearSliders();
  if (Number(sliders[0].value) > Number(sliders[1].value)) sliders[moved].value = sliders[1 - moved].value;
  const [first, last] = sliders.map((slider) => Number(slider.value));
  const [earliest, latest] = [Number(sliders[0].min), Number(sliders[0].max)];
  state.years = [first > earliest ? first : null, last < latest ? last : null];
  if (done) changeState({}); // a step for the browser's Back
  else updatePage();
}

/** Show a theme, or hide it. @param {string} theme "" for papers without one */
function switchTheme(theme) {
  const hiddenThemes = new Set(state.hiddenThemes);
  if (!hiddenThemes.delete(theme)) hiddenThemes.add(theme);
  changeState({ hiddenThemes });
}

function setUpFilters() {
  for (const themeButton of themeButtons) {
    const theme = themeButton.dataset.theme ?? "";
    themeButton.addEventListener("click", () => switchTheme(theme));
  }
  const changeYears = () => {
    const wrong = markWrongYears();
    if (showProblem(wrong ? `“${clipText(wrong, 60)}” is no year: write it in digits, as in 2018.` : "")) {
      changeState({ years: [yearIn(inputById("first-year").value), yearIn(inputById("last-year").value)] });
    }
  };
  for (const id of ["first-year", "last-year"]) inputById(id).addEventListener("change", changeYears);
  for (const [n, slider] of yearSliders().entries()) {
    slider.addEventListener("input", () => moveYearSlider(n, false));
    slider.addEventListener("change", () => moveYearSlider(n, true));
  }
  for (const name of CHECKBOXES) {
    document.getElementById(name)?.addEventListener("change", (event) => changeState({ [name]: /** @type {HTMLInputElement} */ (event.target).checked }));
  }
  setUpRelatives();
  inputById("size").addEventListener("change", () => changeState({ size: inputById("size").value }));
  onClick("show-all", () => {
    const { hiddenThemes, years, confirmed, influential, connected, relatives, author, venue, starredOnly, leaveOut } = initialState();
    changeState({ hiddenThemes, years, confirmed, influential, connected, relatives, author, venue, starredOnly, leaveOut, marks: { ...state.marks, hidden: [] } });
    byId("filters-summary").focus();
  });
  onClick("filters-summary", () => showFilters(byId("filters-summary").getAttribute("aria-expanded") !== "true"));
  onClick("filters-close", () => showFilters(false));
  byId("filters").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    showFilters(false);
    event.stopPropagation();
  });
  setUpMenus();
}

/** Dock the filters beside the picture, which keeps the room that is left, or close them. @param {boolean} shown */
function showFilters(shown) {
  byId("filters").hidden = !shown;
  byId("filters-summary").setAttribute("aria-expanded", String(shown));
  if (!shown) byId("filters-summary").focus();
  fitToRoom();
}

function setUpRelatives() {
  const changeRelatives = () => {
    const kind = /** @type {Relatives["kind"]} */ (inputById("kin-kind").value);
    const depth = Number(inputById("kin-depth").value);
    changeState({ relatives: relativesKey === null ? null : { key: relativesKey, kind, depth } });
  };
  const choose = (/** @type {string} */ key) => {
    relativesKey = key;
    changeRelatives();
  };
  setUpSearchField("kin", choose, { keepText: true });
  inputById("kin").addEventListener("input", () => {
    if (inputById("kin").value.trim() || relativesKey === null) return;
    relativesKey = null;
    changeRelatives();
  });
  for (const id of ["kin-kind", "kin-depth"]) byId(id).addEventListener("change", changeRelatives);
}

/** Have Escape, or a click elsewhere, close an open menu. */
function setUpMenus() {
  const menus = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details.menu")]);
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
      event.stopPropagation();
    });
  }
  document.addEventListener("pointerdown", (event) => {
    for (const menu of menus) if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
}

/** Show the filters of the state, and how much they leave visible. */
function updateFilterControls() {
  for (const themeButton of themeButtons) themeButton.setAttribute("aria-pressed", String(!state.hiddenThemes.has(themeButton.dataset.theme ?? "")));
  const [first, last] = state.years;
  for (const [id, year] of /** @type {[string, number | null][]} */ ([["first-year", first], ["last-year", last]])) {
    if (inputById(id).getAttribute("aria-invalid") === "true") continue; // for the reader to correct
    if (document.activeElement !== inputById(id) || year !== null) inputById(id).value = year === null ? "" : String(year);
  }
  for (const [n, slider] of yearSliders().entries()) slider.value = String(state.years[n] ?? (n ? slider.max : slider.min));
  for (const name of CHECKBOXES) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(name));
    if (box) box.checked = state[name];
  }
  relativesKey = state.relatives?.key ?? null;
  if (document.activeElement !== inputById("kin") || relativesKey !== null) inputById("kin").value = relativesKey === null ? "" : numberedName(relativesKey);
  if (state.relatives) {
    inputById("kin-kind").value = state.relatives.kind;
    inputById("kin-depth").value = String(state.relatives.depth);
  }
  inputById("size").value = state.size;
  byId("size-meaning").textContent = describeSize();
  byId("size-meaning").hidden = !state.size;
  const visibility = describeVisibility();
  if (byId("count").textContent !== visibility) byId("count").textContent = visibility;
  byId("show-all").hidden = !isFiltered;
  byId("nothing").hidden = !isFiltered || visiblePapers.size > 0;
  byId("filters-summary").textContent = isFiltered ? "Filters (on)" : "Filters";
}
