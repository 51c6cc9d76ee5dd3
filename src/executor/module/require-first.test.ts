import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

// Real programs with the built package, on every Node that is installed: how a worker's first module is loaded must
// not be seen in what it does.

const root = join(import.meta.dirname, "../../..");
const base = mkdtempSync(join(tmpdir(), "weftwork-require-first-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const runtimes: [string, string][] = [[process.version, process.execPath]];
for (const node of ["node22", "node24", "node26"]) {
  const binary = join(root, "test/runtimes/node_modules", node, "bin/node");
  if (existsSync(binary)) runtimes.push([node, binary]);
}

let projects = 0;

/** Runs `program` in a project with these files; gives what it printed, and the project's folder. */
function run(
  node: string,
  files: Record<string, string>,
  program: string,
  flags: readonly string[] = [],
): { printed: string; folder: string } {
  const folder = join(base, `${(projects += 1)}`);
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/weftwork"));
  symlinkSync(join(root, "node_modules/esbuild"), join(folder, "node_modules/esbuild"));
  const all = {
    "package.json": '{ "type": "module" }',
    "main.js": `import { ProcessExecutor, ThreadExecutor } from "weftwork/executor";\n${program}`,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  const args = [...flags, "main.js"];
  const env = { ...process.env, NODE_NO_WARNINGS: "1" }; // hooks of this kind are deprecated from 26 on
  return { printed: execFileSync(node, args, { cwd: folder, encoding: "utf8", env }), folder };
}

const TASKS = 'import { defineTasks } from "weftwork/tasks";\n';

/** Runs `get` of this module in a thread and in a process; prints both results, or the errors. */
const inBoth = (module: string): string => `
  const { tasks } = await import(${JSON.stringify(module)});
  for (const Pool of [ThreadExecutor, ProcessExecutor]) {
    const pool = new Pool({ workers: 1 });
    console.log(await pool.submit(tasks.get, 1).result().catch((error) => error.message));
    await pool.close();
  }`;

/** A module that registers hooks, which put TWO for ONE in the module of this name. */
const hooks = (name: string): string => `
  import { register } from "node:module";
  const load = \`export async function load(url, context, next) {
    const loaded = await next(url, context);
    if (!url.endsWith("${name}")) return loaded;
    return { ...loaded, source: String(loaded.source).replace("ONE", "TWO") };
  }\`;
  register("data:text/javascript," + encodeURIComponent(load));`;

describe.each(runtimes)("the first module of a worker, on %s,", (_, node) => {
  test("is required in a process, and imported in a thread, which may be terminated meanwhile: its frames tell", () => {
    const module = `${TASKS}Error.stackTraceLimit = 50; const { stack } = new Error();
      export const tasks = defineTasks(import.meta.url, { get: () => stack });`;
    const { printed } = run(node, { "tasks.js": module }, inBoth("./tasks.js"));
    expect(printed.match(/at require \(node:internal/g)).toHaveLength(1);
  });

  test("may await at its top", () => {
    const module = `${TASKS}const value = await Promise.resolve("awaited");
      export const tasks = defineTasks(import.meta.url, { get: () => value });`;
    const { printed } = run(node, { "tasks.js": module }, inBoth("./tasks.js"));
    expect(printed).toBe("awaited\nawaited\n");
  });

  test("runs once if it throws, and fails its task with that", () => {
    const module = `${TASKS}import { appendFileSync } from "node:fs";
      export const tasks = defineTasks(import.meta.url, { get: () => 1 });
      appendFileSync("runs", ".");
      if (process.env.IN_WORKER) throw new Error("broken");`;
    const program = inBoth("./tasks.js").replace("workers: 1", "$&, env: { IN_WORKER: '1' }");
    const { printed, folder } = run(node, { "tasks.js": module }, program);
    expect(printed).toBe("broken\nbroken\n");
    expect(readFileSync(join(folder, "runs"), "utf8")).toBe("...");
  });

  test("may be no ES module", () => {
    const module = `const { defineTasks } = require("weftwork/tasks");
      const { pathToFileURL } = require("node:url");
      exports.tasks = defineTasks(pathToFileURL(__filename).href, { get: () => typeof module });`;
    const { printed } = run(node, { "tasks.cjs": module }, inBoth("./tasks.cjs"));
    expect(printed).toBe("object\nobject\n");
  });

  const one = `${TASKS}export const tasks = defineTasks(import.meta.url, { get: () => "ONE" });`;

  test("is loaded by the hooks of the program", () => {
    const files = { "hooks.js": hooks("tasks.js"), "tasks.js": one };
    const { printed } = run(node, files, inBoth("./tasks.js"), ["--import", "./hooks.js"]);
    expect(printed).toBe("TWO\nTWO\n");
  });

  test("and the library are one, where a hook makes CommonJS of what is required", () => {
    // As tsx does it.
    const hook = `const { readFileSync } = require("node:fs");
      const { transformSync } = require("esbuild");
      require("node:module")._extensions[".js"] = (module, path) => {
        const { code } = transformSync(readFileSync(path, "utf8"), { format: "cjs" });
        module._compile(code, path);
      };`;
    const files = { "hook.cjs": hook, "tasks.js": one };
    const { printed } = run(node, files, inBoth("./tasks.js"), ["-r", "./hook.cjs"]);
    expect(printed).toBe("ONE\nONE\n");
  });

  test("is imported where Node was told not to require such", () => {
    const flag = "--no-experimental-require-module";
    const { printed } = run(node, { "tasks.js": one }, inBoth("./tasks.js"), [flag]);
    expect(printed).toBe("ONE\nONE\n");
  });

  test("is loaded by hooks that the initializer registered", () => {
    const text = hooks("tasks.js")
      .trim()
      .replaceAll("import { register } from", "const { register } = await import(")
      .replace('"node:module";', '"node:module");');
    const program = inBoth("./tasks.js").replace(
      "workers: 1",
      `$&, initializer: async () => {${text}}`,
    );
    expect(run(node, { "tasks.js": one }, program).printed).toBe("TWO\nTWO\n");
  });

  test("may register hooks for the next", () => {
    const first = `${TASKS}
      if (process.env.IN_WORKER) await import("./hooks.js");
      export const tasks = defineTasks(import.meta.url, { get: () => "first" });`;
    const files = { "hooks.js": hooks("tasks.js"), "first.js": first, "tasks.js": one };
    const program = inBoth("./tasks.js")
      .replace("workers: 1", "$&, env: { IN_WORKER: '1' }")
      .replace("console.log", 'await pool.submit((await import("./first.js")).tasks.get, 1); $&');
    expect(run(node, files, program).printed).toBe("TWO\nTWO\n");
  });
});
