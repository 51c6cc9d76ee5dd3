// Over 200 lines because it is a list, of what a task can do to its worker: one function each.
import { appendFileSync } from "node:fs";
import { host } from "weftwork/core";
import { defineTasks, type TaskScope } from "weftwork/executor";

/** Lets what was reported leave, before the loop gets no turn any more. */
function turn(): Promise<void> {
  return new Promise((resolve) => host.soon(resolve));
}

function spin(): never {
  for (;;);
}

export function echo<T>(value: T): T {
  return value;
}

export function pid(): number {
  return process.pid;
}

/** Leaves a trace outside: how often it ran can be counted. */
export function note(path: string): void {
  appendFileSync(path, ".");
}

/** Leaves its own trace. */
export function noteId({ path, id }: { path: string; id: number }): void {
  appendFileSync(path, `${id}\n`);
}

export function noteAndExit(path: string): void {
  appendFileSync(path, ".");
  process.exit(1);
}

export function exit(code: number): void {
  process.exit(code);
}

/** Short most of the time, and the end of its worker if there is a code. */
export function exitIf(code: number | undefined): string {
  if (code !== undefined) process.exit(code);
  return "goes on";
}

/** Has its value, and leaves the loop without a turn. */
export function leaveLooping(): string {
  host.soon(spin);
  return "done";
}

export async function exitLater(code: number): Promise<void> {
  await turn();
  process.exit(code);
}

export function throwInTimer(value: unknown): Promise<never> {
  host.startTimer(() => {
    throw value;
  }, 1);
  return new Promise(() => {});
}

export function rejectUnheard(value: unknown): Promise<never> {
  void Promise.reject(value);
  return new Promise(() => {});
}

// Those that hang report their process first.

export async function loop(_: unknown, scope: TaskScope): Promise<void> {
  scope.report(process.pid);
  await turn();
  spin();
}

export async function microtasks(_: unknown, scope: TaskScope): Promise<void> {
  scope.report(process.pid);
  await turn();
  for (;;) await Promise.resolve();
}

export function never(_: unknown, scope: TaskScope): Promise<void> {
  scope.report(process.pid);
  return new Promise(() => {});
}

/** Tells by shared memory that it runs, and never gives its loop a turn. */
export function loopAtOnce(flag: Int32Array): void {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  spin();
}

/** Ends when it is told to. */
export function heed(_: unknown, scope: TaskScope): Promise<void> {
  scope.report(process.pid);
  return new Promise((_, reject) => void scope.onCancel(reject));
}

/** Ends when it is told to, with what it was told. */
export function reasonOf(_: unknown, scope: TaskScope): Promise<string> {
  // In this order: who asks before the reason has come hears only of the cancel.
  return new Promise((resolve) => {
    scope.onCancel((reason) => resolve(String(reason)));
    scope.report(process.pid);
  });
}

/** Looks out for the end of its time without ever giving its loop a turn. */
export function reasonAtOnce(_: unknown, scope: TaskScope): string[] {
  while (!scope.cancelled);
  const reason = scope.reason as Error;
  return [String(reason), String(reason.cause)];
}

/** Short most of the time, and for ever if there is a flag. */
export function shortOrNot(flag: Int32Array | undefined): void {
  if (flag === undefined) return;
  Atomics.store(flag, 0, 1);
  while (Atomics.load(flag, 1) === 0);
}

export function fillAtOnce(): number {
  return new Array(5e7).fill(7).length;
}

export function text(length: number): string {
  return "x".repeat(length);
}

export function bytes(length: number): Uint8Array {
  return new Uint8Array(length).fill(7);
}

/** Gives long texts, and dies while they are on their way. */
export function reportAndExit(length: number, scope: TaskScope): void {
  for (let i = 0; i < 8; i += 1) scope.report("x".repeat(length));
  process.exit(9);
}

export function nested(depth: number): unknown {
  let value: unknown[] = [];
  for (let at = 0; at < depth; at += 1) value = [value];
  return value;
}

export function giveFunction(): unknown {
  return { run: () => 1 };
}

export function reportFunction(_: unknown, scope: TaskScope): void {
  scope.report(() => 1);
}

/** The same object each time, as it is at that time. */
export async function reportGrowing(count: number, scope: TaskScope): Promise<void> {
  const progress = { at: 0, text: "x".repeat(100_000) };
  for (; progress.at < count; progress.at += 1) scope.report(progress);
}

export function reportFunctionWhenFull(_: unknown, scope: TaskScope): string {
  for (let i = 0; i < 6; i += 1) scope.report("x".repeat(1_000_000));
  try {
    scope.report(() => 1);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "nothing was thrown";
}

export async function* yieldFunction(): AsyncGenerator {
  yield 1;
  yield () => 1;
}

export function throwIt(value: unknown): never {
  throw value;
}

export function throwTrap(): never {
  const error = new Error("a trap");
  const get = (): never => {
    throw new Error("looked at");
  };
  for (const key of ["message", "code", "cause", "detail"])
    Object.defineProperty(error, key, { get, enumerable: true });
  throw error;
}

export function throwFunction(): never {
  throw Object.assign(new Error("with a function"), { run: () => 1, why: "because" });
}

export function environment(): Record<string, string | undefined> {
  return { ...process.env };
}

/** What a payload looks like here, and whether it has changed what all objects share. */
export function inspect(value: { inner: object }): [string[], string[], boolean, unknown] {
  const { polluted } = {} as { polluted?: unknown };
  const isPlain = Object.getPrototypeOf(value.inner) === Object.prototype;
  return [Object.keys(value), Object.keys(value.inner), isPlain, polluted];
}

export function givePolluting(): unknown {
  return JSON.parse(POLLUTING);
}

export function throwPolluting(): never {
  throw Object.assign(new Error("polluting"), { payload: JSON.parse(POLLUTING) as unknown });
}

export function reportPolluting(_: unknown, scope: TaskScope): void {
  scope.report(JSON.parse(POLLUTING));
}

export const POLLUTING: string =
  '{"inner":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"__proto__":{"polluted":1}}';

export async function* count(upTo: number): AsyncGenerator<number> {
  for (let n = 0; n < upTo; n += 1) yield n;
}

export async function* countAndExit(upTo: number): AsyncGenerator<number> {
  for (let n = 0; n < upTo; n += 1) yield n;
  await turn();
  process.exit(5);
}

export function failToStart(): never {
  throw new RangeError("no licence");
}

export function hang(): Promise<never> {
  return new Promise(() => {});
}

export function exitAtStart(): void {
  process.exit(7);
}

const all = {
  echo,
  pid,
  note,
  noteId,
  noteAndExit,
  exit,
  exitIf,
  exitLater,
  throwInTimer,
  rejectUnheard,
};
const endless = {
  leaveLooping,
  loop,
  microtasks,
  never,
  loopAtOnce,
  heed,
  reasonOf,
  reasonAtOnce,
  hang,
};
const large = { shortOrNot, fillAtOnce, text, bytes, reportAndExit, nested, reportGrowing };
const unsendable = { giveFunction, reportFunction, reportFunctionWhenFull, yieldFunction };
const errors = { throwIt, throwTrap, throwFunction, throwPolluting, failToStart, exitAtStart };
const others = { environment, inspect, givePolluting, reportPolluting, count, countAndExit };
defineTasks(import.meta.url, { ...all, ...endless, ...large, ...unsendable });
defineTasks(import.meta.url, { ...errors, ...others });
