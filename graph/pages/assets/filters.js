// The controls that decide what is shown, kept in step with the state.

/** The year in a field. @param {string} text */
const yearIn = (text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null);

/** @type {string | null} the paper whose kin is chosen, before there is a filter */
let kinKey = null;

/** The two thumbs on the span of years; none where there is but one year. */
const slides = () => /** @type {HTMLInputElement[]} */ (["first-slide", "last-slide"].map((id) => document.getElementById(id)).filter((one) => one !== null));

/** Take the years from the thumbs; the one that is moved never passes the other. @param {number} moved @param {boolean} done */
function slideYears(moved, done) {
  const both = slides();
  const [first, last] = both.map((slide) => Number(slide.value));
  if (first > last) both[moved].value = both[1 - moved].value;
  const [low, high] = both.map((slide) => Number(slide.value));
  const [start, end] = [Number(both[0].min), Number(both[0].max)];
  state.years = [low > start ? low : null, high < end ? high : null];
  if (done) change({}); // a step for Back
  else apply();
}

function setUpFilters() {
  for (const one of document.querySelectorAll("[data-theme]")) {
    const theme = /** @type {HTMLElement} */ (one).dataset.theme ?? "";
    one.addEventListener("click", () => {
      const off = new Set(state.off);
      if (!off.delete(theme)) off.add(theme);
      change({ off });
    });
  }
  const years = () => change({ years: [yearIn(field("first-year").value), yearIn(field("last-year").value)] });
  for (const id of ["first-year", "last-year"]) field(id).addEventListener("change", years);
  for (const [n, slide] of slides().entries()) {
    slide.addEventListener("input", () => slideYears(n, false));
    slide.addEventListener("change", () => slideYears(n, true));
  }
  for (const name of /** @type {("confirmed" | "influential" | "connected")[]} */ (["confirmed", "influential", "connected"])) {
    document.getElementById(name)?.addEventListener("change", (event) => change({ [name]: /** @type {HTMLInputElement} */ (event.target).checked }));
  }
  const kin = () => {
    const kind = /** @type {Kin["kind"]} */ (field("kin-kind").value);
    const depth = Number(field("kin-depth").value);
    change({ kin: kinKey === null ? null : { key: kinKey, kind, depth } });
  };
  finder("kin", (key) => {
    kinKey = key;
    kin();
  }, { keep: true });
  field("kin").addEventListener("input", () => {
    if (field("kin").value.trim() || kinKey === null) return;
    kinKey = null;
    kin();
  });
  field("size").addEventListener("change", () => change({ size: field("size").value }));
  for (const id of ["kin-kind", "kin-depth"]) byId(id).addEventListener("change", kin);
  byId("show-all").addEventListener("click", () => {
    const { off, years: all, confirmed, influential, connected, kin: none } = freshState();
    change({ off, years: all, confirmed, influential, connected, kin: none });
    byId("filters-summary").focus();
  });
  for (const menu of document.querySelectorAll("details.menu")) {
    menu.addEventListener("keydown", (event) => {
      const open = /** @type {HTMLDetailsElement} */ (menu);
      if (/** @type {KeyboardEvent} */ (event).key !== "Escape" || !open.open) return;
      open.open = false;
      /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
      event.stopPropagation();
    });
  }
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  });
}

/** Show the filters as they are, and what they leave. */
function showFilters() {
  for (const one of document.querySelectorAll("[data-theme]")) one.setAttribute("aria-pressed", String(!state.off.has(/** @type {HTMLElement} */ (one).dataset.theme ?? "")));
  const [first, last] = state.years;
  for (const [id, year] of /** @type {[string, number | null][]} */ ([["first-year", first], ["last-year", last]])) {
    if (document.activeElement !== field(id) || year !== null) field(id).value = year === null ? "" : String(year);
  }
  for (const [n, slide] of slides().entries()) slide.value = String(state.years[n] ?? (n ? slide.max : slide.min));
  for (const name of /** @type {("confirmed" | "influential" | "connected")[]} */ (["confirmed", "influential", "connected"])) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(name));
    if (box) box.checked = state[name];
  }
  kinKey = state.kin?.key ?? null;
  if (document.activeElement !== field("kin") || kinKey !== null) field("kin").value = kinKey === null ? "" : nameOf(kinKey);
  field("size").value = state.size;
  byId("size-meaning").textContent = sizeInWords();
  byId("size-meaning").hidden = !state.size;
  if (state.kin) {
    field("kin-kind").value = state.kin.kind;
    field("kin-depth").value = String(state.kin.depth);
  }
  const words = shownInWords();
  if (byId("count").textContent !== words) byId("count").textContent = words;
  byId("show-all").hidden = !isFiltered;
  byId("nothing").hidden = !isFiltered || shown.size > 0;
  byId("filters-summary").textContent = isFiltered ? "Filters (on)" : "Filters";
}
