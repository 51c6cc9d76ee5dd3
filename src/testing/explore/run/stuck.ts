import type { ExploreHost, Pending } from "./explore-host.js";
import type { Finding } from "./finding.js";
import type { Hold } from "./holds.js";
import type { Strand } from "./strand.js";

/** Says who waits for what, and who holds it. */
export function stuck(host: ExploreHost): Finding {
  // Who only waits for its tasks comes last: it is none of the causes.
  const pending = [...host.pending].toSorted((a, b) => Number(isJoin(a)) - Number(isJoin(b)));
  const lines = pending.map((wait) => tell(wait, holdersOf(wait, host)));
  if (lines.length === 0) {
    lines.push('"main" waits for a promise that nothing in the program can settle any more');
  }
  // Those who wait for nobody in particular hold up all the others; if there are none, it is a circle.
  const ends = pending.filter((wait) => waitedFor(wait, host).length === 0);
  const lost = pending.length === 0 || ends.some(({ what }) => SIGNALS.test(what));
  return { kind: lost ? "lost wake-up" : "deadlock", lines };
}

/** Waits for somebody to say something, as opposed to waits for a place or an item. */
const SIGNALS = /^(event|a condition|await|sleep)/;

/** What is left of a program that has ended. */
export function leftOver(host: ExploreHost): Finding | undefined {
  const lines = [...host.running].map(
    ([task, where]) => `task "${host.strands.plain(task.name)}"${at(where)} still runs`,
  );
  for (const wait of host.pending) lines.push(tell(wait, holdersOf(wait, host)));
  for (const { on, strand, where } of host.holds.all()) {
    lines.push(`${host.strands.plain(on.name)} is still held by "${strand.name}"${at(where)}`);
  }
  if (host.pending.size === 0 && host.running.size === 0) {
    for (const { strand, atMs } of host.agenda.timers) {
      lines.push(`a timer of "${strand.name}" is still set, for ${atMs} ms`);
    }
  }
  if (lines.length === 0) return undefined;
  return { kind: "leak", lines: ["the program has ended, but:", ...lines] };
}

function holdersOf(wait: Pending, host: ExploreHost): Hold[] {
  return host.holds.of(wait.on).filter(({ strand }) => {
    // Who waits on a condition has lent its lock out.
    return ![...host.pending].some((p) => p.strand === strand && p.what.startsWith("a condition"));
  });
}

function tell({ strand, what, where }: Pending, holders: readonly Hold[]): string {
  const held = holders.map((hold) => `"${hold.strand.name}"${at(hold.where)}`).join(", ");
  return `"${strand.name}" waits for ${what}${at(where)}${held === "" ? "" : `, held by ${held}`}`;
}

function at(where: string | undefined): string {
  return where === undefined ? "" : ` (${where})`;
}

function isJoin({ what }: Pending): boolean {
  return what.startsWith("the children of");
}

/** The strands that could end this wait, as far as that is known. */
function waitedFor(wait: Pending, host: ExploreHost): Strand[] {
  const strands = holdersOf(wait, host).map(({ strand }) => strand);
  for (const task of host.running.keys()) {
    const named = wait.what === `task "${host.strands.plain(task.name)}"`;
    if (named || isJoin(wait)) strands.push(host.strands.ofTask(task));
  }
  return strands;
}
