/** What the functions of the corpus find around them: files, and a server in another process. */
import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recordsOf } from "./corpus/entry.js";

const MOST_FILES = 200;

/** Starts what is needed; `close` ends it. */
export async function openContext() {
  const server = fork(fileURLToPath(new URL("server.js", import.meta.url)));
  const [port] = await once(server, "message");
  const folder = mkdtempSync(join(tmpdir(), "weft-bench-"));
  const json = join(folder, "records.json");
  writeFileSync(json, JSON.stringify(recordsOf(2500, 1)));
  const close = () => {
    server.disconnect();
    rmSync(folder, { recursive: true });
  };
  return { context: { port, json, files: realFiles() }, close };
}

/** The declarations of Node's own types: some hundred files of 1 to 100 kB that every checkout has. */
function realFiles() {
  const folder = fileURLToPath(new URL("../../node_modules/@types/node/", import.meta.url));
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => join(folder, name));
  return files
    .filter((path) => statSync(path).isFile())
    .toSorted()
    .slice(0, MOST_FILES);
}
