import { root, run } from "./run.js";

/** The primitives on shared memory under real threads, by `binary`, for some seconds. */
export async function stress(binary = process.execPath) {
  const { code, output } = await run(binary, ["test/stress/run.js", "--seconds", "5"], {
    cwd: root,
  });
  const lines = output.trimEnd().split("\n");
  const passed = lines.filter((line) => line.startsWith("ok")).length;
  return { passed, failures: code === 0 ? [] : lines.filter((line) => !line.startsWith("ok")) };
}
