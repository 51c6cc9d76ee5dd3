import { channelCase } from "./channel-case.js";

export default channelCase({
  url: import.meta.url,
  name: "channel-64k",
  title: "bytes, 64 KiB each, from a worker to the main thread",
  size: 20_000,
  payload: "64k",
});
