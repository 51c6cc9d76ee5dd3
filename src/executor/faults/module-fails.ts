import { isMainThread } from "node:worker_threads";
import { defineTasks } from "weftwork/executor";
import { inWorker } from "./in-worker.js";

/** A module that a worker can't load. */
export function unreachable(): void {}

defineTasks(import.meta.url, { unreachable });
if (inWorker(isMainThread)) throw new RangeError("this module is broken");
