import * as work from "./work.js";

/** The functions of `work.js`, for workers that are told a name. */
export const byName = new Map(Object.entries(work));
