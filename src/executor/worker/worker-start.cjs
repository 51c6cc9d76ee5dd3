"use strict";

/*
 * What a worker is started with, thread or process. For its first `import` Node gets a loader ready, which takes a
 * tenth of the start of a worker; `require` loads the same modules without it. But hooks for modules may make others
 * of them, so where the program has any, all is imported.
 */
const { isMainThread } = require("node:worker_threads");

const HOOKS =
  /(^|\s)(-r|--(require|import|loader|experimental-(loader|default-type|.*config-file)))\b/;
const flags = [...process.execArgv, process.env.NODE_OPTIONS].join(" ");
const hooked = HOOKS.test(flags.replaceAll(/["']/g, "").replaceAll("_", "-"));

const file = isMainThread ? "../process/process-main.js" : "../thread/thread-main.js";
const main = hooked ? undefined : required();
if (main) void main.main(true);
else void import(file).then((imported) => imported.main(false));

function required() {
  try {
    return require(file);
  } catch (error) {
    if (error?.code === "ERR_REQUIRE_ESM") return undefined; // this Node was told not to
    throw error;
  }
}
