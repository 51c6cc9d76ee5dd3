import type { WriteStream } from "node:tty";
import { host, type Timer } from "../../../core/index.js";
import { type Progress, statusLine, statusLines } from "./status.js";

const REPAINT_MS = 100;
const LOG_MS = 5_000;

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const CLEAR_BELOW = "\x1b[0J";
const DIM = "\x1b[2m";
const PLAIN = "\x1b[0m";

/**
 * Shows how a map stands: on a terminal a few lines that are painted over, elsewhere a line from time to
 * time. It writes to the terminal itself: decisions/0010-command-line.md.
 */
export class Painter {
  readonly #stream: WriteStream;
  readonly #read: () => Progress;
  #timer: Timer | undefined;
  #painted = 0;

  constructor(stream: WriteStream, read: () => Progress) {
    this.#stream = stream;
    this.#read = read;
  }

  start(): void {
    if (this.#stream.isTTY) {
      this.#stream.write(HIDE_CURSOR);
      process.on("exit", this.#restore); // also by the second Ctrl-C
    }
    this.#wait();
  }

  /** Shows a line that stays. */
  say(line: string): void {
    this.#stream.write(`${this.#stream.isTTY ? this.#back() : ""}${line}\n`);
  }

  /** Takes away what was painted. */
  stop(): void {
    host.stopTimer(this.#timer);
    if (!this.#stream.isTTY) return;
    process.off("exit", this.#restore);
    this.#stream.write(this.#back() + SHOW_CURSOR);
  }

  #wait(): void {
    const everyMs = this.#stream.isTTY ? REPAINT_MS : LOG_MS;
    this.#timer = host.startTimer(() => {
      this.#paint();
      this.#wait();
    }, everyMs);
  }

  #paint(): void {
    if (!this.#stream.isTTY) {
      this.#stream.write(`${statusLine(this.#read())}\n`);
      return;
    }
    const width = this.#stream.columns - 1; // in its last column a terminal may break the line
    const [head = "", ...more] = statusLines(this.#read()).map((line) => cut(line, width));
    const colour = process.env["NO_COLOR"] === undefined || process.env["NO_COLOR"] === "";
    const rest = more.map((line) => (colour ? `${DIM}${line}${PLAIN}` : line));
    this.#stream.write(this.#back() + [head, ...rest].map((line) => `${line}\n`).join(""));
    this.#painted = 1 + more.length;
  }

  /** To the first of the painted lines, and clears them. */
  #back(): string {
    const up = this.#painted > 0 ? `\x1b[${this.#painted}A\r` : "";
    this.#painted = 0;
    return up + CLEAR_BELOW;
  }

  readonly #restore = (): void => {
    this.#stream.write(SHOW_CURSOR);
  };
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
