import { expect, test } from "vitest";
import { packError, unpackError } from "../../errors/index.js";
import type { WorkerPool } from "../../pool/index.js";
import type { AnyTask } from "../../tasks/index.js";
import { type Frame, KIND } from "../wire/index.js";
import { TaskRun } from "./task-run.js";

const nothing = (() => 0) as unknown as AnyTask;

function runWith(pool: Partial<WorkerPool>): { run: TaskRun; told: Frame[] } {
  const told: Frame[] = [];
  const run = new TaskRun({
    run: { n: 1, t: "nothing", i: "u", c: 16 },
    jobKey: "k",
    attempt: 1,
    nonce: "d",
    pool: pool as WorkerPool,
    maxPayloadBytes: 100,
    control: undefined,
    tell: (frame) => told.push(frame),
  });
  return { run, told };
}

/** Found when the test says so. */
function lookup(): { find: () => Promise<AnyTask>; found: () => void } {
  let found!: () => void;
  const task = new Promise<AnyTask>((resolve) => (found = () => resolve(nothing)));
  return { find: () => task, found };
}

test("a cancel that comes before the task was found counts: it never runs", async () => {
  const { run, told } = runWith({ admit: () => expect.unreachable() });
  const { find, found } = lookup();
  const ended = run.run(find);
  const reason = new Error("not any more");
  run.order({ cancel: packError(reason) });
  found();
  await ended;
  expect(told).toMatchObject([{ kind: KIND.failed, cancelled: true }]);
  const [{ error }] = told as [Frame & { kind: typeof KIND.failed }];
  expect(unpackError(error, undefined)).toMatchObject({ message: reason.message });
});

test("credits that come before the task was found are there when it begins", async () => {
  let credit: number | undefined;
  const { run } = runWith({
    admit: (job) => {
      credit = job.sink?.firstCredit;
      job.fulfil(undefined);
    },
  });
  const { find, found } = lookup();
  const ended = run.run(find);
  run.order({ granted: 40 });
  found();
  await ended;
  expect(credit).toBe(40);
});

test("an output of a stream that is too long ends the task, and says so", async () => {
  const { run, told } = runWith({
    stopJob: (job) => job.endStopped(),
    jobSettled: () => {},
    admit: (job) => queueMicrotask(() => job.sink?.item("x".repeat(101))),
  });
  await run.run(async () => nothing);
  expect(told).toMatchObject([{ kind: KIND.failed }]);
  const [{ error }] = told as [Frame & { kind: typeof KIND.failed }];
  expect(unpackError(error, undefined)).toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/gave is 102 bytes .* maxPayloadBytes is 100/),
  });
});
