import type { SharedHandle } from "./registry.js";

/** A class of shared objects, as whoever unpacks a handle sees it. */
interface Kind {
  from(handle: never): object;
}

const kinds = new Map<string, Kind>();

/** Each class of shared objects tells of itself when it is loaded. */
export function defineKind(name: string, kind: Kind): void {
  kinds.set(name, kind);
}

/**
 * The object behind a handle of any kind.
 *
 * Most threads never see a shared object, so what brings them along doesn't load their classes: it is the first
 * handle that does, at once, since what comes behind it is not to overtake it.
 */
export function objectOf(handle: SharedHandle): object {
  if (!kinds.has(handle.kind)) {
    const { createRequire } = process.getBuiltinModule("node:module");
    createRequire(import.meta.url)("weftwork/shared");
  }
  const kind = kinds.get(handle.kind);
  if (kind === undefined)
    throw new TypeError(
      `a ${handle.kind} came, of which this program has another copy of weftwork`,
    );
  return kind.from(handle as never);
}
