import type { Command } from "../args/index.js";

export const doctor: Command = {
  name: "doctor",
  summary: "Tells what decides how weftwork runs on this machine.",
  usage: ["doctor [--json]"],
  flags: [{ name: "json", text: "print it as JSON" }],
  examples: ["weft doctor"],
  run: async (args) => (await import("./run-doctor.js")).runDoctor(args),
};
