import { threadPools, without } from "../kinds.js";
import { transferredBuffer } from "../payloads.js";
import { payloadCase } from "./payload-case.js";

export default payloadCase({
  url: import.meta.url,
  name: "buffer-transfer",
  title: "a new ArrayBuffer of 1 MB transferred there, a number back, 8 in flight",
  size: 3_000,
  smokeSize: 20,
  payload: transferredBuffer,
  inFlight: 8,
  pools: without(threadPools, "jest-worker"), // it can't transfer
});
