// A recording that is cancelled ends its file properly: a cancel is an error, so `finally` runs.
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Scope, sleep, withTaskGroup } from "weftwork";

async function record(path: string, scope: Scope): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.write("begin\n");
    for (;;) {
      await sleep(1, scope); // rejects when the scope is cancelled
      await file.write("sample\n");
    }
  } finally {
    await file.write("end\n"); // no scope here: cleaning up must work after the cancel
    await file.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), "recording-"));
const path = join(folder, "samples.txt");
try {
  await withTaskGroup(async (group) => {
    const recording = group.spawn((scope) => record(path, scope));
    await sleep(50, group);
    recording.cancel();
    // The group waits for the recording, and with it for its `finally`.
  });
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  console.log(`first line: ${lines[0]}, last line: ${lines.at(-1)}`);
} finally {
  await rm(folder, { recursive: true });
}

// prints:
// first line: begin, last line: end
