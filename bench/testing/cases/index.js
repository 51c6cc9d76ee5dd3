import find from "./find.js";
import idle from "./idle.js";
import minutes from "./minutes.js";
import step from "./step.js";

/** @type {import("../../harness/case.js").Case[]} */
export const cases = [step, find, idle, minutes];
