// Colours: those of the page, read from its style sheet, and those that are made of a theme's colour.

const UNTHEMED_COLOUR = facts.unthemedColour;
/** @type {Map<string | null, string>} */
const colourOfTheme = new Map(lanes.map((lane) => [lane.theme, lane.colour]));
for (const [id, colour] of Object.entries(facts.colours)) colourOfTheme.set(id, colour);

/** The page's colours in the reader's scheme, light or dark. */
let pageColours = readPageColours();

function readPageColours() {
  const style = getComputedStyle(document.documentElement);
  const named = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { paper: named("--paper"), ink: named("--ink"), quiet: named("--quiet"), line: named("--line"), accent: named("--accent") };
}

/** Red, green and blue. @param {string} hex "#RRGGBB" */
const channelsOf = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** @type {Map<string, string>} */
const knownMixtures = new Map();

/**
 * A mixture of two colours, as "#rrggbb": programs that read SVG know no newer notation.
 * @param {string} one @param {string} other @param {number} share of the first colour
 */
function mixColours(one, other, share) {
  const name = one + other + share;
  let mixture = knownMixtures.get(name);
  if (!mixture) {
    const [a, b] = [channelsOf(one), channelsOf(other)];
    mixture = `#${a.map((value, n) => Math.round(value * share + b[n] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
    knownMixtures.set(name, mixture);
  }
  return mixture;
}

/** The relative luminance as WCAG 2 defines it. @param {string} hex */
function luminance(hex) {
  const [r, g, b] = channelsOf(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How strongly two colours contrast, as WCAG 2 defines it: from 1 to 21. @param {string} one @param {string} other */
function contrast(one, other) {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const LEAST_CONTRAST = 3; // of a mark with the page, as WCAG 2 demands

/** @type {Map<string, string>} */
const knownOutlines = new Map();

/** A theme's colour for an outline or a mark that stands out from the page: mixed with ink as far as it has to be. @param {string} colour */
function outlineColour(colour) {
  const name = colour + pageColours.paper;
  let outline = knownOutlines.get(name);
  if (!outline) {
    outline = colour;
    for (let share = 0.95; contrast(outline, pageColours.paper) < LEAST_CONTRAST && share >= 0; share -= 0.05) outline = mixColours(colour, pageColours.ink, share);
    knownOutlines.set(name, outline);
  }
  return outline;
}

/** Black or white, whichever has a contrast of at least 4.5:1 on a colour. @param {string} hex */
const textColourOn = (hex) => (luminance(hex) > 0.179 ? "#111111" : "#ffffff");

/** The colour of a paper's lane. @param {string} key */
const laneColourOf = (key) => colourOfTheme.get(papers[key].lane ?? null) ?? UNTHEMED_COLOUR;
