import { document } from "../payloads.js";
import { payloadCase } from "./payload-case.js";

export default payloadCase({
  url: import.meta.url,
  name: "echo-8k",
  title: "an object of 8.5 kB echoed, 64 in flight, each its own object",
  size: 8_000,
  smokeSize: 100,
  payload: document,
  inFlight: 64,
});
