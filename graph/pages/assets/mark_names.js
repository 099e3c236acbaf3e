// How an address tells the reader's marks: the pages of a site and its front go by these names.

/** The name of each kind of mark. @type {Record<MarkKind, string>} */
const MARK_PARAMETERS = { starred: "star", read: "read", own: "own", hidden: "hide" };
const NOTE_PARAMETER = "note";
/** All that tells marks, if only that there are none. */
const ALL_MARK_PARAMETERS = [...Object.values(MARK_PARAMETERS), NOTE_PARAMETER, "marks"];
