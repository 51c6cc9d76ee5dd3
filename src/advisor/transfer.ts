import { deserialize, serialize } from "node:v8";
import { host, messageOf } from "../core/index.js";
import { Batch } from "../executor/process/batch.js";
import { HEAD_BYTES, readValue, writeFrame } from "../executor/wire/index.js";
import type { Transfer } from "./profile.js";

/** A value is carried some times, since the first finds memory; then until enough time has gone, and at most so often. */
const LEAST_TIMES = 5;
const ENOUGH_MS = 1;
const MOST_TIMES = 64;
/** But no more when all that has taken so long. */
const LONG_MS = 50;

interface Carriage {
  readonly writeMs: number;
  readonly readMs: number;
  readonly bytes: number;
}

/** Writes and reads an input and an output as a pool and its worker would, and tells what that took. */
export function measureTransfer(input: unknown, output: unknown): Transfer {
  const there = carry(input, "input");
  const back = carry(output, "output");
  const refusal = [there, back].find((each) => typeof each === "string");
  if (typeof there === "string" || typeof back === "string")
    return { ...NOTHING, ...(typeof refusal === "string" && { refusal }) };
  return {
    hereMs: there.writeMs + back.readMs,
    thereMs: there.readMs + back.writeMs,
    inputBytes: there.bytes,
    outputBytes: back.bytes,
  };
}

const NOTHING: Transfer = { hereMs: 0, thereMs: 0, inputBytes: 0, outputBytes: 0 };

/** What the way of `value` costs, or why it can't go. The best of some times: what slows one down is not its own. */
function carry(value: unknown, what: string): Carriage | string {
  try {
    const batch = new Batch((other) => serialize(other));
    const startMs = host.nowMs();
    let best = carryOnce(batch, value);
    for (let times = 1; times < MOST_TIMES; times += 1) {
      if (host.nowMs() - startMs >= (times < LEAST_TIMES ? LONG_MS : ENOUGH_MS)) break;
      const { writeMs, readMs, bytes } = carryOnce(batch, value);
      best = {
        writeMs: Math.min(best.writeMs, writeMs),
        readMs: Math.min(best.readMs, readMs),
        bytes,
      };
    }
    return best;
  } catch (error) {
    return `its ${what} can't be cloned: ${messageOf(error)}`;
  }
}

function carryOnce(batch: Batch, value: unknown): Carriage {
  const at = batch.length;
  const startMs = host.nowMs();
  writeFrame(batch, 0, 0, 0, 0, value, undefined);
  const writtenMs = host.nowMs();
  const [, tag = 0, , , , inline = 0] = batch.words.subarray(at >> 2, (at + HEAD_BYTES) >> 2);
  readValue(batch, at, tag >> 8, inline, (bytes) => deserialize(Buffer.from(bytes)));
  const readMs = host.nowMs() - writtenMs;
  return { writeMs: writtenMs - startMs, readMs, bytes: batch.length - at - HEAD_BYTES };
}
