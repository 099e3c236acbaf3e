// Colours of the picture: the page's own, read from its style sheet, and what follows from a theme's.

const NO_THEME = "#666666";
/** @type {Map<string | null, string>} */
const colourOfTheme = new Map(lanes.map((lane) => [lane.theme, lane.colour]));
for (const [id, colour] of Object.entries(facts.colours)) colourOfTheme.set(id, colour);

/** The page's colours in the reader's scheme, light or dark. */
let scheme = readScheme();

function readScheme() {
  const style = getComputedStyle(document.documentElement);
  const named = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { paper: named("--paper"), ink: named("--ink"), quiet: named("--quiet"), line: named("--line"), accent: named("--accent") };
}

/** @param {string} hex "#RRGGBB" */
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/**
 * A colour between two, `share` of the first.
 * @param {string} one @param {string} other @param {number} share
 */
function mixed(one, other, share) {
  const name = one + other + share;
  const known = mixtures.get(name);
  if (known) return known;
  const made = mixture(one, other, share);
  mixtures.set(name, made);
  return made;
}

/** @type {Map<string, string>} */
const mixtures = new Map();

/** @param {string} one @param {string} other @param {number} share */
function mixture(one, other, share) {
  const [a, b] = [channels(one), channels(other)];
  return `rgb(${a.map((value, n) => Math.round(value * share + b[n] * (1 - share))).join(" ")})`;
}

/** @param {string} hex @returns {number} relative luminance as WCAG 2 defines it */
function luminance(hex) {
  const [r, g, b] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} hex @returns {string} black or white: at least 4.5:1 on any colour */
const textOn = (hex) => (luminance(hex) > 0.179 ? "#111111" : "#ffffff");

/** @param {string} key the colour of a paper's lane */
const colourOf = (key) => colourOfTheme.get(papers[key].lane ?? null) ?? NO_THEME;
