interface Events {
  setMaxListeners?(count: number, ...targets: EventTarget[]): void;
}

// Looked up and not imported, for browsers; Node has getBuiltinModule from 20.16 on.
const events: Events | undefined =
  typeof process === "undefined"
    ? undefined
    : (process.getBuiltinModule?.("node:events") as Events);

/** Tells Node that many listeners on this signal are meant: a scope is shared by all that runs in it. */
export function allowManyListeners(signal: AbortSignal): void {
  events?.setMaxListeners?.(0, signal);
}
