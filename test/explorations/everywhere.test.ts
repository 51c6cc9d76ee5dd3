import { describe, expect, test } from "vitest";
import { nodes, runNode } from "./run-program.js";

const ZONES = ["UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"];

interface Logged {
  readonly zone: string;
  /** At the beginning of the epoch: are we really there? */
  readonly hour: number;
  readonly lines: readonly string[];
}

async function logsOf(node: string): Promise<Logged[]> {
  const { output, stderr } = await runNode(node, ["log.js", ...ZONES], { LANG: "sv_SE" });
  expect(stderr).toBe("");
  const lines = output.trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Logged);
}

const here = logsOf(process.execPath);

describe.each(nodes)("on Node %s", (_major, node) => {
  test("the same seeds give the same log in every time zone", async () => {
    const [expected] = await here;
    const logs = await logsOf(node);
    expect(logs.map(({ zone }) => zone)).toEqual(ZONES);
    expect(new Set(logs.map(({ hour }) => hour)).size).toBe(ZONES.length);
    for (const { lines } of logs) expect(lines).toEqual(expected!.lines);
    expect(expected!.lines.filter((line) => line === "replayed true")).toHaveLength(3);
  });
});
