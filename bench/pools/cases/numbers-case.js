import { strictEqual } from "node:assert";
import { sumOf } from "../load.js";
import { implementation } from "../pool.js";

/** A run that submits no-ops, kept full. */
export const noops = (inFlight) => (pool) => {
  const submit = pool.task("noop");
  return (size) => sumOf({ size, inFlight, submit });
};

export const checkSum = (sum, size) => strictEqual(sum, (size * (size - 1)) / 2);

export const doing = (makeRun) => (kind) => implementation(kind, makeRun);
