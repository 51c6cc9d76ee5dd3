import { expect, test } from "vitest";
import { type ItemSink, Job } from "../../jobs/index.js";
import type { AnyTask } from "../../tasks/index.js";
import { Items } from "../../wire/index.js";
import { type Control, type Frame, KIND, packValue, packValues } from "../wire/index.js";
import { Inbox } from "./inbox.js";
import type { Outbox } from "./outbox.js";
import { Paces } from "./pace.js";
import type { Session } from "./session.js";

const nothing = (() => 0) as unknown as AnyTask;
const owner = { stopJob: () => {}, jobSettled: () => {}, grantCredit: () => {} };

/** An inbox that expects one job, and what is ordered of it. */
function inboxFor(job: Job): { inbox: Inbox; ordered: Control[] } {
  const ordered: Control[] = [];
  const giveLast = (_: number, control: Control): void => void ordered.push(control);
  const session = { parts: { orders: { giveLast, forget: () => {} } } } as unknown as Session;
  const outbox = { parcelOf: () => undefined } as unknown as Outbox;
  const inbox = new Inbox(session, outbox, new Paces(), () => {});
  inbox.expect(job, () => {});
  return { inbox, ordered };
}

class Stream implements ItemSink {
  readonly firstCredit = 16;
  readonly items: unknown[] = [];
  readonly job: Job = new Job(owner, nothing, undefined, undefined, undefined);
  readonly outcome: Promise<unknown>;

  constructor() {
    this.job.sink = this;
    this.outcome = this.job.result().catch((error: unknown) => error);
  }

  item(value: unknown): void {
    this.items.push(value);
  }

  given(at: number, d = "first"): Frame {
    return { kind: KIND.item, n: this.job.id, d, at, packed: packValue(at) };
  }

  done(items: number): Frame {
    return { kind: KIND.done, n: this.job.id, averageUs: 1, packed: "u", items };
  }
}

const lost = (after: number): object => ({
  code: "WORKER_LOST",
  message: expect.stringContaining(`broke off after ${after} outputs`),
});

test("a stream gives each output once, however often it is told", async () => {
  const stream = new Stream();
  const { inbox } = inboxFor(stream.job);
  for (const at of [0, 0, 1, 0, 1, 2]) inbox.frame(stream.given(at));
  inbox.frame(stream.done(3));
  expect(await stream.outcome).toBeUndefined();
  expect(stream.items).toEqual([0, 1, 2]);
});

test.each([
  ["in the middle", [0, 2], 1],
  ["at the end", [0, 1], 2],
  ["all of them", [], 0],
])("a stream of which outputs were lost %s fails: it is never just shorter", async (_, all, n) => {
  const stream = new Stream();
  const { inbox } = inboxFor(stream.job);
  for (const at of all) inbox.frame(stream.given(at));
  inbox.frame(stream.done(3));
  expect(await stream.outcome).toMatchObject(lost(n));
});

test("a stream that begins anew elsewhere fails if it has been read from, and its new host is told to end it", async () => {
  const stream = new Stream();
  const { inbox, ordered } = inboxFor(stream.job);
  inbox.frame(stream.given(0));
  inbox.frame(stream.given(0, "second"));
  expect(await stream.outcome).toMatchObject(lost(1));
  expect(ordered).toMatchObject([{ cancel: {} }]);
});

test("a chunk must give as many outputs as it has inputs", async () => {
  const job = new Job(owner, nothing, new Items([1, 2, 3]), undefined, undefined);
  job.units = 3;
  const outcome = job.result().catch((error: unknown) => error);
  const packed = packValues([1, 2]);
  inboxFor(job).inbox.frame({ kind: KIND.done, n: job.id, averageUs: 1, packed });
  expect(await outcome).toMatchObject({ message: "2 outputs came of 3 inputs" });
});
