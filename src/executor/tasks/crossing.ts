/** What can't cross to another thread, as far as a type can tell. */
type Stays =
  | ((...args: never[]) => unknown)
  | symbol
  | WeakMap<never, unknown>
  | WeakSet<never>
  | WeakRef<never>
  | Promise<unknown>;

/** The parts of the type that can't. A Map has all that a WeakMap has, and can. */
type Staying<T> = Exclude<Extract<T, Stays>, ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>>;

/** True if a value of the type, or one of its own fields, stays where it is. Deeper down, the run time says so. */
type HasStaying<T> = 0 extends 1 & T
  ? false // any
  : [Staying<T>] extends [never]
    ? T extends ArrayBuffer | SharedArrayBuffer | ArrayBufferView | Date | Error | RegExp
      ? false
      : T extends ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | readonly unknown[]
        ? false
        : T extends object
          ? HasStayingField<T>
          : false
    : true;

type HasStayingField<T extends object> = true extends {
  [K in keyof T]: [Staying<T[K]>] extends [never] ? false : true;
}[keyof T]
  ? true
  : false;

type OutputOf<F> = F extends (...args: never[]) => infer R
  ? R extends AsyncIterable<infer Item>
    ? Item
    : Awaited<R>
  : never;

/** The tasks as they are, with a sentence in place of each whose result can't cross. */
export type CheckedTasks<T> = {
  [K in keyof T]: true extends HasStaying<OutputOf<T[K]>>
    ? "the result of this task can't cross to another thread: it is or has a function, a symbol, a promise or a weak reference"
    : T[K];
};
