import type { ExploreHost } from "./explore-host.js";
import { replaceDate } from "./outside-date.js";

type AnyFunction = (...args: never[]) => unknown;

/**
 * Replaces what programs ask the outside world by: the clock, timers and chance. For the program that is
 * explored they ask its host, after telling `used`; for everybody else they are what they were.
 */
export function replaceGlobals(host: ExploreHost, used: (what: string) => void): Disposable {
  const undo: (() => void)[] = [replaceDate(host, used)];

  /** Puts a stand-in in place; without a name it is harmless to call. */
  const replace = (
    holder: object | undefined,
    key: string,
    what: string | undefined,
    virtual: AnyFunction,
  ) => {
    const real: unknown = holder === undefined ? undefined : Reflect.get(holder, key);
    if (holder === undefined || typeof real !== "function") return;
    const own = Object.hasOwn(holder, key);
    const standIn = function (this: unknown, ...args: never[]): unknown {
      if (host.strands.current === undefined) return Reflect.apply(real, this, args);
      if (what !== undefined) used(what);
      return virtual(...args);
    };
    Object.setPrototypeOf(standIn, real); // what it has besides: setTimeout[promisify.custom]
    Reflect.set(holder, key, standIn);
    undo.push(() => (own ? Reflect.set(holder, key, real) : Reflect.deleteProperty(holder, key)));
  };

  replace(Math, "random", "Math.random()", () => host.random());
  replace(performance, "now", "performance.now()", () => host.nowMs());
  replace(process, "hrtime", "process.hrtime()", (since?: readonly [number, number]) =>
    hrtime(host.nowMs(), since),
  );
  replace(process.hrtime, "bigint", "process.hrtime.bigint()", () =>
    BigInt(Math.round(host.nowMs() * 1e6)),
  );
  replace(AbortSignal, "timeout", "AbortSignal.timeout()", (ms: number) => {
    const controller = new AbortController();
    const error = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    ForeignTimer.start(host, () => controller.abort(error), ms, false);
    return controller.signal;
  });
  replace(globalThis.crypto, "randomUUID", "crypto.randomUUID()", () => virtualUuid(host));
  replace(globalThis.crypto, "getRandomValues", "crypto.getRandomValues()", (array: Uint8Array) =>
    fill(array, host),
  );
  replace(globalThis, "setTimeout", "setTimeout()", (run: AnyFunction, ms?: number, ...args) =>
    ForeignTimer.start(host, () => run(...args), ms ?? 0, false),
  );
  replace(globalThis, "setInterval", "setInterval()", (run: AnyFunction, ms?: number, ...args) =>
    ForeignTimer.start(host, () => run(...args), ms ?? 0, true),
  );
  replace(globalThis, "setImmediate", "setImmediate()", (run: AnyFunction, ...args) =>
    ForeignTimer.start(host, () => run(...args), 0, false),
  );
  for (const key of ["clearTimeout", "clearInterval", "clearImmediate"] as const) {
    const real: (timer: never) => void = globalThis[key];
    replace(globalThis, key, undefined, (timer: unknown) => {
      if (timer instanceof ForeignTimer) timer.stop();
      else real(timer as never);
    });
  }
  return {
    [Symbol.dispose]() {
      for (const back of undo.toReversed()) back();
    },
  };
}

/** A platform timer on the virtual clock. */
class ForeignTimer {
  stop: () => void = () => {};

  static start(host: ExploreHost, run: () => void, ms: number, again: boolean): ForeignTimer {
    const timer = new ForeignTimer();
    const set = (): void => {
      const started = host.startTimer(
        () => {
          if (again) set();
          run();
        },
        Math.max(1, ms),
      );
      timer.stop = () => host.stopTimer(started);
    };
    set();
    return timer;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** As Node gives it: seconds, and nanoseconds. */
function hrtime(nowMs: number, [seconds, nanos]: readonly [number, number] = [0, 0]) {
  const since = Math.round(nowMs * 1e6) - (seconds * 1e9 + nanos);
  return [Math.floor(since / 1e9), since % 1e9];
}

function fill(array: Uint8Array, host: ExploreHost): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Math.floor(host.random() * 256);
  return array;
}

function virtualUuid(host: ExploreHost): string {
  const hex = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(host.random() * 16).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
