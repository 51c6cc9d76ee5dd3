import { wakeCase } from "./wake-case.js";

export default wakeCase({
  url: import.meta.url,
  name: "wake-first",
  title: "the same, the first thousand times: most of it is interpreted",
  warmUps: 0,
});
