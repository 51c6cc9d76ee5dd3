import { requireThat } from "../core/index.js";
import { load, store } from "./memory.js";
import { me } from "./thread.js";

/** What a shared object is to another thread: plain data that `postMessage` and `workerData` carry. */
export interface SharedHandle<Kind extends string = string> {
  readonly kind: Kind;
  readonly memory: SharedArrayBuffer;
  readonly name?: string;
  readonly [option: string]: unknown;
}

/** What every shared object offers to the house. */
export interface Recoverable {
  /** The thread has died; `violently` if it was killed or failed. */
  recover(dead: number, violently: boolean): void;
}

/** The words of the memory's head: who made it, and its number there. No two objects of a process share both. */
const MAKER = 0;
const NUMBER = 1;
/** Where the state of an object begins: on a cache line of its own. */
export const STATE = 16;

const known = new Map<string, WeakRef<Recoverable>>();
const forget = new FinalizationRegistry<string>((key) => {
  if (known.get(key)?.deref() === undefined) known.delete(key);
});

let made = 0;

/** Memory for an object with so many words of state. */
export function allocate(stateWords: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer((STATE + stateWords) * 4);
  const words = new Int32Array(memory);
  made += 1;
  store(words, MAKER, me);
  store(words, NUMBER, made);
  return memory;
}

/** What an object is called by in every thread. */
export function keyOf(memory: SharedArrayBuffer): string {
  const words = new Int32Array(memory, 0, STATE);
  return `${load(words, MAKER)}:${load(words, NUMBER)}`;
}

export function register(object: Recoverable, memory: SharedArrayBuffer): void {
  const key = keyOf(memory);
  known.set(key, new WeakRef(object));
  forget.register(object, key);
}

/** True once a shared object has been made in this thread, or has come here. */
export function anyKnown(): boolean {
  return known.size > 0;
}

/**
 * The object behind a handle: the one that this thread has already, or a new one. A thread has one for each
 * memory, since its callers wait in one line.
 */
export function fromHandle<T extends Recoverable>(
  kind: string,
  handle: SharedHandle,
  make: () => T,
): T {
  requireThat(
    handle?.kind === kind && handle.memory instanceof SharedArrayBuffer,
    "handle",
    `what handle() of a ${kind} gave`,
    handle,
  );
  return (known.get(keyOf(handle.memory))?.deref() as T | undefined) ?? make();
}

/** Takes back what a dead thread held, of all that this thread knows. */
export function recoverAll(dead: number, violently: boolean): void {
  for (const reference of known.values()) reference.deref()?.recover(dead, violently);
}
