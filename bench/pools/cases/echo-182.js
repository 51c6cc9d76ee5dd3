import { python } from "../load.js";
import { record } from "../payloads.js";
import { payloadCase } from "./payload-case.js";

const echo = payloadCase({
  url: import.meta.url,
  name: "echo-182",
  title: "an object of 182 B echoed, 64 in flight, each its own object",
  size: 40_000,
  smokeSize: 200,
  payload: record,
  inFlight: 64,
});

/** @type {import("../../harness/case.js").Case} */
export default {
  ...echo,
  implementations: [
    ...echo.implementations,
    python("in_flight.py", "processes", { divide: 4, args: ["echo", "64"] }),
    python("in_flight.py", "pool", { divide: 4, args: ["echo", "64"] }),
  ],
};
