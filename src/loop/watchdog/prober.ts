import { fileURLToPath } from "node:url";
import { nowMs } from "../clock.js";
import { ofNode, ofWeftwork, type SeenFrame } from "../frame.js";
import { type Answer, QUESTION } from "../watched-thread.js";
import type { LoopWords } from "../words.js";
import type { Inspected } from "./inspected.js";
import type { Originals } from "./originals.js";
import type { Sample } from "./sample.js";

interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly location: { scriptId: string; lineNumber: number; columnNumber?: number };
  readonly functionLocation?: { lineNumber: number };
}

interface ParsedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL?: string;
}

interface Asked {
  readonly question: number;
  readonly atMs: number;
  readonly beats: number;
  readonly tell: (samples: Sample[]) => void;
}

/** An answer that took longer came when native code had returned; JavaScript answers at once. */
const AT_ONCE_MS = 10;
/** Then the question is put again; afterwards each time after twice as long. */
const ASK_AGAIN_MS = 3 * AT_ONCE_MS;
/** Beats after which an answer is no longer expected. */
const LONG_GONE = 4;
/** Deep recursion is told by its upper part. */
const MOST_FRAMES = 200;

/**
 * Asks a thread what it is doing, by pausing it for a moment, also while it doesn't return to its loop.
 *
 * The races, all of which would blame somebody innocent:
 *  1. The thread returns to its loop before the pause takes effect, and something else is paused. It has
 *     beaten by then: the beats are compared while it is paused, and what was seen is dropped.
 *  2. It was in native code, which can't be paused, and what is seen is what came after. The answer is late
 *     then: it says nothing of the time when it was asked, unless a wrapped call says that it was the one
 *     (`OpaqueCalls`).
 *  3. Somebody's own `debugger` statement, or another pause than ours: it is let go at once.
 */
export class Prober {
  readonly #inspected: Inspected;
  readonly #words: LoopWords;
  readonly #files = new Map<string, string>();
  #asked: Asked | undefined;
  #questions = 0;
  #askAgainMs = Infinity;

  constructor(inspected: Inspected, words: LoopWords, originals: Originals) {
    this.#inspected = inspected;
    this.#words = words;
    inspected.on("Debugger.scriptParsed", ({ scriptId, url, sourceMapURL }: ParsedScript) => {
      const file = url.startsWith("file:") ? fileURLToPath(url) : url;
      this.#files.set(scriptId, file);
      if (sourceMapURL) originals.mapped(file, sourceMapURL);
    });
    inspected.on("Debugger.paused", ({ callFrames }: { callFrames: CallFrame[] }) => {
      this.#paused(callFrames).catch(() => this.#end([])); // the thread has ended
    });
  }

  async start(): Promise<void> {
    await this.#inspected.post("Debugger.enable");
  }

  get busy(): boolean {
    return this.#asked !== undefined;
  }

  /**
   * Sees to a question that has no answer yet. A thread that has gone on for long will not pause for it any more: it
   * may have been idle. One that has not is asked again, since inside a regular expression a pause gets lost at times.
   */
  lookAfter(beats: number, atMs: number): void {
    if (this.#asked === undefined) return;
    if (beats > this.#asked.beats + LONG_GONE) this.#end([]);
    else if (atMs >= this.#askAgainMs) this.#ask(atMs, 2 * (atMs - this.#asked.atMs));
  }

  /** Empty if the thread has moved on before it could be seen. */
  sample(): Promise<Sample[]> {
    return new Promise((tell) => {
      const question = (this.#questions += 1);
      const atMs = nowMs();
      this.#asked = { question, atMs, beats: this.#words.beats, tell };
      this.#words.ask(question);
      this.#ask(atMs, ASK_AGAIN_MS);
    });
  }

  #ask(atMs: number, againMs: number): void {
    this.#askAgainMs = atMs + againMs;
    this.#inspected.post("Debugger.pause").catch(() => this.#end([]));
  }

  async #paused(callFrames: CallFrame[]): Promise<void> {
    const asked = this.#asked;
    const arrivedMs = nowMs();
    const moved = asked === undefined || this.#words.beats !== asked.beats;
    const answer = moved ? undefined : await this.#answer(callFrames);
    await this.#inspected.post("Debugger.resume");
    if (asked === undefined) return;
    this.#end(answer === undefined ? [] : this.#judge(asked, arrivedMs, callFrames, answer));
  }

  // On a frame, and not by Runtime.evaluate: that runs microtasks too, in the middle of what is paused.
  async #answer(callFrames: CallFrame[]): Promise<Answer | undefined> {
    const own = callFrames.find((frame) => !ofNode(this.#frameOf(frame))) ?? callFrames[0];
    const { result } = (await this.#inspected.post("Debugger.evaluateOnCallFrame", {
      callFrameId: own?.callFrameId,
      expression: QUESTION,
      returnByValue: true,
    })) as { result: { value?: string } };
    return result.value === undefined ? undefined : (JSON.parse(result.value) as Answer);
  }

  #judge(asked: Asked, arrivedMs: number, callFrames: CallFrame[], answer: Answer): Sample[] {
    const { last, open, openSince, task } = answer;
    const { beats, question, atMs } = asked;
    const seen = callFrames.slice(0, MOST_FRAMES).map((frame) => this.#frameOf(frame));
    // It was in a wrapped call when it was asked; that may have returned by now, with its callers.
    if (last?.question === question)
      return during(beats, atMs, arrivedMs, {
        frames: last.frames,
        call: last.call,
        task: last.task,
      });
    const top = seen.find((frame) => !ofNode(frame));
    const inCall = open !== "" && openSince !== question && top !== undefined && ofWeftwork(top);
    if (inCall) return during(beats, atMs, arrivedMs, { frames: seen, call: open, task });
    const now: Sample = { beats, atMs: arrivedMs, frames: seen, task };
    return arrivedMs - atMs > AT_ONCE_MS ? [{ beats, atMs, frames: undefined }, now] : [now];
  }

  #frameOf({ functionName, location, functionLocation }: CallFrame): SeenFrame {
    const file = this.#files.get(location.scriptId) ?? "";
    const { lineNumber, columnNumber = 0 } = location;
    const startLine = (functionLocation?.lineNumber ?? -1) + 1;
    return { functionName, file, line: lineNumber + 1, column: columnNumber + 1, startLine };
  }

  #end(samples: Sample[]): void {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.tell(samples);
  }
}

/** Two samples of one call that lasted all the time. */
function during(
  beats: number,
  fromMs: number,
  toMs: number,
  what: Pick<Sample, "frames" | "call" | "task">,
): Sample[] {
  return [fromMs, toMs].map((atMs) => ({ beats, atMs, ...what }));
}
