// What limits the papers and the length of paths: a theme, years, hops. As the options of the same names of `lineage path`.

/**
 * @typedef {{theme: string | null, years: Years, maxHops: number | null, rank: Rank}} PathLimits
 *   `theme`, `years`: of the papers between the ends; `maxHops`: citations that a path has at most; `rank`: in which order they come.
 */

/** @typedef {[number | null, number | null]} Years the first and the last, as far as they are limited */

/** Years as an address and the command tell them; "" where there are none. @param {Years} years */
const yearsText = (years) => (years.some((year) => year !== null) ? years.map((year) => year ?? "").join("..") : "");

/** The years that a text tells. @param {string | null} text @returns {Years} */
function yearsOfText(text) {
  const found = /^(\d{1,4})?\.\.(\d{1,4})?$/.exec(text ?? "");
  return [found?.[1] ? Number(found[1]) : null, found?.[2] ? Number(found[2]) : null];
}

/** Whether a paper is of some years; of none if its year is unknown. @param {string} key @param {Years} years */
function isOfYears(key, [first, last]) {
  const { year } = papers[key];
  return (first === null && last === null) || (year !== null && year >= (first ?? -Infinity) && year <= (last ?? Infinity));
}

/** @type {PathLimits} */
const NO_LIMITS = { theme: null, years: [null, null], maxHops: null, rank: "shortest" };

/** Whether a request limits its paths. @param {Partial<PathLimits>} request */
const hasLimits = ({ theme = null, years = [null, null], maxHops = null }) => theme !== null || maxHops !== null || yearsText(years) !== "";

/** Whether a paper may lie between the ends. @param {Partial<PathLimits>} request @returns {(key: string) => boolean} */
function keepsToLimits({ theme = null, years = [null, null] }) {
  return (key) => {
    const { themes: chosen, lane } = papers[key];
    return (theme === null || (chosen.length ? chosen.includes(theme) : lane === theme)) && isOfYears(key, years);
  };
}

/** The limits of a request as an address tells them. @param {Partial<PathLimits>} request @returns {[string, ParameterValue][]} */
const limitParameters = ({ theme, years = [null, null], maxHops, rank }) => [
  ["theme", theme],
  ["between", yearsText(years)],
  ["hops", maxHops],
  ["rank", rank !== "shortest" && rank],
];

/** The limits that an address has. @param {URLSearchParams} given @returns {PathLimits} */
function limitsIn(given) {
  const [theme, rank, hops] = ["theme", "rank", "hops"].map((name) => given.get(name) ?? "");
  return {
    theme: isByTheme && facts.order.includes(theme) ? theme : null,
    years: yearsOfText(given.get("between")),
    maxHops: /^[1-9]\d{0,2}$/.test(hops) ? Number(hops) : null,
    rank: Object.hasOwn(RANKS, rank) ? /** @type {Rank} */ (rank) : "shortest",
  };
}

/** The options of the command for the limits of a request. @param {Partial<PathLimits>} request */
function optionsOfLimits({ theme = null, years = [null, null], maxHops = null, rank = "shortest" }) {
  return [
    ...(theme === null ? [] : ["--theme", theme]),
    ...(yearsText(years) ? ["--between", yearsText(years)] : []),
    ...(maxHops === null ? [] : ["--max-hops", String(maxHops)]),
    ...(rank === "shortest" ? [] : rank === "longest" ? ["--longest"] : ["--rank", rank]),
  ];
}

/** The limits in words, for a sentence; "" where there are none. @param {Partial<PathLimits>} request */
function describeLimits({ theme = null, years: [first, last] = [null, null], maxHops = null }) {
  const span = first === null && last === null ? [] : [first === last ? `of ${first}` : `of ${first ?? "any year"} to ${last ?? "now"}`];
  return [...(maxHops === null ? [] : [`at most ${counted(maxHops, "hop", "hops")}`]), ...(theme === null ? [] : [`only ${themes[theme]} between`]), ...span.map((each) => `only papers ${each} between`)].join(", ");
}
