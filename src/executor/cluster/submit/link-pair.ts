import type { ConcurrencyError } from "../../../core/index.js";
import { type Peers, RedisLink } from "../redis/index.js";
import type { SubmitPlan } from "./options.js";

/** A socket on which an answer is due for longer than this is given up. */
export const SILENCE_MS = 8_000;

/** A submitter's connections: one for what it asks, and one that waits for what is told. */
export class LinkPair {
  readonly peers: Peers;
  readonly main: RedisLink;
  readonly reading: RedisLink;

  constructor(peers: Peers, { connection, queue }: SubmitPlan) {
    this.peers = peers;
    const link = (name: string): RedisLink =>
      new RedisLink(peers, { connection, name: `weft:${queue}:${name}`, silenceMs: SILENCE_MS });
    this.main = link("submit");
    this.reading = link("replies");
  }

  get up(): boolean {
    return this.main.up && this.reading.up;
  }

  async connect(limitMs: number): Promise<void> {
    await Promise.all([this.main.connect(limitMs), this.reading.connect(limitMs)]);
  }

  onChange(run: () => void): void {
    this.main.onChange = run;
    this.reading.onChange = run;
  }

  keepAlive(isBusy: boolean): void {
    this.main.keepAlive(isBusy);
    this.reading.keepAlive(isBusy);
  }

  unreachable(when: string): ConcurrencyError {
    return (this.main.up ? this.reading : this.main).unreachable(when);
  }

  close(): void {
    this.main.close();
    this.reading.close();
  }
}
