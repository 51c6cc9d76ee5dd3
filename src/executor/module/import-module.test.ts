import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";

// Over 200 lines because all that these laws share is the harness of real programs, and it has no better home.

// Real Node programs that import real modules in a worker thread, on every Node that is installed. The
// library is compiled once, into a folder from where no esbuild can be found: only a project may have one.
const base = mkdtempSync(join(tmpdir(), "weftwork-import-module-"));
const root = join(import.meta.dirname, "../../..");
const library = join(base, "library");

beforeAll(() => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--ignoreConfig", "--noCheck", "--module", "nodenext", "--target", "es2022"];
  const folders = ["--rootDir", join(root, "src"), "--outDir", library];
  const index = join(import.meta.dirname, "index.ts");
  execFileSync(process.execPath, [tsc, ...options, ...folders, index]);
  writeFileSync(join(library, "package.json"), '{ "type": "module" }');
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

const runtimes: [string, string][] = [[process.version, process.execPath]];
for (const node of ["node22", "node24", "node26"]) {
  const binary = join(root, "test/runtimes/node_modules", node, "bin/node");
  if (existsSync(binary)) runtimes.push([node, binary]);
}

let projects = 0;

/** Writes a project with these files; `esbuild: false` for one that has none. Gives its folder. */
function project(files: Record<string, string>, { name = "p", esbuild = true } = {}): string {
  const folder = join(base, `${(projects += 1)}`, name);
  write(folder, { "package.json": '{ "name": "p", "type": "module" }', ...files });
  if (!esbuild) return folder;
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const name of ["esbuild", "@esbuild"]) {
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  return folder;
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

interface Loaded {
  /** What the module exports, as far as it can be sent. */
  readonly exports: Record<string, unknown>;
  readonly error?: { name: string; message: string; stack: string; code?: string; cause?: string };
}

const WORKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  import(workerData.library).then(({ importModule }) => importModule(workerData.url)).then(
    async (module) => {
      const exports = {};
      for (const [key, value] of Object.entries(module))
        exports[key] = typeof value === "function" ? await value() : value;
      parentPort.postMessage({ exports });
    },
  ).catch(({ name, message, stack, code, cause }) => {
    parentPort.postMessage({ exports: {}, error: { name, message, stack, code, cause: cause?.message } });
  });
`;

/** Imports each of these modules in a thread of its own of one Node program; no child process may be left then, dead or alive. */
async function load(node: string, ...files: string[]): Promise<Loaded[]> {
  const urls = files.map((file) => pathToFileURL(file).href);
  const index = pathToFileURL(join(library, "executor/module/index.js")).href;
  const program = `
    import { once } from "node:events";
    import { readdirSync, readFileSync } from "node:fs";
    import { Worker } from "node:worker_threads";
    const children = () => readdirSync("/proc/self/task")
      .map((thread) => {
        try { return readFileSync("/proc/self/task/" + thread + "/children", "utf8").trim(); } catch { return ""; }
      }).join("");
    const all = ${JSON.stringify(urls)}.map(async (url) => {
      const workerData = { url, library: ${JSON.stringify(index)} };
      const worker = new Worker(${JSON.stringify(WORKER)}, { eval: true, execArgv: [], workerData });
      const [message] = await once(worker, "message");
      return { worker, message };
    });
    const loaded = await Promise.all(all);
    const left = process.platform === "linux" ? children() : "";
    console.log(JSON.stringify({ loaded: loaded.map(({ message }) => message), left }));
    for (const { worker } of loaded) await worker.terminate();
  `;
  const child = spawn(node, ["--input-type=module", "--eval", program]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`the program exited with ${code}: ${out}${err}`));
      const { loaded, left } = JSON.parse(out) as { loaded: Loaded[]; left: string };
      if (left === "") resolve(loaded);
      else reject(new Error(`processes that are left: ${left}`));
    });
  });
}

async function loadOne(node: string, file: string): Promise<Loaded> {
  return (await load(node, file))[0]!;
}

function cached(folder: string): string[] {
  return readdirSync(join(folder, "node_modules/.cache/weftwork")).toSorted();
}

describe.each(runtimes)("importModule on %s", (_, node) => {
  test("loads JavaScript as it stands", async () => {
    const folder = project({
      "a.mjs": "export const n = 1, url = import.meta.url",
      "b.cjs": "exports.n = 2",
    });
    const [a, b] = await load(node, join(folder, "a.mjs"), join(folder, "b.cjs"));
    expect(a?.exports).toEqual({ n: 1, url: pathToFileURL(join(folder, "a.mjs")).href });
    expect(b?.exports["n"]).toBe(2);
  });

  test("loads plain TypeScript, and what it imports", async () => {
    const folder = project({
      "tasks.ts": 'import { one } from "./one.ts";\nexport const n: number = one + 1;',
      "one.ts": "export const one: number = 1;",
    });
    expect((await loadOne(node, join(folder, "tasks.ts"))).exports).toEqual({ n: 2 });
  });

  test("loads TypeScript that stripping refuses", async () => {
    const folder = project({
      "tasks.ts": `
        enum Size { Small = 1, Large }
        namespace Names { export const first = "one" }
        class Point { constructor(readonly x: number) {} }
        export const all = [Size.Large, Names.first, new Point(3).x];`,
    });
    expect((await loadOne(node, join(folder, "tasks.ts"))).exports).toEqual({ all: [2, "one", 3] });
  });

  test("loads TypeScript's manners: ./x.js for ./x.ts, no extension, a type among values, paths", async () => {
    const folder = project({
      "tsconfig.json": '{ "extends": "./base", "compilerOptions": {} }',
      "base.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      "tasks.ts": `
        import { one, Type } from "./src/one.js";
        import { two } from "./src/two";
        import { three } from "@/three";
        const all: Type[] = [one, two, three];
        export { all };`,
      "src/one.ts": "export type Type = number; export const one: Type = 1;",
      "src/two.ts": "export const two = 2;",
      "src/three.ts": "export const three = 3;",
    });
    expect((await loadOne(node, join(folder, "tasks.ts"))).exports).toEqual({ all: [1, 2, 3] });
  });

  test("each file keeps its own import.meta, in a path with spaces, # and %", async () => {
    const name = "a #1 100% é";
    const folder = project(
      {
        "tasks.ts": `#!/usr/bin/env node
          import { other } from "./other/file.ts";
          enum Refused { by = "stripping" }
          const { url, dirname, filename } = import.meta;
          export { url, dirname, filename, other };
          export const next = import.meta.resolve("./next.js");`,
        "other/file.ts": "export const other: string = import.meta.url;",
      },
      { name },
    );
    const tasks = join(folder, "tasks.ts");
    expect((await loadOne(node, tasks)).exports).toEqual({
      url: pathToFileURL(tasks).href,
      dirname: folder,
      filename: tasks,
      other: pathToFileURL(join(folder, "other/file.ts")).href,
      next: pathToFileURL(join(folder, "next.js")).href,
    });
  });

  test("a package has one instance, whoever imports it", async () => {
    const folder = project({
      "node_modules/counter/package.json":
        '{ "name": "counter", "type": "module", "exports": "./index.js" }',
      "node_modules/counter/index.js": "export const url = import.meta.url; export const box = {};",
      "tasks.ts": `
        import { box, url } from "counter";
        enum Refused { by = "stripping" }
        export const same = async () => (await import(url)).box === box;
        export { url };`,
    });
    const { exports } = await loadOne(node, join(folder, "tasks.ts"));
    const url = pathToFileURL(join(folder, "node_modules/counter/index.js")).href;
    expect(exports).toEqual({ same: true, url });
  });

  test("a package of the workspace may be TypeScript, and has packages of its own", async () => {
    const folder = project({
      "packages/b/package.json":
        '{ "name": "b", "type": "module", "exports": "./b.ts", "imports": { "#own": "./own.js" } }',
      "packages/b/b.ts":
        'import { c } from "c"; import { own } from "#own"; export enum B { all = c + own }',
      "packages/b/own.js": "export const own = 1;",
      "packages/b/node_modules/c/package.json": '{ "name": "c", "main": "c" }',
      "packages/b/node_modules/c/c.js": "exports.c = 41;",
      "tasks.ts": 'import { B } from "b"; export const n = B.all;',
    });
    symlinkSync(join(folder, "packages/b"), join(folder, "node_modules/b"));
    expect((await loadOne(node, join(folder, "tasks.ts"))).exports).toEqual({ n: 42 });
  });

  test("a stack names the line of the TypeScript file", async () => {
    const folder = project({
      "tasks.ts": `import { fail } from "./deep/fail.js";
        enum Refused { by = "stripping" }
        export function stack() {
          try { return fail(); } catch (error) { return error.stack; }
        }`,
      "deep/fail.ts": `interface Long {
          lines: string;
        }
        export function fail(): never {
          throw new Error("here");
        }`,
    });
    const { exports } = await loadOne(node, join(folder, "tasks.ts"));
    expect(exports["stack"]).toContain(`${join(folder, "deep/fail.ts")}:5:17`);
    expect(exports["stack"]).toContain(`${join(folder, "tasks.ts")}:4:24`);
  });

  test("an error of the module itself comes as it is, and the module ran once", async () => {
    const folder = project({
      "tasks.ts": `import { appendFileSync } from "node:fs";
        appendFileSync(new URL("ran", import.meta.url), "x");
        const text: string = "{";
        JSON.parse(text);`,
    });
    const { error } = await loadOne(node, join(folder, "tasks.ts"));
    expect(error?.name).toBe("SyntaxError");
    expect(error?.message).toMatch(/JSON/);
    expect(error?.message).not.toMatch(/tasks/);
    expect(error?.stack).toContain(`${join(folder, "tasks.ts")}:4:`);
    expect(readFileSync(join(folder, "ran"), "utf8")).toBe("x");
  });

  test("what can't be loaded is named", async () => {
    const folder = project({
      "syntax.ts": "export const n: number =\n  ;",
      "script.js": "export const = 1;",
      "package.ts": 'import "no-such-package"; export const n: number = 1;',
      "relative.ts": 'import { n } from "./no-such-file.ts"; export { n };',
    });
    const files = ["syntax.ts", "script.js", "package.ts", "relative.ts", "absent.ts"];
    const loaded = await load(node, ...files.map((file) => join(folder, file)));
    const [syntax, script, missing, relative, absent] = loaded.map(({ error }) => error);
    const named = (file: string) => expect.stringContaining(join(folder, file)) as unknown;
    expect(syntax).toMatchObject({ name: "SyntaxError", message: named("syntax.ts") });
    expect(script).toMatchObject({ name: "SyntaxError", message: named("script.js") });
    const code = "ERR_MODULE_NOT_FOUND";
    expect(missing).toMatchObject({ code, message: named("package.ts") });
    expect(relative).toMatchObject({ message: named("relative.ts") });
    expect(relative).toMatchObject({ message: expect.stringContaining("no-such-file") as unknown });
    expect(absent).toMatchObject({ code, message: named("absent.ts") });
  });

  test("without esbuild the error says what to do", async () => {
    const folder = project({ "tasks.ts": "export enum Refused { by }" }, { esbuild: false });
    const { error } = await loadOne(node, join(folder, "tasks.ts"));
    expect(error?.message).toContain(join(folder, "tasks.ts"));
    expect(error?.message).toMatch(/npm i -D esbuild/);
    expect(error?.message).toMatch(/compile it first/);
    expect(error?.message).toContain(error?.cause);
    expect(existsSync(join(folder, "node_modules"))).toBe(false);
  });
});

describe("bundles", () => {
  const node = process.execPath;
  const tasks = 'import { n } from "./n.js"; enum Refused { by = "stripping" } export { n };';

  test("are made once, and anew when a file that they were made of has changed", async () => {
    const folder = project({ "tasks.ts": tasks, "n.ts": "export const n = 1;" });
    const file = join(folder, "tasks.ts");
    expect((await loadOne(node, file)).exports).toEqual({ n: 1 });
    const first = cached(folder);
    expect(first).toHaveLength(2);
    expect((await loadOne(node, file)).exports).toEqual({ n: 1 });
    expect(cached(folder)).toEqual(first);
    write(folder, { "n.ts": "export const n = 2;" });
    expect((await loadOne(node, file)).exports).toEqual({ n: 2 });
    write(folder, { "n.ts": "export const n = 1;" });
    expect((await loadOne(node, file)).exports).toEqual({ n: 1 });
  });

  test("are made anew when the settings that they were made by have changed", async () => {
    const paths = (to: string) => `{ "compilerOptions": { "paths": { "#n": ["./${to}.ts"] } } }`;
    const folder = project({
      "tsconfig.json": '{ "extends": "./config/base.json" }',
      "config/base.json": paths("../one"),
      "one.ts": "export const n = 1;",
      "two.ts": "export const n = 2;",
      "tasks.ts": 'import { n } from "#n"; export { n };',
    });
    const file = join(folder, "tasks.ts");
    expect((await loadOne(node, file)).exports).toEqual({ n: 1 });
    write(folder, { "config/base.json": paths("../two") });
    expect((await loadOne(node, file)).exports).toEqual({ n: 2 });
  });

  test("may be made by several workers at once, which leave one", async () => {
    const folder = project({ "tasks.ts": tasks, "n.ts": "export const n = 1;" });
    const file = join(folder, "tasks.ts");
    const loaded = await load(node, file, file, file, file);
    expect(loaded.map(({ exports }) => exports)).toEqual([1, 2, 3, 4].map(() => ({ n: 1 })));
    expect(cached(folder)).toHaveLength(2);
  });

  test("stand apart and are removed where the project can't be written to", async () => {
    const folder = project({
      "app/package.json": "{}",
      "app/tasks.ts": `import "esbuild"; ${tasks}`,
      "app/n.ts": "export const n = 1;",
    });
    writeFileSync(
      join(folder, "app/node_modules"),
      "not a folder, so nothing can be written into it",
    );
    const apart = join(base, "apart"); // others write to the machine's own
    mkdirSync(apart);
    vi.stubEnv("TMPDIR", apart);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await loadOne(node, join(folder, "app/tasks.ts"))).toEqual({ exports: { n: 1 } });
    expect(readdirSync(apart)).toEqual([]);
  });
});
