// The reader's own marks on papers: stars, papers that are read, owned or hidden, and notes. They are a part of the state, and so of the address.

/**
 * @typedef {"starred" | "read" | "own" | "hidden"} MarkKind
 * @typedef {{starred: string[], read: string[], own: string[], hidden: string[], notes: Map<string, string>}} Marks
 *   keys of papers, also of papers that only another page has, in the order in which they were marked
 */

const MARK_KINDS = /** @type {MarkKind[]} */ (Object.keys(MARK_PARAMETERS));
const LONGEST_NOTE = 2000;
/** Marks by which papers can be left out. */
const LEFT_OUT_BY = /** @type {MarkKind[]} */ (["read", "own"]);

/** @returns {Marks} */
const noMarks = () => ({ starred: [], read: [], own: [], hidden: [], notes: new Map() });

/** @param {Marks} marks */
const countMarks = ({ notes, ...lists }) => notes.size + Object.values(lists).reduce((sum, list) => sum + list.length, 0);

/** Marks as parameters of an address. @param {Marks} marks @returns {Parameter[]} */
function markParameters(marks) {
  const lists = MARK_KINDS.map((kind) => /** @type {Parameter} */ ([MARK_PARAMETERS[kind], marks[kind].join(",")]));
  return [...lists, ...[...marks.notes].map(([key, text]) => /** @type {Parameter} */ ([NOTE_PARAMETER, `${key},${text}`]))];
}

/** Whether an address says anything of marks, if only that there are none. @param {URLSearchParams} given */
const saysMarks = (given) => ALL_MARK_PARAMETERS.some((name) => given.has(name));

/** The marks that an address tells. @param {URLSearchParams} given @returns {Marks} */
function marksIn(given) {
  const marks = noMarks();
  for (const kind of MARK_KINDS) marks[kind] = [...new Set(keysUnder(given, MARK_PARAMETERS[kind]))].filter((key) => KEY.test(key));
  for (const note of given.getAll(NOTE_PARAMETER)) {
    const comma = note.indexOf(",");
    const [key, text] = [note.slice(0, comma), beginningOf(note.slice(comma + 1), LONGEST_NOTE).trim()];
    if (comma > 0 && KEY.test(key) && text) marks.notes.set(key, text);
  }
  return marks;
}

/** The marks with one put or taken away. @param {Marks} marks @param {MarkKind} kind @param {string[]} some @param {boolean} isMarked @returns {Marks} */
function withMark(marks, kind, some, isMarked) {
  const others = marks[kind].filter((key) => !some.includes(key));
  return { ...marks, [kind]: isMarked ? [...others, ...some] : others };
}

/** The marks with another note on a paper; "" takes the note away. @param {Marks} marks @param {string} key @param {string} text @returns {Marks} */
function withNote(marks, key, text) {
  const notes = new Map(marks.notes);
  if (text.trim()) notes.set(key, beginningOf(text.trim(), LONGEST_NOTE));
  else notes.delete(key);
  return { ...marks, notes };
}

/** Whether two sets of marks are the same. @param {Marks} one @param {Marks} other */
const sameMarks = (one, other) => JSON.stringify(markParameters(one)) === JSON.stringify(markParameters(other));

/** The papers that the reader hides, one by one or all with some mark. @param {Pick<State, "marks" | "leaveOut">} from */
const hiddenByMarks = ({ marks, leaveOut }) => new Set([...marks.hidden, ...leaveOut.flatMap((kind) => marks[kind])]);

/** A request without the papers that the reader leaves out by a mark, as `--leave-out` of the command: those that it names stay. @param {PathRequest} request @param {Pick<State, "marks" | "leaveOut">} from */
function withoutMarked(request, { marks, leaveOut }) {
  const named = [request.from, request.to, ...request.waypoints, ...request.via];
  const marked = leaveOut.flatMap((kind) => marks[kind]).filter((key) => (isPaper(key) || Object.hasOwn(site?.names ?? {}, key)) && !named.includes(key));
  return { ...request, avoid: [...new Set([...request.avoid, ...marked])] };
}
