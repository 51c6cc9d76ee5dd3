/** What the tests of `weft map` map. */
import { appendFileSync, existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { word } from "./helper.js";

interface Scope {
  readonly signal: AbortSignal;
  readonly attempt: number;
}

export default function upper(text: string): string {
  return text.toUpperCase();
}

export const same = (input: unknown): unknown => input;
export const hello = (text: string): string => `${word} ${text}`;
export const nothing = (): void => {};
export const notAFunction = 42;

export async function* twice(input: unknown): AsyncGenerator {
  yield input;
  yield input;
}

export function* none(): Generator<never> {}

export function noThrees(text: string): string {
  if (text.includes("3")) throw new RangeError(`${text} has a three`);
  return text;
}

/** Ends its worker, whatever that is. */
export function deadly(text: string): string {
  if (text === "deadly") process.exit(9);
  return text;
}

/** Takes longer for some than for others, so that results come in another order than inputs. */
export async function uneven(text: string): Promise<string> {
  await delay(Number(text) % 4);
  return text;
}

/** Leaves the loop idle. */
export async function naps(text: string): Promise<string> {
  await delay(25);
  return text;
}

/** Computes a while. */
export function busy(text: string): string {
  let x = Number(text);
  for (let i = 0; i < 20_000; i += 1) x = (x * 31 + i) % 1_000_003;
  return `${text} ${x}`;
}

/** Fails at its first attempt. */
export function second(text: string, { attempt }: Scope): string {
  if (attempt < 2) throw new Error("not yet");
  return `${text} at attempt ${attempt}`;
}

/** Waits for ever, unless it is asked to end. */
export async function waits(text: string, { signal }: Scope): Promise<string> {
  if (text !== "wait") return text;
  process.stderr.write("waits\n");
  await delay(1e9, undefined, { signal });
  return text;
}

/** Never ends, whatever it is asked. */
export function deaf(text: string): string {
  if (text === "deaf") for (;;) Math.sqrt(2);
  return text;
}

/** Notes each call in a file, so that a test can count. */
export function noted(line: string): string {
  const [text, path] = line.split(" ") as [string, string];
  appendFileSync(path, `${text}\n`);
  return text;
}

/** Tells that it runs, and ends when there is a file "go". */
export async function slow(text: string): Promise<string> {
  if (text !== "slow") return text;
  process.stderr.write("slow has begun\n");
  while (!existsSync("go")) await delay(5);
  return text;
}

export function drudge(text: string): string {
  for (const endMs = performance.now() + 600; performance.now() < endMs;);
  return text;
}
