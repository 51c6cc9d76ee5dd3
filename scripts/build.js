import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { must, root, tool } from "./steps/run.js";

/**
 * Makes `dist`: declarations by tsc, JavaScript by rolldown, which puts the hundred files of `src` into a few
 * that the entries share. A worker thread loads them before its first task, and Node takes longer to find a
 * small file than to compile it: so all that each worker loads is in two. See decisions/0008-few-files.md.
 */

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What a worker thread runs, and what modules of tasks import in it. */
const ofWorkers = ["dist/executor/thread/thread-main.js", "dist/executor/task-module/index.js"];

/** What is loaded by name: the subpaths of the package, its command, and what runs in workers. */
const entries = [
  ...Object.values(manifest.bin),
  ...Object.values(manifest.exports).flatMap(({ default: file }) => file ?? []),
  ...ofWorkers,
  "dist/executor/process/process-main.js",
  "dist/cli/map/task/text-main.js",
  "dist/loop/watchdog-main.js",
  "dist/testing/executor-contract/tasks.js",
  "dist/testing/register/hooks.js",
];

/** Files of ours, and what stands in for syntax that is newer than our oldest Node. */
const INSIDE = /^[./\0]|^@oxc-project\/runtime\//;

function bundle(files) {
  const names = files.map((file) => file.replace(/^(\.\/)?dist\/(.*)\.js$/, "$2"));
  return rolldown({
    cwd: root,
    input: Object.fromEntries(names.map((name) => [name, `./src/${name}.ts`])),
    external: (id) => !INSIDE.test(id),
    platform: "node",
    transform: { target: "es2022" },
  });
}

/** The modules that `files` load, themselves apart, and those that `import()` loads later. */
async function loadedWith(files) {
  const { output } = await (await bundle(files)).generate();
  const modules = new Set();
  const visit = (name) => {
    const chunk = output.find(({ fileName }) => fileName === name);
    for (const id of Object.keys(chunk?.modules ?? {})) modules.add(id);
    chunk?.imports.forEach(visit);
  };
  const mains = output.filter(({ isEntry }) => isEntry);
  for (const { fileName } of mains) visit(fileName);
  for (const { facadeModuleId } of mains) modules.delete(facadeModuleId);
  return modules;
}

/** The core apart from the rest, as the front door has it too, and loads in browsers. */
async function groups() {
  const core = await loadedWith(["dist/core/index.js"]);
  const worker = await loadedWith(ofWorkers);
  return [
    { name: "core", test: (id) => core.has(id), priority: 2 },
    { name: "worker", test: (id) => worker.has(id), priority: 1 },
  ];
}

async function writeJavaScript() {
  const whole = await bundle(entries);
  const { output } = await whole.write({
    dir: join(root, "dist"),
    chunkFileNames: "chunks/[name]-[hash].js", // one folder deep, as worker-file.ts has it
    codeSplitting: { groups: await groups() },
    comments: false,
    sourcemap: true,
  });
  for (const { type, fileName, code } of output)
    if (type === "chunk") writeFileSync(join(root, "dist", fileName), asciiOf(code));
}

/** One character beyond Latin-1, and V8 keeps two bytes for each of a file, in each thread that loads it. */
function asciiOf(code) {
  if (/\\[^\0-\x7f]/.test(code))
    throw new Error("a backslash before such a character would escape its escape");
  return code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What starts a process is no ES module, and is not bundled. */
const starter = "executor/process/process-start.cjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
cpSync(join(root, "src", starter), join(root, "dist", starter));
await Promise.all([
  must(process.execPath, [tool("typescript/bin/tsc"), "-p", "tsconfig.build.json"]),
  writeJavaScript(),
]);
