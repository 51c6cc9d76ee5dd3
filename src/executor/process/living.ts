import type { ChildProcess } from "node:child_process";

/**
 * Worker processes that live. They end by themselves when their pipe does, but one in an endless loop would
 * not notice: so they are killed when this process exits, or dies of a signal that it could have caught.
 */
const living = new Set<ChildProcess>();

const FATAL = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function lives(child: ChildProcess): void {
  if (living.size === 0) watch();
  living.add(child);
}

/** False if it was known to be dead. */
export function died(child: ChildProcess): boolean {
  if (!living.delete(child)) return false;
  if (living.size === 0) unwatch();
  return true;
}

function killAll(): void {
  for (const child of living) child.kill("SIGKILL");
}

/** If somebody else listens too, the signal is theirs, and this process may live on. */
function dieOf(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  unwatch();
  process.kill(process.pid, signal); // as it would have died without us
}

function watch(): void {
  process.on("exit", killAll);
  for (const signal of FATAL) process.on(signal, dieOf);
}

function unwatch(): void {
  process.off("exit", killAll);
  for (const signal of FATAL) process.off(signal, dieOf);
}
