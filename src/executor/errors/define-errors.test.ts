import { expect, test } from "vitest";
import { defineErrors } from "./define-errors.js";
import type { ErrorClass } from "./error-classes.js";
import { packError } from "./pack-error.js";
import { unpackError } from "./unpack-error.js";

const across = (thrown: unknown): unknown => unpackError(packError(thrown), undefined);

test("an error of a registered class comes back as one, and its constructor is not called", () => {
  let calls = 0;
  class Counted extends RangeError {
    constructor(message: string) {
      super(message);
      calls += 1;
    }
  }
  defineErrors({ Counted });
  expect(across(new Counted("once"))).toBeInstanceOf(Counted);
  expect(calls).toBe(1);
});

test("an abstract class and an error of the DOM can be registered", () => {
  abstract class Failure extends Error {}
  class Denied extends Failure {}
  class DomFailure extends DOMException {}
  defineErrors({ Failure, DomFailure });
  expect(Object.getPrototypeOf(across(new Denied("no")))).toBe(Failure.prototype);
  const dom = across(new DomFailure("gone", "NotFoundError")) as DOMException;
  expect(dom).toBeInstanceOf(DomFailure);
  expect([dom.name, dom.message, dom.code]).toEqual(["NotFoundError", "gone", 8]);
});

test("the nearest class that is known here is taken", () => {
  class Unknown extends TypeError {
    override name = "Unknown";
  }
  const error = across(new Unknown("what")) as Error;
  expect(Object.getPrototypeOf(error)).toBe(TypeError.prototype);
  expect(error.name).toBe("Unknown");
});

test("a class that only the other side knows leaves its ancestors", () => {
  class Near extends Error {}
  defineErrors({ Near });
  const packed = JSON.stringify(packError(new Near("x"))).replace('"Near"', '"Far","SyntaxError"');
  const error = unpackError(JSON.parse(packed) as never, undefined);
  expect(Object.getPrototypeOf(error)).toBe(SyntaxError.prototype);
});

test("the same class twice is harmless, also under a second name", () => {
  class Twice extends Error {}
  defineErrors({ Twice, Error, TypeError });
  defineErrors({ Twice, Again: Twice });
  expect(across(new Twice("x"))).toBeInstanceOf(Twice);
});

test("a name belongs to one class, and a refused call registers nothing", () => {
  class Fresh extends Error {}
  const taken = /^classes\.TypeError must be the class that already has this name/;
  expect(() => defineErrors({ Fresh, TypeError: class extends Error {} })).toThrow(taken);
  expect(() => defineErrors({ TimeoutError: class extends Error {} })).toThrow(TypeError);
  expect(across(new Fresh("x"))).not.toBeInstanceOf(Fresh);
});

test.each<[unknown, string]>([
  [undefined, "classes must be an object of error classes, got undefined"],
  [null, "classes must be an object of error classes, got null"],
  [[Error], "classes must be an object of error classes, got [object Array]"],
  ["Error", 'classes must be an object of error classes, got "Error"'],
  [{ A: 1 }, "classes.A must be a class that extends Error, got 1"],
  [{ A: Map }, "classes.A must be a class that extends Error, got [object Function]"],
  [{ A: () => 1 }, "classes.A must be a class that extends Error, got [object Function]"],
  [{ A: new Error("a") }, "classes.A must be a class that extends Error, got [object Error]"],
])("bad input throws at the call: %s", (classes, message) => {
  expect(() => defineErrors(classes as Record<string, ErrorClass>)).toThrow(new TypeError(message));
});
