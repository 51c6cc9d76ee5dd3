// The ideal on two cores: two processes that each know their half from the start, and say nothing meanwhile.
import { readFileSync, writeFileSync } from "node:fs";
import { functions } from "../functions.js";

const [name, from, to, half] = process.argv.slice(2);
const lines = readFileSync(from, "utf8").trimEnd().split("\n");
const own = lines.filter((_, i) => i % 2 === Number(half));
writeFileSync(
  `${to}.${half}`,
  own.map((line) => `${JSON.stringify(functions[name](line))}\n`).join(""),
);
