import { SharedStruct } from "../../../src/shared/index.js";
import type { Scenario, World } from "../world.js";
import { assert } from "./claims.js";

interface Schema {
  readonly [name: string]: "int32";
  readonly a: "int32";
  readonly b: "int32";
}
type Pair = World<{ pair: SharedStruct<Schema> }>;

const read = ({ objects: { pair } }: Pair): void => {
  for (let i = 0; i < 2; i += 1) {
    const { a, b } = pair.read();
    assert(a === b, `half of a change was read: ${a}, ${b}`);
  }
};
const raise = ({ objects: { pair } }: Pair): void =>
  pair.updateSync(({ a, b }) => ({ a: a + 1, b: b + 1 }));

export const structs: Readonly<Record<string, Scenario<{ pair: SharedStruct<Schema> }>>> = {
  "struct: read while it changes": {
    make: () => ({ pair: new SharedStruct<Schema>({ a: "int32", b: "int32" }) }),
    threads: [
      (world) => {
        raise(world);
        raise(world);
        raise(world);
      },
      read,
    ],
    check() {},
  },
  "struct: two writers": {
    make: () => ({ pair: new SharedStruct<Schema>({ a: "int32", b: "int32" }) }),
    threads: [
      async (world) => {
        await world.objects.pair.update(({ a, b }) => ({ a: a + 1, b: b + 1 }));
        world.plain[7]! += 1;
      },
      raise,
      (world) => {
        raise(world);
        read(world);
      },
    ],
    check() {},
  },
};
