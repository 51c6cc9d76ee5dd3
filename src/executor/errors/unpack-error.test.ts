import * as fc from "fast-check";
import { expect, test } from "vitest";
import { defineErrors } from "./define-errors.js";
import { packError } from "./pack-error.js";
import type { PackedError } from "./packed-error.js";
import { unpackError } from "./unpack-error.js";

const SUBMITTED =
  "Error: whatever\n    at submit (file:///app/main.ts:3:9)\n    at file:///app/main.ts:9:1";
const FRAMES = SUBMITTED.split("\n").slice(1).join("\n");
const unpack = (packed: unknown, submittedAt?: string): unknown =>
  unpackError(packed as PackedError, submittedAt);

test("the stack is the remote one, and then the submitter's lines", () => {
  const error = new Error("boom", { cause: new Error("root") });
  const copy = unpack(packError(error), SUBMITTED) as typeof error;
  expect(copy.stack).toBe(`${error.stack}\n    --- submitted here ---\n${FRAMES}`);
  expect((copy.cause as Error).stack).toBe((error.cause as Error).stack);
  expect(Object.keys(copy)).toEqual([]);
});

test("work that was handed on twice tells both submitters", () => {
  const once = unpack(packError(new Error("boom")), SUBMITTED);
  const twice = unpack(packError(once), "    at outer (file:///app/outer.ts:1:1)") as Error;
  expect(twice.stack!.split("\n").filter((line) => line.includes("---"))).toHaveLength(2);
  expect(twice.stack).toMatch(/main\.ts:9:1\n.*---\n {4}at outer/);
});

test("a parser of stacks finds every frame and nothing else", () => {
  const error = new Error("boom");
  error.stack = "Error: boom\n    at task (/app/task.js:1:2)";
  const { stack } = unpack(packError(error), SUBMITTED) as Error;
  const frame = /at (?:(.+?)\s+\()?(?:(.+?):(\d+)(?::(\d+))?|([^)]+))\)?/; // as `stack-trace` has it
  const lines = stack!.split("\n").slice(1);
  expect(lines.map((line) => frame.exec(line)?.[3])).toEqual(["1", undefined, "3", "9"]);
});

test("without a remote stack, or without frames, nothing is made up", () => {
  const bare = new TypeError("bare");
  delete bare.stack;
  expect((unpack(packError(bare)) as Error).stack).toBeUndefined();
  const told = unpack(packError(bare), FRAMES) as Error;
  expect(told.stack).toBe(`TypeError: bare\n    --- submitted here ---\n${FRAMES}`);
  const error = new Error("x");
  expect((unpack(packError(error), "no frames") as Error).stack).toBe(error.stack);
  expect(unpack(packError("only a string"), SUBMITTED)).toBe("only a string");
});

test("a stack that is no text is left alone", () => {
  const error = Object.assign(new Error("x"), { stack: [1] });
  expect((unpack(packError(error), SUBMITTED) as { stack: unknown }).stack).toEqual([1]);
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["no records", { thrown: ["record", 0], records: [] }],
  [
    "a place that is none",
    { thrown: ["record", "length"], records: [{ kind: "object", fields: [] }] },
  ],
  ["a place on the prototype", { thrown: ["record", "constructor"], records: [] }],
  ["a record of no kind", { thrown: null, records: [{ kind: "__proto__" }] }],
  ["a value of no kind", { thrown: ["constructor"], records: [] }],
  ["fields that are none", { thrown: null, records: [{ kind: "object", fields: 1 }] }],
  ["classes that are none", { thrown: null, records: [{ kind: "error", classes: 1, fields: [] }] }],
  ["a wrong pattern", { thrown: null, records: [{ kind: "regexp", source: "(", flags: "" }] }],
  ["wrong digits", { thrown: ["bigint", "xyz"], records: [] }],
  ["wrong bytes", { thrown: null, records: [{ kind: "bytes", type: "Object", base64: "" }] }],
  [
    "half a number",
    { thrown: null, records: [{ kind: "bytes", type: "Uint16Array", base64: "AA==" }] },
  ],
  [
    "a length",
    { thrown: null, records: [{ kind: "array", items: [], fields: [["length", 1e9]] }] },
  ],
])("what packError cannot have made gives an error about it: %s", (_, packed) => {
  const error = unpack(packed, SUBMITTED) as Error;
  expect(error.message).toMatch(/^an error came back that cannot be read: /);
  expect(error.stack).toBe(`${String(error)}\n    --- submitted here ---\n${FRAMES}`);
});

test("hostile keys and classes reach no prototype", () => {
  const keys = ["__proto__", "constructor", "prototype", "toString", "then", "stack", "name"];
  const fields = keys.map((key) => [key, ["record", 1]]);
  for (const classes of [["__proto__"], ["constructor"], ["hasOwnProperty"], ["DOMException"]]) {
    const records = [
      { kind: "error", classes, fields },
      { kind: "object", fields: [["polluted", 1]] },
    ];
    const error = unpack({ thrown: ["record", 0], records }, SUBMITTED) as Error;
    expect(error).toBeInstanceOf(Error);
    expect((error as { polluted?: unknown }).polluted).toBeUndefined();
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(new Error("x").name).toBe("Error");
});

test("a registered class whose getters throw is borne", () => {
  class Sealed extends Error {
    readonly #why = "because";
    get code(): string {
      return this.#why;
    }
  }
  defineErrors({ Sealed });
  const copy = unpack(packError(new Sealed("x")), SUBMITTED) as Sealed;
  expect([copy instanceof Sealed, copy.code]).toEqual([true, "because"]);
});

test("unpackError never throws, whatever it is given", () => {
  const damaged = fc.letrec((tie) => ({
    value: fc.oneof(fc.anything(), tie("tagged")),
    tagged: fc.tuple(fc.constantFrom("record", "bigint", "number", "hole", "?"), fc.anything()),
    record: fc.record(
      {
        kind: fc.constantFrom(
          "error",
          "object",
          "array",
          "map",
          "set",
          "date",
          "regexp",
          "bytes",
          "boxed",
          "text",
        ),
        classes: fc.oneof(fc.array(fc.constantFrom("Error", "DOMException", "x")), fc.anything()),
        fields: fc.oneof(fc.array(fc.array(fc.oneof(fc.string(), tie("value")))), fc.anything()),
        items: fc.oneof(fc.array(tie("value")), fc.anything()),
        entries: fc.oneof(fc.array(fc.array(tie("value"))), fc.anything()),
        type: fc.anything(),
        base64: fc.anything(),
        source: fc.anything(),
        flags: fc.anything(),
        ms: fc.anything(),
        value: tie("value"),
        text: fc.anything(),
      },
      { requiredKeys: ["kind"] },
    ),
    packed: fc.record({ thrown: tie("value"), records: fc.array(tie("record")) }),
  }));
  fc.assert(
    fc.property(fc.oneof(fc.anything(), damaged.packed), (packed) => {
      expect(() => unpack(packed, SUBMITTED)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test("a formatter of stacks that throws is not called", () => {
  const formatter = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const packed = packError(new DOMException("x", "AbortError"));
  let calls = 0;
  const value = (): string => `call ${(calls += 1)}`;
  Object.defineProperty(Error, "prepareStackTrace", { value, configurable: true });
  unpack(packed, SUBMITTED);
  unpack(null, SUBMITTED);
  Reflect.deleteProperty(Error, "prepareStackTrace");
  if (formatter !== undefined) Object.defineProperty(Error, "prepareStackTrace", formatter);
  expect(calls).toBe(0);
});
