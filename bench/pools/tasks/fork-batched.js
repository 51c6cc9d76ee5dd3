import { byName } from "./by-name.js";

process.on("message", ({ name, inputs }) => {
  const run = byName.get(name);
  const answers = inputs.map((input) => {
    try {
      return { value: run(input) };
    } catch (error) {
      return { error: String(error) };
    }
  });
  process.send(answers);
});
