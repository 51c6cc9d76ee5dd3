/**
 * Tasks that are plain exports of a module, as the command line names them: `./hash.ts#sha256`.
 *
 * @module
 */
export { exportedTask } from "./exported-task.js";
