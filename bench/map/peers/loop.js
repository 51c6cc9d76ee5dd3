// The least that reads lines, parses, calls and writes: no limit, no order to keep, nothing to go on with.
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { functions } from "../functions.js";

const [name, from, to] = process.argv.slice(2);
const fn = functions[name];
const out = createWriteStream(to);
for await (const line of createInterface({ input: createReadStream(from), crlfDelay: Infinity })) {
  if (!out.write(`${JSON.stringify(fn(line))}\n`)) await once(out, "drain");
}
out.end();
