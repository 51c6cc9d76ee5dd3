import { advise } from "./advise/index.js";
import type { Command } from "./args/index.js";
import { completion } from "./completion/index.js";
import { doctor } from "./doctor/index.js";
import { map } from "./map/index.js";
import { run } from "./run/index.js";
import { worker } from "./worker/index.js";

/** All subcommands, in the order of the help. What they do is loaded when it is asked for. */
export const commands: readonly Command[] = [map, advise, run, worker, doctor, completion];
completion.knows(commands);
