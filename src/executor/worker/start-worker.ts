import { host as outside } from "../../core/index.js";
import { packError } from "../errors/index.js";
import type { WorkerStart } from "../pool/index.js";
import { KIND, type Link, type LinkEvents, type Words } from "../wire/index.js";
import { MemoryCheck } from "./memory-check.js";
import { TaskDefinition } from "./task-definition.js";
import { TaskHost } from "./task-host.js";

/** What a thread or a process brings along to become a worker. */
export interface WorkerGround {
  readonly words: Words;
  /** The memory that counts against the worker's limit. */
  usedBytes(): number;
  /** Opens the way to the pool. `wakeUp` is to be called when something may have come. */
  openLink(events: LinkEvents, wakeUp: () => void): Link;
  /** What the initializer is given. */
  readonly initializerInput?: unknown;
  /** There is nothing to do now, except for runs that are `busy` waiting. True if something has come meanwhile. */
  doze(busy: boolean): boolean;
}

/** Makes this thread or process a worker. It is one from when it has told that it is ready. */
export async function startWorker(start: WorkerStart, ground: WorkerGround): Promise<void> {
  let awake = true; // until it is ready: a run may have come along, which is for later
  const wakeUp = (): void => {
    if (awake) return; // the loop below goes on anyway
    awake = true;
    let mayGoOn: boolean;
    do {
      link.drain();
      mayGoOn = host.pump();
      link.flush();
    } while (mayGoOn && ground.doze(host.busy));
    awake = false;
    if (!mayGoOn) outside.soon(wakeUp);
  };
  const memory = new MemoryCheck(
    start.memoryMb,
    () => ground.usedBytes(),
    () => link.send(KIND.grown, 0, 0, 0, undefined),
  );
  const host = new TaskHost(ground.words, {
    limit: start.tasksPerWorker,
    wakeUp,
    look: () => memory.look(),
  });
  const link = ground.openLink(host, wakeUp);
  host.attach(link);
  // What the worker dies of; the pool reads it afterwards.
  process.on("uncaughtExceptionMonitor", (error) => {
    link.send(KIND.crashed, 0, 0, 0, packError(error));
    link.flush();
  });
  try {
    if (start.initializer !== undefined)
      await initialize(start.initializer, ground.initializerInput);
    link.send(KIND.ready, 0, 0, 0, undefined);
    awake = false;
    wakeUp();
  } catch (error) {
    link.send(KIND.unfit, 0, 0, 0, packError(error));
    link.flush();
    process.exit(1);
  }
}

async function initialize(
  { name, origin }: NonNullable<WorkerStart["initializer"]>,
  input: unknown,
): Promise<void> {
  const definition = new TaskDefinition(name, origin);
  try {
    const run = (await definition.load()) as (input: unknown) => unknown;
    await run(input);
  } catch (error) {
    throw definition.explain(error);
  }
}
