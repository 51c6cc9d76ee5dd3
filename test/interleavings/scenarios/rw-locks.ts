import { SharedRwLock } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { alone, assert } from "./claims.js";

type Table = World<{ table: SharedRwLock }>;

function reading({ plain, step }: Table): void {
  assert(plain[0] === 0, "a reader is in beside a writer");
  plain[4]! += 1;
  step();
  assert(plain[0] === 0, "a writer came in beside a reader");
  plain[4]! -= 1;
}

function writing(world: Table): void {
  assert(world.plain[4] === 0, "a writer is in beside a reader");
  alone(world);
}

const readSync = (world: Table): void => {
  const guard = world.objects.table.readSync();
  reading(world);
  guard.release();
};
const writeSync = (world: Table): void => {
  const guard = world.objects.table.writeSync();
  writing(world);
  guard.release();
};
const read = async (world: Table): Promise<void> => {
  const guard = await world.objects.table.read();
  reading(world);
  guard.release();
};
const write = async (world: Table): Promise<void> => {
  const guard = await world.objects.table.write();
  writing(world);
  guard.release();
};
const writeOrLeave = async (world: Table): Promise<void> => {
  const leaving = new AbortController();
  world.later(() => leaving.abort(new Error("left")));
  const guard = await world.objects.table.write({ signal: leaving.signal }).catch(() => undefined);
  if (guard !== undefined) writing(world);
  guard?.release();
};
const both = async (world: Table): Promise<void> => {
  await Promise.all([read(world), write(world), read(world)]);
};
const nested = (world: Table): void => {
  const outer = world.objects.table.readSync();
  const inner = world.objects.table.readSync();
  outer.release();
  reading(world);
  inner.release();
};

const table = (...threads: Scenario<{ table: SharedRwLock }>["threads"]) => ({
  make: () => ({ table: new SharedRwLock() }),
  threads,
  check(_: unknown, plain: Int32Array) {
    assert(plain[0] === 0 && plain[4] === 0, "somebody is in still");
  },
});

export const rwLocks: Readonly<Record<string, Scenario<{ table: SharedRwLock }>>> = {
  "rw-lock: readers and a writer": table(readSync, writeSync, readSync),
  "rw-lock: two writers": table(writeSync, writeSync, readSync),
  "rw-lock: awaited": table(read, write, readSync),
  "rw-lock: a writer leaves": table(readSync, writeOrLeave, readSync),
  "rw-lock: in one thread": table(both, writeSync),
  "rw-lock: read within a read": table(nested, writeSync, write),
};
