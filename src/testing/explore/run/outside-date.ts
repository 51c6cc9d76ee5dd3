import type { ExploreHost } from "./explore-host.js";

/** The first of January 2000, UTC: where virtual dates begin, whenever and wherever the test runs. */
const EPOCH_MS = 946_684_800_000;

/** Replaces `Date`, which asks the host when the explored program asks for now; gives what puts it back. */
export function replaceDate(host: ExploreHost, used: (what: string) => void): () => void {
  const Real = globalThis.Date;
  const asked = (what: string): number | undefined => {
    if (host.strands.current === undefined) return undefined;
    used(what);
    return EPOCH_MS + Math.floor(host.nowMs());
  };
  function StandIn(...args: unknown[]): unknown {
    const nowMs = args.length > 0 ? undefined : asked(new.target ? "new Date()" : "Date()");
    const given = nowMs === undefined ? args : [nowMs];
    if (new.target === undefined) return Reflect.construct(Real, given).toString();
    return Reflect.construct(Real, given, new.target);
  }
  Object.setPrototypeOf(StandIn, Real); // Date.UTC, Date.parse
  StandIn.prototype = Real.prototype;
  StandIn.now = () => asked("Date.now()") ?? Real.now();
  globalThis.Date = StandIn as unknown as DateConstructor;
  return () => {
    globalThis.Date = Real;
  };
}
