import { python } from "../load.js";
import { pingCase } from "./ping-case.js";

const ping = pingCase({
  url: import.meta.url,
  name: "ping",
  title: "one round trip after the other, 1 in flight",
  size: 5_000,
  pauseMs: 0,
});

/** @type {import("../../harness/case.js").Case} */
export default {
  ...ping,
  implementations: [
    ...ping.implementations,
    python("ping.py", "threads"),
    python("ping.py", "processes"),
    python("ping.py", "pool"),
  ],
};
