import { host, requireThat } from "../../core/index.js";
import { ExploreHost } from "./run/index.js";

/**
 * A step that takes some time, as a call over the network would: others may go on meanwhile, and timers may
 * fire before it ends. It stands for I/O in programs that are explored.
 *
 * Outside of an exploration it does nothing.
 *
 * @example
 * let balance = 100;
 * const withdraw = async (amount: number) => {
 *   const before = balance;
 *   await step("write balance");
 *   balance = before - amount;
 * };
 * await withdraw(30);
 * console.log(balance); // 70
 */
export function step(label: string): Promise<void> {
  requireThat(typeof label === "string", "label", "a string", label);
  return host instanceof ExploreHost ? host.step(label) : Promise.resolve();
}
