// The papers with a star as a reading list in TOML, which `lineage --list` takes.

/** A text as a string of TOML. @param {string} text */
const tomlText = (text) => JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll("\u007f", "\\u007f");

/** A text as lines of comment. @param {string} text */
const tomlComment = (text) => text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `# ${line.replace(/[\p{Cc}\p{Surrogate}]/gu, " ")}`.trimEnd());

/** The first identifier of each scheme, which are the fields of an entry. @param {string} key */
const identifierLines = (key) => Object.keys(facts.linkHeads).flatMap((scheme) => identifiersIn(scheme, key).slice(0, 1).map((value) => `${scheme} = ${tomlText(value)}`));

/** The papers with a star that a reading list can name, in the order of the list, and those that it cannot. */
function starsByUse() {
  const here = state.marks.starred.filter(isPaper).sort(byListOrder);
  const isNamed = (/** @type {string} */ key) => papers[key].links.length > 0;
  return { named: here.filter(isNamed), nameless: here.filter((key) => !isNamed(key)), elsewhere: state.marks.starred.filter((key) => !isPaper(key)) };
}

/** The reading list. Papers of the page's list keep their numbers and themes; others get the numbers after those, and no theme, because theirs are inferred. */
function starsAsToml() {
  const { named, nameless, elsewhere } = starsByUse();
  const taken = new Set(named.map((key) => papers[key].numbers[0]).filter((number) => number !== undefined));
  let last = Math.max(0, ...taken);
  const used = facts.order.filter((theme) => named.some((key) => papers[key].themes.includes(theme)));
  const lines = [`title = ${tomlText(`Stars: ${facts.title}`)}`];
  for (const key of nameless) lines.push(...tomlComment(`Left out, because it has no identifier: ${papers[key].title ?? papers[key].name}`));
  if (elsewhere.length) lines.push(...tomlComment(`Left out, because they are not on the page that saved this: ${elsewhere.join(", ")}`));
  for (const theme of used) lines.push("", "[[themes]]", `id = ${tomlText(theme)}`, `name = ${tomlText(themes[theme])}`);
  for (const key of named) {
    const { name, title, numbers, themes: chosen } = papers[key];
    const note = state.marks.notes.get(key);
    lines.push("", "[[entries]]", ...(note === undefined ? [] : tomlComment(`note: ${note}`)));
    lines.push(`number = ${numbers[0] ?? (last += 1)}`, `themes = [${chosen.map(tomlText).join(", ")}]`);
    if (name !== title && title !== null) lines.push(`names = [${tomlText(name)}]`);
    if (title !== null) lines.push(`title = ${tomlText(title)}`);
    lines.push(...identifierLines(key));
  }
  return `${lines.join("\n")}\n`;
}

/** Save the reading list, and say what it could not take. */
function saveStars() {
  const { named, nameless, elsewhere } = starsByUse();
  if (!named.length) return notify(state.marks.starred.length ? "None of the papers with a star can stand in a list: they have no identifier, or are on other pages" : "No paper has a star yet");
  saveText(`${asFileName(nameOfPage())}-stars.toml`, starsAsToml(), "application/toml");
  const missing = nameless.length + elsewhere.length;
  if (missing) notify(`Saved without ${counted(missing, "paper", "papers")}: the file says which and why`);
}
