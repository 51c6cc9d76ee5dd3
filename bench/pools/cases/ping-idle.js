import { pingCase } from "./ping-case.js";

/** A worker that has nothing to do goes to sleep; waking it is what most programs see. */
export default pingCase({
  url: import.meta.url,
  name: "ping-idle",
  title: "a round trip after 2 ms of quiet",
  size: 300,
  pauseMs: 2,
});
