// What one writes by hand with p-map: all results in memory, and then a file.
import { readFile, writeFile } from "node:fs/promises";
import pMap from "p-map";
import { functions } from "../functions.js";

const [name, from, to] = process.argv.slice(2);
const lines = (await readFile(from, "utf8")).trimEnd().split("\n");
const results = await pMap(lines, async (line) => functions[name](line), { concurrency: 16 });
await writeFile(to, results.map((result) => `${JSON.stringify(result)}\n`).join(""));
