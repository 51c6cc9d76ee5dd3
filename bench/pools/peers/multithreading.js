import { initRuntime, move, shutdown, spawn } from "multithreading";
import { byName } from "../tasks/by-name.js";

function valueOf(result) {
  if (!result.ok) throw result.error;
  return result.value;
}

/** It has one pool per program, and moves what can be moved without being asked. */
export function open({ workers }) {
  initRuntime({ maxWorkers: workers });
  return {
    task(name) {
      const fn = byName.get(name);
      return (input) => spawn(move(input), fn).join().then(valueOf);
    },
    close: shutdown,
  };
}
