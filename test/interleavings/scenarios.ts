import { barriers } from "./scenarios/barriers.js";
import { channels } from "./scenarios/channels.js";
import { conditions } from "./scenarios/conditions.js";
import { deaths } from "./scenarios/deaths.js";
import { locks } from "./scenarios/locks.js";
import { rwLocks } from "./scenarios/rw-locks.js";
import { semaphores } from "./scenarios/semaphores.js";
import { structs } from "./scenarios/structs.js";
import type { Scenario } from "./world.js";

export const scenarios: Readonly<Record<string, Scenario>> = {
  ...barriers,
  ...channels,
  ...conditions,
  ...deaths,
  ...locks,
  ...rwLocks,
  ...semaphores,
  ...structs,
};
