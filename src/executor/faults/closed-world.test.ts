import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { pools, settled, tasks } from "./index.js";

describe.each(pools)("a $noun", ({ Pool }) => {
  test("loads nothing that a payload names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "weftwork-faults-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const mark = join(folder, "loaded");
    const file = join(folder, "evil.mjs");
    writeFileSync(
      file,
      `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, "")`,
    );
    const module = pathToFileURL(file).href;
    const address = { module, name: "echo" };
    await using pool = new Pool({ workers: 1 });
    const payloads = [address, { name: "echo", origin: address }, { task: address, credit: 1 }];
    for (const payload of payloads) {
      expect(await pool.submit(tasks.echo, payload, { name: module })).toEqual(payload);
      const error = Object.assign(new Error("x"), payload, { name: module });
      await settled(pool.submit(tasks.throwIt, error));
    }
    expect(existsSync(mark)).toBe(false);
  });

  test("knows no names but those that were defined", async () => {
    await using pool = new Pool({ workers: 1 });
    const text = "(_, scope) => Object.getPrototypeOf(scope.report).constructor";
    expect(await settled(pool.submit(tasks.echo, text))).toBe(text); // a text is no function
  });

  test("has the environment that was asked for, and nothing beside it", async () => {
    await using pool = new Pool({ workers: 1, env: { ONLY: "this", NOT: undefined } });
    process.env["WEFT_SECRET"] = "hidden";
    const environment = await pool.submit(tasks.environment, 0);
    delete process.env["WEFT_SECRET"];
    expect(environment).toEqual({ ONLY: "this" });
  });

  test("shares no prototype with what is sent", async () => {
    await using pool = new Pool({ workers: 1 });
    const plain = ["__proto__", "constructor"];
    const large = { ...(JSON.parse(tasks.POLLUTING) as object), more: new Map() };
    for (const payload of [JSON.parse(tasks.POLLUTING), large] as { inner: object }[]) {
      const [, inner, isPlain, polluted] = await pool.submit(tasks.inspect, payload);
      expect([inner, isPlain, polluted]).toEqual([plain, true, undefined]);
    }
    const value = (await pool.submit(tasks.givePolluting, 0)) as { inner: object };
    const seen: { inner: object }[] = [value];
    const onProgress = (progress: unknown): void => void seen.push(progress as typeof value);
    await pool.submit(tasks.reportPolluting, 0, { onProgress });
    const error = await settled(pool.submit(tasks.throwPolluting, 0));
    seen.push((error as { payload: typeof value }).payload);
    for (const { inner } of seen) {
      expect(Object.keys(inner)).toEqual(plain);
      expect(Object.getPrototypeOf(inner)).toBe(Object.prototype);
    }
    expect(seen).toHaveLength(3);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
