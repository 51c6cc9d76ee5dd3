import { queueCase } from "../queue-case.js";

export default queueCase({
  url: import.meta.url,
  name: "queue",
  title: "items through a queue of 100, every put and get awaited",
  consumerFirst: false,
});
