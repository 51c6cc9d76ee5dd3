"use strict";

/*
 * What a worker process is started with. For its first `import` Node gets a loader ready, which takes a tenth of the
 * start of a worker; `require` loads the same modules without it.
 */
try {
  void require("./process-main.js");
} catch (error) {
  if (error?.code !== "ERR_REQUIRE_ESM") throw error; // this Node was told not to
  void import("./process-main.js");
}
