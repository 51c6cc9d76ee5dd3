import { barriers } from "./mutants/barriers.js";
import { channels } from "./mutants/channels.js";
import { conditions } from "./mutants/conditions.js";
import { locks } from "./mutants/locks.js";
import { rwLocks } from "./mutants/rw-locks.js";
import { semaphores } from "./mutants/semaphores.js";
import { structs } from "./mutants/structs.js";
import type { Seeded } from "./mutants/mutant.js";

export const mutants: readonly Seeded[] = [
  ...barriers,
  ...channels,
  ...conditions,
  ...locks,
  ...rwLocks,
  ...semaphores,
  ...structs,
];
