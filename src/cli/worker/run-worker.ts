import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf, type Scope } from "../../core/index.js";
import { ClusterWorker, type ClusterWorkerOptions } from "../../executor/cluster/index.js";
import { runMain } from "../../task/index.js";
import { type Arguments, choiceOf, countOf, durationOf, integerOf } from "../args/index.js";
import { CliError, EXIT, told, usageError } from "../cli-error.js";
import { textTaskNamed } from "../map/task/index.js";
import { redisOf } from "../redis-url.js";
import { WORKER_MODELS } from "./models.js";

/** Beyond the time that work has to drain: until all is closed. */
const CLOSING_MS = 10_000;

/** `weft worker`. */
export async function runWorker(args: Arguments): Promise<number> {
  const options = optionsOf(args);
  const { drainMs = 10_000, graceMs = 1_000 } = options;
  return runMain((scope) => serve(options, scope).catch(told), {
    graceMs: drainMs + graceMs + CLOSING_MS,
  });
}

function optionsOf(args: Arguments): ClusterWorkerOptions {
  const queue = args.get("queue");
  if (queue === undefined) throw usageError("worker wants --queue (weft worker --help)");
  const modules = [args.get("tasks"), ...args.words].filter((module) => module !== undefined);
  if (modules.length === 0) throw usageError("worker wants --tasks MODULE (weft worker --help)");
  const tasks = modules.map((module) => resolve(module));
  for (const path of tasks)
    if (!existsSync(path)) throw new CliError(EXIT.module, `there is no module ${path}`);
  return {
    connection: redisOf(args),
    queue,
    tasks,
    prefix: args.get("prefix"),
    name: args.get("name"),
    model: choiceOf(args, "model", WORKER_MODELS),
    slots: countOf(args, "workers"),
    drainMs: durationOf(args, "drain"),
    graceMs: durationOf(args, "grace"),
    lockMs: durationOf(args, "lock"),
    scanMs: durationOf(args, "scan"),
    port: integerOf(args, "port", 0),
    resolve: textTaskNamed,
  };
}

async function serve(options: ClusterWorkerOptions, scope: Scope): Promise<number> {
  const worker = await ClusterWorker.start(options).catch((error: unknown) => {
    const code = (error as { code?: unknown }).code === "BROKEN" ? EXIT.failed : EXIT.module;
    throw new CliError(code, messageOf(error), { cause: error });
  });
  const { slots } = worker.stats();
  const port = worker.port === undefined ? "" : `; http://127.0.0.1:${worker.port}/metrics`;
  say(
    `serves "${options.queue}" in ${slots} ${options.model ?? "threads"}: ${worker.tasks.join(", ")}${port}`,
  );
  await cancelOf(scope);
  say("draining: a second signal ends it now");
  await worker.close();
  return EXIT.ok;
}

function cancelOf(scope: Scope): Promise<void> {
  return new Promise((resolve) => void scope.onCancel(() => resolve()));
}

function say(text: string): void {
  process.stderr.write(`weft: ${text}\n`);
}
