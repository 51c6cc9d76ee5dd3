import type { Permit } from "../../../src/index.js";
import { linearizable, type Program, WAITS } from "../../../src/testing/explore/index.js";
import { tasks } from "./explorations.js";

/** Something that gives permits, and the count that it must be like. */
export interface Permits<S> {
  readonly start: () => S;
  /** Could one of this kind be given out? */
  readonly free: (state: S, kind: string) => boolean;
  readonly count: (state: S, kind: string, change: 1 | -1) => void;
  /** A new one. */
  readonly make: () => {
    readonly acquire: (kind: string) => Promise<Permit>;
    readonly tryAcquire?: (kind: string) => Permit | undefined;
  };
}

/** Each worker takes permits of its kinds one after the other, gives each back, and tries once without waiting. */
export function likeACount<S>(permits: Permits<S>, workers: readonly string[]): Program<unknown> {
  const { start, free, count, make } = permits;
  const operations = {
    acquire: (state: S, kind: string) => (free(state, kind) ? count(state, kind, 1) : WAITS),
    tryAcquire(state: S, kind: string) {
      const may = free(state, kind);
      if (may) count(state, kind, 1);
      return may;
    },
    release: (state: S, kind: string) => count(state, kind, -1),
  };
  return async () => {
    const { acquire, tryAcquire } = make();
    const history = linearizable({ start, operations });
    const worker = (kinds: string) => async () => {
      for (const kind of kinds) {
        const held: Permit[] = [];
        const take = () => acquire(kind).then((permit) => void held.push(permit));
        await history.call("acquire", [kind], take);
        history.call("release", [kind], () => held[0]!.release());
        if (tryAcquire === undefined) continue;
        let tried: Permit | undefined;
        history.call("tryAcquire", [kind], () => (tried = tryAcquire(kind)) !== undefined);
        if (tried !== undefined) history.call("release", [kind], () => tried!.release());
      }
    };
    await tasks(workers.map(worker));
  };
}
