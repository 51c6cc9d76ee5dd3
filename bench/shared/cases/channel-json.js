import { channelCase } from "./channel-case.js";

export default channelCase({
  url: import.meta.url,
  name: "channel-json",
  title: "small objects as JSON from a worker to the main thread",
  size: 200_000,
  payload: "json",
});
