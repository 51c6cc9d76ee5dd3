import { channelCase } from "./channel-case.js";

export default channelCase({
  url: import.meta.url,
  name: "channel-1k",
  title: "bytes, 1 KiB each, from a worker to the main thread",
  size: 200_000,
  payload: "1k",
});
