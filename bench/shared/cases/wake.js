import { wakeCase } from "./wake-case.js";

export default wakeCase({
  url: import.meta.url,
  name: "wake",
  title: "a worker that sleeps is woken, by code that has been compiled",
  warmUps: 50_000,
});
