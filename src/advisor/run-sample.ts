import { host, onlyCancelled, type Scope, type Wait } from "../core/index.js";
import { mapConcurrent } from "../pipeline/index.js";
import type { TaskScope } from "../task/index.js";
import { allOf, isStream, mayWait } from "./outcome.js";
import { between, type Meter } from "./meter.js";

/** Any task function; what it takes and gives is its caller's matter. */
// oxlint-disable-next-line typescript/no-explicit-any -- inputs and outputs of any kind
export type SampledTask = (input: any, scope: TaskScope) => unknown;

export interface SamplePlan extends Wait {
  /** Most calls at once. */
  readonly limit: number;
  /** How long calls are started. */
  readonly timeMs: number;
}

/** What calls of a function, on this loop, were seen to do. */
export interface SampleRun {
  readonly calls: number;
  readonly failed: number;
  readonly firstError: unknown;
  readonly limit: number;
  readonly wallMs: number;
  readonly heldMs: number;
  readonly cpuMs: number;
  readonly longestHoldMs: number;
  readonly perSecond: number;
  readonly loopShare: number;
  /** An input that gave an output, and that output; undefined if all calls failed. */
  readonly pair: { readonly input: unknown; readonly output: unknown } | undefined;
  /** The inputs that were used, without those that failed. */
  readonly good: readonly unknown[];
  /** True of an async generator: a call gives several values. */
  readonly streams: boolean;
}

/** Of the time, for calls one after the other. */
const SOLO_SHARE = 0.25;
const SOLO_CALLS = 200;
/** Holds of the latest calls that are kept. */
const HOLDS = 1024;

/**
 * Runs `task` on the inputs, one call after the other first and then many at once, for a bounded time.
 * Inputs are used again when they run out.
 *
 * Busy time is that of the loop while the calls are at their target concurrency: alone, a call is charged
 * for turns of the loop that many calls would share.
 */
export async function runSample(
  task: SampledTask,
  inputs: readonly unknown[],
  { limit, timeMs, signal }: SamplePlan,
  meter: Meter,
): Promise<SampleRun> {
  const tally = new Tally(task, inputs);
  const startMs = host.nowMs();
  const solo = await runPhase(tally, inputs, meter, {
    limit: 1,
    timeMs: timeMs * SOLO_SHARE,
    most: SOLO_CALLS,
    signal,
  });
  // Real time has the neighbours in it, and the first calls; so it is no more than held and idle together.
  const wallMs = Math.min(medianOfLater(tally.wallsMs), solo.heldMs + solo.idleMs);
  const restMs = timeMs - (host.nowMs() - startMs);
  // Calls that hold the loop add up: so many at once as can end in what is left.
  const fitting = Math.floor(restMs / Math.max(solo.heldMs, 1e-6));
  const many = Math.max(1, Math.min(limit, fitting));
  // If the first calls took all the time there is, they are the measure.
  if (restMs <= 0) return tally.result(solo, wallMs, 1);
  tally.begin();
  const phase = { limit: many, timeMs: restMs, most: Infinity, signal };
  return tally.result(await runPhase(tally, inputs, meter, phase), wallMs, many);
}

interface Phase extends SamplePlan {
  readonly most: number;
}

/** Of a call, on average; and of the loop. */
interface Seen {
  readonly heldMs: number;
  readonly cpuMs: number;
  readonly idleMs: number;
  readonly perSecond: number;
  readonly loopShare: number;
}

async function runPhase(
  tally: Tally,
  inputs: readonly unknown[],
  meter: Meter,
  { limit, timeMs, most, signal }: Phase,
): Promise<Seen> {
  const calls = tally.calls;
  const start = meter.read();
  const source = again(inputs, host.nowMs() + timeMs, most);
  await mapConcurrent(source, (input, scope) => tally.call(input, scope), {
    limit,
    signal,
  }).toArray();
  const span = between(start, meter.read());
  const done = Math.max(1, tally.calls - calls);
  const tookMs = Math.max(span.tookMs, 1e-6);
  return {
    heldMs: span.heldMs / done,
    cpuMs: span.cpuMs / done,
    idleMs: span.idleMs / done,
    perSecond: (1000 * done) / tookMs,
    loopShare: span.loopShare,
  };
}

/** The inputs, over and over, at least one. */
export function* again(inputs: readonly unknown[], untilMs: number, most: number): Generator {
  for (let i = 0; i < most && (i === 0 || host.nowMs() < untilMs); i += 1)
    yield inputs[i % inputs.length];
}

/** What becomes of the calls. */
class Tally {
  readonly #task: SampledTask;
  readonly #inputs: readonly unknown[];
  calls = 0;
  failed = 0;
  wallsMs: number[] = [];
  #keepsWalls = true;
  readonly #holdsMs = new Float64Array(HOLDS);
  #holds = 0;
  #waits = false;
  #firstError: unknown;
  #pair: { input: unknown; output: unknown } | undefined;
  readonly #bad = new Set<unknown>();
  #streams = false;

  constructor(task: SampledTask, inputs: readonly unknown[]) {
    this.#task = task;
    this.#inputs = inputs;
  }

  /** The measure begins here; what came before was for warming up. */
  begin(): void {
    this.#keepsWalls = false;
    this.#holds = 0;
  }

  async call(input: unknown, scope: Scope): Promise<void> {
    const startMs = host.nowMs();
    let heldMs = 0;
    try {
      const outcome = this.#task(input, scope as TaskScope);
      heldMs = host.nowMs() - startMs;
      if (mayWait(outcome)) this.#waits = true;
      const value: unknown = await outcome;
      this.#streams ||= isStream(value);
      // The last: what code gives that isn't compiled yet may be laid out otherwise, and slower to move.
      this.#pair = { input, output: isStream(value) ? await allOf(value) : value };
    } catch (error) {
      if (onlyCancelled(error, scope)) throw error;
      this.failed += 1;
      this.#bad.add(input);
      if (this.failed === 1) this.#firstError = error;
    }
    this.calls += 1;
    this.#holdsMs[this.#holds % HOLDS] = heldMs;
    this.#holds += 1;
    if (this.#keepsWalls) this.wallsMs.push(host.nowMs() - startMs);
  }

  result({ idleMs: _, ...seen }: Seen, wallMs: number, limit: number): SampleRun {
    return {
      ...seen,
      // What gives its value at once waits for nothing, whatever the clock says on a busy machine.
      wallMs: this.#waits ? wallMs : seen.heldMs,
      limit,
      calls: this.calls,
      failed: this.failed,
      firstError: this.#firstError,
      // After its first wait a call holds the loop unseen; on average it is the rest.
      longestHoldMs: Math.max(this.#longestHoldMs(), limit === 1 ? 0 : seen.heldMs),
      pair: this.#pair,
      good: this.#inputs.slice(0, this.calls).filter((input) => !this.#bad.has(input)),
      streams: this.#streams,
    };
  }

  /** Of many calls one in a hundred is left out: it may have been kept from the core by others. */
  #longestHoldMs(): number {
    const kept = this.#holdsMs.subarray(0, Math.min(this.#holds, HOLDS)).toSorted();
    return kept[Math.floor(0.99 * (kept.length - 1))] ?? 0;
  }
}

/** The first calls load and compile what the later ones find. */
function medianOfLater(valuesMs: readonly number[]): number {
  const later = valuesMs.slice(Math.floor(valuesMs.length / 2)).toSorted((a, b) => a - b);
  return later[Math.floor(later.length / 2)] ?? 0;
}
