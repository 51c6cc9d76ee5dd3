import assert from "node:assert/strict";
import { RwLock } from "../../../src/index.js";
import { step } from "../../../src/testing/explore/index.js";
import { type Explorations, large, small, tasks } from "./explorations.js";
import { likeACount } from "./permits.js";

/** `r` and `w` are readers and writers, who come in this order. */
function contest(who: string, leaving: string) {
  return async () => {
    const lock = new RwLock({ name: "it" });
    let readers = 0;
    let writers = 0;
    const look = () => assert.ok(writers === 0 || (writers === 1 && readers === 0), "together");
    const read = async (scope: { signal: AbortSignal }) => {
      using _ = await lock.read(scope);
      readers += 1;
      look();
      await step("read");
      readers -= 1;
    };
    const write = async (scope: { signal: AbortSignal }) => {
      using _ = await lock.write(scope);
      writers += 1;
      look();
      await step("write");
      writers -= 1;
    };
    await tasks(
      who.split("").map((one) => (one === "r" ? read : write)),
      leaving,
    );
    assert.deepEqual(lock.stats(), { readers: 0, writing: false, waiting: 0 });
  };
}

export const rwLock: Explorations = {
  "readers together, writers alone": small(contest("rwr", "")),
  "whoever is cancelled keeps nothing": small(contest("wrw", "B")),
  "readers do go together": small(async () => {
    const lock = new RwLock();
    const first = await lock.read();
    const second = await lock.read();
    assert.equal(lock.stats().readers, 2);
    assert.equal(lock.tryWrite(), undefined);
    first.release();
    second.release();
    lock.tryWrite()?.release();
    assert.equal(lock.stats().writing, false);
  }),
  "a reader does not overtake a writer in line": small(async () => {
    const lock = new RwLock({ name: "it" });
    const order: string[] = [];
    const held = await lock.read();
    await tasks([
      () => lock.write().then((permit) => (order.push("write"), permit.release())),
      () => lock.read().then((permit) => (order.push("read"), permit.release())),
      () => step("go").then(() => held.release()),
    ]);
    assert.deepEqual(order, ["write", "read"]);
  }),
  "a linearizable lock": small(
    likeACount(
      {
        start: () => ({ r: 0, w: 0 }),
        free: ({ r, w }, kind) => w === 0 && (kind === "r" || r === 0),
        count: (state, kind, change) => void (state[kind as "r" | "w"] += change),
        make: () => {
          const lock = new RwLock();
          return { acquire: (kind) => (kind === "r" ? lock.read() : lock.write()) };
        },
      },
      ["rw", "wr", "r"],
    ),
  ),
  "all of that with more": large(contest("rrwrwr", "CDE")),
};
