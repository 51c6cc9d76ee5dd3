import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { folder, MODULES, read, WEFT, weft } from "./weft.js";

const F = `${MODULES}/functions.ts`;

test.each<[string[], number, string]>([
  [["nap"], 2, 'there is no command "nap"'],
  [["map"], 2, "map wants a MODULE#EXPORT"],
  [["map", F, "--foo"], 2, "Unknown option '--foo'"],
  [["map", F, "--limit"], 2, "'--limit <value>' argument missing"],
  [["map", F, "--limit", "0"], 2, '--limit must be an integer >= 1, got "0"'],
  [["map", F, "--limit=-3"], 2, '--limit must be an integer >= 1, got "-3"'],
  [["map", F, "--limit", "-3"], 2, "argument is ambiguous"],
  [
    ["map", F, "--timeout", "soon"],
    2,
    '--timeout must be a duration like 500ms, 5s or 2m, got "soon"',
  ],
  [["map", F, "--rate", "50"], 2, '--rate must be a rate like 50/s or 1000/m, got "50"'],
  [["map", F, "--model", "gpu"], 2, "--model must be auto, async, threads, processes"],
  [["map", F, "--model", "cluster"], 2, "a cluster wants --redis URL"],
  [["map", F, "--range", "9..1"], 2, "--range must be like 1..1000"],
  [["map", F, "missing.txt"], 2, "the input missing.txt does not exist"],
  [["map", F, "/tmp"], 2, "the input /tmp is a folder"],
  [["map", F, "--files", "*.none"], 2, "matches no file"],
  [["map", F, "a.txt", "--range", "1..2"], 2, "INPUT and --range exclude each other"],
  [["map", F, "--resume"], 2, "--resume needs --out"],
  [["map", F, "--model", "async", "--workers", "2"], 2, "--workers is for threads and processes"],
  [["map", F, "--stall-threshold", "1s"], 2, "--stall-threshold needs --watch-stalls"],
  [["run", "--watch-stalls", "--stall-threshold", "1ms", F], 2, "must be at least 10ms, got 1ms"],
  [["run", "--foo", F], 2, "Unknown option '--foo'"],
  [["run"], 2, "run wants a SCRIPT"],
  [["run", "./missing.js"], 3, "there is no script"],
  [["map", F, "a.txt", "--out", "./a.txt"], 2, "--out ./a.txt is the same file as an input"],
  [["map", F, "a.txt", "--errors", "a.txt"], 2, "--errors a.txt is the same file as an input"],
  [["map", F, "a.txt", "--out", "o", "--errors", "./o"], 2, "is the same file as --out"],
  [["map", F, "a.txt", "--out", "."], 2, "--out . is a folder"],
  [["map", F, "a.txt", "--out", "no/o"], 2, "--out no/o can't be written: there is no folder"],
  [["map", "./missing.ts"], 3, "there is no module"],
  [["map", `${MODULES}/broken.js`], 3, "this module does not load"],
  [["map", `${F}#missing`], 3, 'has no export "missing"'],
  [["map", `${F}#notAFunction`], 3, "is no function"],
  [["advise"], 2, "advise wants a MODULE#EXPORT"],
  [["advise", F, "/dev/null", "--yes"], 2, "the sample is empty"],
  [["advise", F, "a.txt", "--time", "0", "--yes"], 2, "--time must be more than nothing"],
  [["advise", `${F}#missing`, "a.txt"], 3, 'has no export "missing"'],
  [["completion", "fish"], 2, "completion wants one of bash, zsh"],
  [["doctor", "who"], 2, "doctor takes no words"],
])("%j is told in a line, with exit code %i", async (args, code, message) => {
  const cwd = folder({ "a.txt": "a\n" });
  const ended = await weft(args, { cwd });
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toContain(`weft: `);
  expect(ended.stderr).toContain(message);
  expect(readdirSync(cwd)).toEqual(["a.txt"]);
  expect(read(cwd, "a.txt")).toBe("a\n");
});

test("help tells of every command, and every flag of one", async () => {
  const { stdout, code } = await weft(["--help"]);
  expect(code).toBe(0);
  for (const name of ["map", "advise", "run", "doctor", "completion"])
    expect(stdout).toContain(`  ${name} `);
  const map = await weft(["map", "--help"]);
  for (const flag of ["--retries N", "--on-error W", "--resume"])
    expect(map.stdout).toContain(flag);
  expect(map.stdout).toContain("examples:\n  weft map ./hash.ts#sha256");
});

test("doctor tells what decides how weftwork runs here", async () => {
  const { stdout, code } = await weft(["doctor", "--json"]);
  expect(code).toBe(0);
  const names = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
  const { peerDependencies } = manifest as { peerDependencies: Record<string, string> };
  const peers = Object.keys(peerDependencies);
  expect(names).toEqual(
    expect.arrayContaining(["node", "cores", "memory", "TypeScript modules", ...peers]),
  );
});

/** What bash offers for a word that was typed so far. */
async function completions(words: string[]): Promise<string[]> {
  const script = `source <("$1" "$2" completion bash); shift 2; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1));
    _weft; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await weft([process.execPath, WEFT, ...words], {
    command: ["bash", "-c", script, "bash"],
  });
  return stdout.trim().split("\n").toSorted();
}

test("bash completes commands, flags and their values", async () => {
  expect(await completions(["weft", "do"])).toEqual(["doctor"]);
  expect(await completions(["weft", "map", "f.js", "--re"])).toEqual(
    ["--redis", "--restart", "--resume", "--retries", "--retry-delay", "--retry-failed"].toSorted(),
  );
  expect(await completions(["weft", "map", "f.js", "--model", "th"])).toEqual(["threads"]);
});

// A machine without says so (`npm test` installs it where it can); in CI that is a failure.
const skipped = spawnSync("zsh", ["--version"]).error !== undefined && !process.env["CI"];
test.skipIf(skipped)("zsh takes the completions, and knows whom they are for", async () => {
  const script = `autoload -Uz compinit; compinit -u -D; source <("$1" "$2" completion zsh)
    print -- "$_comps[weft]"; whence -w _weft`;
  const args = ["-fc", script, "zsh", process.execPath, WEFT];
  const { stdout, stderr } = await weft(args, { command: ["zsh"] });
  expect([stdout, stderr]).toEqual(["_weft\n_weft: function\n", ""]);
});
