import { queueCase } from "../queue-case.js";

export default queueCase({
  url: import.meta.url,
  name: "queue-hand-over",
  title: "the same when the consumer is faster and waits for every item",
  consumerFirst: true,
});
