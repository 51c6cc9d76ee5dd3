"use strict";

/*
 * What a worker process is started with. For its first `import` Node gets a loader ready, which takes a part of the
 * start; `require` loads the same modules without it. But hooks for modules may make others of them, so where the
 * program has any, all is imported. Threads are not started so: Node aborts the whole program if a thread is
 * terminated while it requires an ES module.
 */
const HOOKS =
  /(^|\s)(-r|--(require|import|loader|experimental-(loader|default-type|.*config-file)))\b/;
const flags = [...process.execArgv, process.env.NODE_OPTIONS].join(" ");
const hooked = HOOKS.test(flags.replaceAll(/["']/g, "").replaceAll("_", "-"));

const main = hooked ? undefined : required();
if (main) void main.main(true);
else void import("./process-main.js").then((imported) => imported.main(false));

function required() {
  try {
    return require("./process-main.js");
  } catch (error) {
    if (error?.code === "ERR_REQUIRE_ESM") return undefined; // this Node was told not to
    throw error;
  }
}
