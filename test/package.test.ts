import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACCOUNT, CONSUMER, POOLS, RACE, SHARED } from "./package/programs.js";

const root = join(import.meta.dirname, "..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** Another person's project, far from this repository, with the packed library installed. */
describe("a project that installs the package", () => {
  let folder: string;
  const run = (command: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    expect(status, `${command} ${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  };
  const subpaths = (): string[] => {
    const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      exports: object;
    };
    return Object.keys(exports).map((path) => path.replace(/^\./, "weftwork"));
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "weftwork-"));
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
      cwd: root,
      stdio: "pipe",
    });
    const tarball = readdirSync(folder)[0]!;
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", `./${tarball}`);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("gets with it what the command needs, and nothing else", () => {
    expect(
      readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ).toEqual(["csv-parse", "fdir", "picomatch", "tinyglobby", "weftwork"]);
  });

  test("can run its command", () => {
    writeFileSync(join(folder, "upper.js"), "export default ({ text }) => text.toUpperCase();\n");
    writeFileSync(join(folder, "in.csv"), 'text\n"a\nb"\nc\n');
    for (const model of ["auto", "threads", "processes"]) {
      const words = ["map", "./upper.js", "in.csv", "--model", model];
      const printed = run("node_modules/.bin/weft", ...words);
      expect(printed).toBe('"A\\nB"\n"C"\n');
    }
    const sample = ["in.csv", "--time", "20ms", "--yes"];
    const advice = run("node_modules/.bin/weft", "advise", "./upper.js", ...sample);
    expect(advice).toMatch(/^\* (?:async|threads|processes) x/m);
  });

  test("can name what blocks its loop", () => {
    cpSync(join(root, "test/stalls/programs"), join(folder, "stalls"), { recursive: true });
    expect(run(process.execPath, "stalls/blocks.js", "loop")).toMatch(/"functionName":"spin"/);
  });

  test("gets the library, but not its tests", () => {
    const files = readdirSync(join(folder, "node_modules/weftwork"), {
      recursive: true,
      encoding: "utf8",
    });
    expect(files).toContain("dist/index.js");
    expect(files).toContain("LICENSE");
    expect(files.filter((file) => file.includes(".test.") || file.startsWith("src"))).toEqual([]);
  });

  test("can import every subpath", () => {
    for (const name of subpaths()) {
      if (name === "weftwork/testing/register") continue; // exports nothing, and wants acorn
      const options = name.endsWith(".json") ? ', { with: { type: "json" } }' : "";
      const program = `console.log(Object.keys(await import("${name}"${options})).length > 0)`;
      expect(
        run(process.execPath, "--no-warnings", "--input-type=module", "-e", program).trim(),
        name,
      ).toBe("true");
    }
  });

  test("can run it", () => {
    writeFileSync(
      join(folder, "run.js"),
      'import { all } from "weftwork";\nconsole.log(await all([() => 1, async () => 2]));\n',
    );
    expect(run(process.execPath, "run.js")).toBe("[ 1, 2 ]\n");
  });

  test("can run tasks in threads and in processes", () => {
    writeFileSync(
      join(folder, "tasks.js"),
      'import { defineTasks } from "weftwork/tasks";\n' +
        "export const tasks = defineTasks(import.meta.url, { double: (n) => n * 2 });\n",
    );
    writeFileSync(join(folder, "pools.js"), POOLS);
    expect(run(process.execPath, "pools.js")).toBe("[ 42, 8 ]\n".repeat(2));
  });

  test("is told what to install for a cluster", () => {
    const program = `
      import { ClusterExecutor } from "weftwork/cluster";
      import { tasks } from "./tasks.js";
      const cluster = new ClusterExecutor({ connection: "redis://127.0.0.1:1", queue: "q" });
      await cluster.submit(tasks.double, 21).result().catch((error) => console.log(error.message));
      await cluster.close();
    `;
    const printed = run(process.execPath, "--input-type=module", "-e", program);
    expect(printed).toMatch(/npm install bullmq@6 ioredis@6/);
  });

  test("can share memory between threads", () => {
    writeFileSync(join(folder, "shared.js"), SHARED);
    expect(run(process.execPath, "shared.js")).toBe("2000\n");
  });

  test("can look for races in its own modules, if it has acorn", () => {
    writeFileSync(join(folder, "account.js"), ACCOUNT);
    writeFileSync(join(folder, "race.js"), RACE);
    const args = ["--import", "weftwork/testing/register", "race.js"];
    const without = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    expect(without.stderr).toContain("needs acorn: npm install --save-dev acorn");
    cpSync(join(root, "node_modules/acorn"), join(folder, "node_modules/acorn"), {
      recursive: true,
    });
    expect(run(process.execPath, ...args)).toBe("failure true\n");
  });

  // `skipLibCheck` is off: a declaration of ours that needs what the project lacks would show here.
  test.each([
    [
      "for browsers, without the types of Node",
      { lib: ["ES2023", "ESNext.Disposable", "DOM"], types: [] },
    ],
    [
      "for Node, without the types of browsers",
      {
        lib: ["ES2023", "ESNext.Disposable"],
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
      },
    ],
    [
      "with a bundler",
      {
        lib: ["ES2023", "ESNext.Disposable", "DOM"],
        types: [],
        moduleResolution: "bundler",
        module: "esnext",
      },
    ],
  ])("type-checks %s", (_, options) => {
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      strict: true,
      noEmit: true,
      ...options,
    };
    writeFileSync(join(folder, "consumer.ts"), CONSUMER);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["consumer.ts"] }),
    );
    expect(run(process.execPath, tsc, "-p", ".")).toBe("");
  });
});
