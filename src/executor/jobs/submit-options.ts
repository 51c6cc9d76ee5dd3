import { requireFunction, requireMs, requireThat } from "../../core/index.js";
import type { SubmitOptions } from "../../task/index.js";

/** Throws, in the submitter's stack, unless the options can be kept. */
export function requireSubmitOptions(options: SubmitOptions): void {
  requireThat(typeof options === "object" && options !== null, "options", "an object", options);
  const { name, priority, timeoutMs, queueTimeoutMs, graceMs, transfer, onProgress, traceparent } =
    options;
  if (name !== undefined) requireThat(typeof name === "string", "name", "a string", name);
  if (priority !== undefined)
    requireThat(
      typeof priority === "number" && !Number.isNaN(priority),
      "priority",
      "a number",
      priority,
    );
  if (timeoutMs !== undefined) requireMs("timeoutMs", timeoutMs);
  if (queueTimeoutMs !== undefined) requireMs("queueTimeoutMs", queueTimeoutMs);
  if (graceMs !== undefined) requireMs("graceMs", graceMs);
  if (transfer !== undefined)
    requireThat(Array.isArray(transfer), "transfer", "an array", transfer);
  if (traceparent !== undefined)
    requireThat(typeof traceparent === "string", "traceparent", "a string", traceparent);
  if (onProgress !== undefined) requireFunction("onProgress", onProgress);
}

/** Throws unless `task` is a function that gives one result. */
export function requireTask(task: unknown): void {
  requireFunction("task", task);
  const { [Symbol.toStringTag]: kind } = task as { [Symbol.toStringTag]?: string };
  const holds = kind !== "AsyncGeneratorFunction" && kind !== "GeneratorFunction";
  requireThat(holds, "task", "no generator (use stream() for an async generator)", task);
}

/** Throws unless `task` can be a stream. What it gives is known only when it runs. */
export function requireStreamTask(task: unknown): void {
  requireFunction("task", task);
  const { [Symbol.toStringTag]: kind } = task as { [Symbol.toStringTag]?: string };
  requireThat(kind !== "AsyncFunction", "task", "an async generator (use submit())", task);
}
