import { expect, test } from "vitest";
import { packError } from "./pack-error.js";
import { unpackError } from "./unpack-error.js";

const across = (thrown: unknown): unknown =>
  unpackError(JSON.parse(JSON.stringify(packError(thrown))) as never, undefined);

function boom(): never {
  throw new Error("trap");
}
const traps = new Proxy({}, { get: () => boom });
const hostile = (target: object): object => new Proxy(target, traps);
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

class Money {
  readonly #cents = 5;
  cents(): number {
    return this.#cents;
  }
}

test.each<[string, unknown, unknown]>([
  ["a function", function pay() {}, "[Function: pay]"],
  ["a class", Money, "[class Money]"],
  ["a symbol", Symbol("s"), "Symbol(s)"],
  ["a boxed symbol", Object(Symbol("s")), "[Symbol: Symbol(s)]"],
  ["a proxy", new Proxy({ a: 1 }, {}), expect.stringContaining("{ a: 1 }")],
  ["a hostile proxy", hostile({ a: 1 }), expect.stringContaining("{ a: 1 }")],
  ["a revoked proxy", revoked(), "<Revoked Proxy>"],
  ["an instance with private state", new Money(), "Money {}"],
  ["a promise", Promise.resolve(1), "Promise { 1 }"],
  ["a weak map", new WeakMap(), "WeakMap { <items unknown> }"],
  ["shared memory", new SharedArrayBuffer(1), expect.stringMatching(/^SharedArrayBuffer/)],
  ["a URL", new URL("http://a/b"), expect.stringMatching(/^URL \{.*http:\/\/a\/b/)],
  ["a signal", AbortSignal.abort(), expect.stringMatching(/^AbortSignal/)],
])("what cannot be cloned is described: %s", (_, thrown, text) => {
  expect(across(thrown)).toEqual(text);
  expect(across(new Error("x", { cause: thrown }))).toMatchObject({ message: "x", cause: text });
  expect(across({ thrown })).toEqual({ thrown: text });
});

test("what cannot even be described is said to be unprintable", () => {
  const thrown = Object.assign(() => 1, { [Symbol.for("nodejs.util.inspect.custom")]: boom });
  expect(across(thrown)).toBe("unprintable");
});

test("a getter that throws costs its field, and no other", () => {
  const error = Object.defineProperties(new TypeError("kept"), {
    bad: { enumerable: true, get: boom },
    name: { get: boom },
    good: { enumerable: true, get: () => 7 },
  });
  const copy = across(error) as Error;
  expect(copy).toBeInstanceOf(TypeError);
  expect(copy).toMatchObject({ message: "kept", bad: "… threw Error: trap", good: 7 });
});

test("a class whose getters throw, and a formatter of stacks that throws, are borne", () => {
  class Rude extends Error {
    override get name(): string {
      return boom();
    }
  }
  expect(across(new Rude("rude"))).toMatchObject({ name: "Error", message: "rude" });
  const formatter = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Object.defineProperty(Error, "prepareStackTrace", { value: boom, configurable: true });
  try {
    expect(across(new Error("unformatted"))).toMatchObject({ message: "unformatted" });
  } finally {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    if (formatter !== undefined) Object.defineProperty(Error, "prepareStackTrace", formatter);
  }
});

test("`__proto__` as a field is only a field", () => {
  const thrown = JSON.parse(
    '{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": 2 } }',
  );
  for (const copy of [across(thrown), across(Object.assign(new Error("x"), { in: thrown }).in)]) {
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.keys(copy as object)).toEqual(["__proto__", "constructor"]);
    expect((copy as { polluted?: unknown }).polluted).toBeUndefined();
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test("a million nested causes are cut, the nearest kept", () => {
  let error = new Error("bottom");
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // to make the million is the slow part
  for (let i = 0; i < 1_000_000; i += 1) error = new Error("above", { cause: error });
  Error.stackTraceLimit = stackTraceLimit;
  const chain = [across(error) as Error];
  for (let at = chain[0]!.cause; at instanceof Error; at = at.cause) chain.push(at);
  expect(chain.length).toBeGreaterThan(10_000);
  const last = chain.at(-1)!;
  expect([...Object.keys(last), last.cause].join()).toContain("…");
});

test("lists, maps, sets and fields beyond the budget end with how many are missing", () => {
  const many = Array.from({ length: 150_000 }, (_, i) => i);
  const copies = [
    across(many),
    [...(across(new Set(many)) as Set<unknown>)],
    [...(across(new Map(many.map((i) => [i, i]))) as Map<unknown, unknown>).keys()],
    Object.keys(across(Object.fromEntries(many.map((i) => [`k${i}`, i]))) as object),
  ] as unknown[][];
  for (const copy of copies) {
    expect(copy).toHaveLength(100_001);
    expect(copy.at(-1)).toBe("… 50000 more");
  }
  expect((across(new Array(2 ** 32 - 1)) as unknown[]).length).toBe(100_001);
});

test("texts, digits and bytes beyond the budget are cut", () => {
  const long = "x".repeat(20_000_000);
  expect(across([long, "short"])).toEqual([
    expect.stringMatching(/x… 3222784 more characters$/),
    "short",
  ]);
  expect(across(1n << 100_000_000n)).toMatch(/^1000.*more characters$/);
  expect(across(new Uint8Array(20_000_000))).toMatch(/^Uint8Array\(20000000\) \[/);
});

test("an object that makes itself anew at each look comes to an end", () => {
  const endless = (): object => ({
    get next() {
      return endless();
    },
  });
  expect(across(endless())).toHaveProperty("next.next.next");
  const chain = Object.create(new Proxy({}, { getPrototypeOf: () => chain })) as object;
  expect(across(chain)).toEqual({});
});
