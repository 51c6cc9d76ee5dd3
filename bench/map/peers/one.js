// A process for each input: what xargs and GNU parallel start.
import { functions } from "../functions.js";

const [name, ...texts] = process.argv.slice(2);
for (const text of texts) process.stdout.write(`${JSON.stringify(functions[name](text))}\n`);
