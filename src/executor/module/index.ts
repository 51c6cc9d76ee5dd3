/**
 * Loads task modules inside a worker: JavaScript as it stands, TypeScript by Node where Node can, and
 * otherwise as a bundle that esbuild makes once and keeps in a cache of the project.
 *
 * @module
 */
export { importModule } from "./import-module.js";
export { allowRequire, forbidRequire, requireFirst } from "./require-first.js";
export { isTypeScript } from "./is-typescript.js";
