import { isMainThread } from "node:worker_threads";
import { defineTasks } from "weftwork/executor";
import { inWorker } from "./in-worker.js";

/** A module that waits for ever while a worker loads it. */
export function unreachable(): void {}

defineTasks(import.meta.url, { unreachable });
if (inWorker(isMainThread)) await new Promise(() => {});
