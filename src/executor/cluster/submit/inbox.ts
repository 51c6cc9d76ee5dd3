import { ConcurrencyError } from "../../../core/index.js";
import { packError, unpackError } from "../../errors/index.js";
import type { Job } from "../../jobs/index.js";
import { ChunkFailure } from "../../tasks/index.js";
import { type Frame, KIND, unpackValue, unpackValues } from "../wire/index.js";
import type { Outbox } from "./outbox.js";
import type { Paces } from "./pace.js";
import type { SentParcel } from "./sent-parcel.js";
import type { Session } from "./session.js";

/** What is known of a job that was sent. */
interface Expected {
  readonly job: Job;
  readonly started: () => void;
  /** Of a stream: which delivery its outputs come from, how many have come, and how many were granted. */
  delivery: string | undefined;
  items: number;
  granted: number;
  /** Something was ordered of it. */
  ordered: boolean;
}

/**
 * What hosts tell of the jobs that were sent, and what is ordered of these.
 *
 * Invariant: a job is known here from when it is first sent until it settles. Whatever is told of another
 * number is late (its job has settled), and passed over: the first outcome counts.
 */
export class Inbox {
  readonly #session: Session;
  readonly #outbox: Outbox;
  readonly #paces: Paces;
  readonly #unline: (job: Job) => void;
  readonly #expected = new Map<number, Expected>();

  constructor(session: Session, outbox: Outbox, paces: Paces, unline: (job: Job) => void) {
    this.#session = session;
    this.#outbox = outbox;
    this.#paces = paces;
    this.#unline = unline;
  }

  expect(job: Job, started: () => void): void {
    if (this.#expected.has(job.id)) return; // it had been sent before, and taken back
    const granted = job.sink?.firstCredit ?? 0;
    this.#expected.set(job.id, {
      job,
      started,
      delivery: undefined,
      items: 0,
      granted,
      ordered: false,
    });
  }

  forget(job: Job): void {
    const expected = this.#expected.get(job.id);
    this.#expected.delete(job.id);
    if (expected?.ordered) this.#session.parts.orders.forget(job.id);
  }

  cancel(job: Job): void {
    this.#order(job);
  }

  grant(job: Job, count: number): void {
    const expected = this.#expected.get(job.id);
    if (expected === undefined) return;
    expected.granted += count;
    this.#order(job);
  }

  /** Hosts die of this parcel, or lose it: BullMQ hands it out no more. */
  gaveUp(parcel: SentParcel, why: string): void {
    for (const job of Array.from(parcel.open)) {
      const message = `the hosts that ran task "${job.name}" died or were cut off, time and again: ${why}`;
      if (job.stopping !== undefined) job.endStopped();
      else job.fail(new ConcurrencyError("WORKER_LOST", message), false);
    }
  }

  frame(frame: Frame): void {
    const expected = this.#expected.get(frame.n);
    if (expected === undefined) return;
    const { job } = expected;
    const parcel = this.#outbox.parcelOf(job);
    if (parcel !== undefined) parcel.isWithHost = true;
    try {
      this.#take(frame, expected);
    } catch (error) {
      this.#unline(job);
      job.fail(error, false); // what came of it can't be read, and will not be told again
      this.#session.parts.orders.giveLast(job.id, { cancel: packError(error) }); // nor is it wanted
    }
  }

  #take(frame: Frame, expected: Expected): void {
    const { job } = expected;
    switch (frame.kind) {
      case KIND.started:
        return expected.started();
      case KIND.progress:
        return job.report(unpackValue(frame.packed));
      case KIND.item:
        return this.#item(frame, expected);
      case KIND.done: {
        const pace = this.#paces.of(job.task);
        pace.measured(frame.averageUs, job.units);
        pace.sized(frame.packed.length, job.units);
        const value = outcomeOf(frame, expected);
        this.#unline(job);
        return job.fulfil(value);
      }
      case KIND.failed:
        this.#paces.of(job.task).measured(frame.averageUs, job.units);
        this.#unline(job);
        return job.fail(failureOf(job, frame), frame.cancelled);
    }
  }

  /** What a reader has been given can't be taken back, so a stream whose host died can't begin anew. */
  #item({ d, at, packed }: Frame & { kind: typeof KIND.item }, expected: Expected): void {
    const { job } = expected;
    if (expected.items === 0) expected.delivery = d;
    else if (expected.delivery !== d) throw brokenOff(expected, "its host died or was cut off");
    if (at < expected.items) return; // it came twice
    if (at > expected.items) throw brokenOff(expected, "Redis has lost some");
    expected.items += 1;
    job.sink?.item(unpackValue(packed));
  }

  #order(job: Job): void {
    const expected = this.#expected.get(job.id);
    if (expected === undefined) return;
    expected.ordered = true;
    const { stopping, sink } = job;
    this.#session.parts.orders.give(job.id, {
      ...(stopping !== undefined && { cancel: packError(stopping.reason) }),
      ...(sink !== undefined && { granted: expected.granted }),
    });
  }
}

/** Throws unless it is all that there should be. */
function outcomeOf(frame: Frame & { kind: typeof KIND.done }, expected: Expected): unknown {
  const { units, sink } = expected.job;
  if (sink !== undefined && frame.items !== expected.items)
    throw brokenOff(expected, "Redis has lost some");
  if (units === 1) return unpackValue(frame.packed);
  const values = unpackValues(frame.packed);
  if (values.length === units) return values;
  throw new ConcurrencyError("NOT_CLONEABLE", `${values.length} outputs came of ${units} inputs`);
}

function brokenOff({ job, items }: Expected, why: string): ConcurrencyError {
  const message = `the stream "${job.name}" broke off after ${items} outputs: ${why}`;
  return new ConcurrencyError("WORKER_LOST", message);
}

function failureOf(
  job: Job,
  { error, outputs, at }: Frame & { kind: typeof KIND.failed },
): unknown {
  if (outputs === undefined) return unpackError(error, job.submittedAt?.stack);
  return new ChunkFailure(unpackError(error, undefined), unpackValues(outputs), at);
}
