import { label } from "../core/index.js";
import { allocate, type Recoverable, register, type SharedHandle } from "./registry.js";

/** What makes an object: its options, or its handle, which is those and the memory. */
interface Making {
  readonly name?: string;
  readonly memory?: SharedArrayBuffer;
}

/**
 * `postMessage` clones fields, and of a shared object would make an empty one, without a word. It can't clone a
 * function, so this one makes it refuse, and tell its source.
 */
function postItsHandle(): string {
  return "post object.handle(), and call the class's from(handle) where it arrives";
}

/** What lives in shared memory, and is seen by each thread through an instance of its own. */
export abstract class SharedObject<Kind extends string = string> implements Recoverable {
  /** What it is called in messages and traces. */
  readonly name: string;
  /** @internal */
  readonly clone: () => string = postItsHandle;
  protected readonly words: Int32Array;
  readonly #handle: SharedHandle<Kind>;

  protected constructor(kind: Kind, noun: string, making: Making, stateWords: number) {
    const memory = making.memory ?? allocate(stateWords);
    this.#handle = { ...making, kind, memory };
    this.name = label(noun, making.name);
    this.words = new Int32Array(memory);
    register(this, memory);
  }

  /**
   * What to send to another thread by `postMessage` or `workerData`: plain data. `from(handle)` of the class
   * gives the same object there. Tasks of a `ThreadExecutor` need none: they are sent the object itself.
   */
  handle(): SharedHandle<Kind> {
    return this.#handle;
  }

  /** @internal */
  abstract recover(dead: number, violently: boolean): void;
}
