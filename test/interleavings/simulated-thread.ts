import { parentPort, threadId } from "node:worker_threads";
import { unpackShared } from "../../src/shared/travel.js";
import type { SharedObject } from "../../src/shared/shared-object.js";
import { C, STATE } from "./control.js";
import { eventsOf } from "./happenings.js";
import { scenarios } from "./scenarios.js";
import { deliverOne, forgetSleeps, useTurnstile } from "./simulated-memory.js";
import { Stopped, Turnstile } from "./turnstile.js";
import type { World } from "./world.js";

/** A worker that plays one thread of a run, and then of the next. */

export interface Part {
  readonly control: SharedArrayBuffer;
  readonly self: number;
  readonly scenario: string;
  readonly objects: unknown;
}

/** How a thread ended. */
export interface Ending {
  readonly value?: unknown;
  readonly error?: string;
}

// A run that is over stops all that is under way, and some of that nobody awaits.
process.on("unhandledRejection", (error) => {
  if (!(error instanceof Stopped)) throw error;
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function play({ control: memory, self, scenario: name, objects }: Part): Promise<Ending> {
  const turnstile = new Turnstile(memory, self);
  const { control } = turnstile;
  useTurnstile(turnstile);
  forgetSleeps();
  const timers: (() => void)[] = [];
  const unpacked = (): Record<string, SharedObject> => {
    turnstile.quiet = true;
    const alive = unpackShared(objects);
    turnstile.quiet = false;
    return alive as Record<string, SharedObject>;
  };
  const worldOf = (): World<Record<string, SharedObject>> => ({
    objects: unpacked(),
    plain: control.subarray(C.plain),
    step: () => turnstile.step(),
    later: (run) => (control[C.timers + self] = timers.push(run)),
  });
  const scenario = scenarios[name]!;
  let ending: Ending | undefined;
  try {
    turnstile.enter();
    const world = worldOf();
    const body = Promise.resolve().then(() => scenario.threads[self]!(world));
    void body.then(
      (value) => (ending = { value }),
      (error) => (ending = { error: String((error as Error)?.stack ?? error) }),
    );
    for (;;) {
      await turn(); // all that this thread could do by itself is done
      if (turnstile.dead) break;
      // What it did may be over, but its event loop is there, as that of a pool's worker is.
      turnstile.pass(ending === undefined ? STATE.idle : STATE.lingers);
      const events = eventsOf(control, self);
      const event = events[turnstile.pick(events.length)];
      if (event === "timer") {
        control[C.timers + self]! -= 1;
        timers.shift()!();
      } else if (event === "death") {
        control[C.buried] = 1;
        const dead = control[C.ids + control[C.dead]! - 1]!;
        for (const object of Object.values(world.objects)) object.recover(dead, true);
      } else deliverOne();
    }
    turnstile.leave();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  return turnstile.dead ? {} : (ending ?? { error: "it had not ended" });
}

parentPort!.on("message", (part: Part) => {
  void play(part).then((ending) => parentPort!.postMessage(ending));
});
parentPort!.postMessage(threadId + 1);
