import { threadPools, without } from "../kinds.js";
import { copiedBuffer } from "../payloads.js";
import { payloadCase } from "./payload-case.js";

export default payloadCase({
  url: import.meta.url,
  name: "buffer-copy",
  title: "an ArrayBuffer of 1 MB copied there, a number back, 8 in flight",
  size: 2_000,
  smokeSize: 20,
  payload: copiedBuffer,
  inFlight: 8,
  pools: without(threadPools, "multithreading"), // it always transfers
});
