import { longString } from "../payloads.js";
import { payloadCase } from "./payload-case.js";

export default payloadCase({
  url: import.meta.url,
  name: "string-1m",
  title: "a latin1 string of 1 MB echoed, 8 in flight",
  size: 600,
  smokeSize: 20,
  payload: longString,
  inFlight: 8,
});
