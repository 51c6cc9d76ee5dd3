import { MessageChannel, type MessagePort } from "node:worker_threads";
import { newRing } from "./ring.js";
import { RingLink } from "./ring-link.js";

type Frame = [kind: number, seq: number, a: number, b: number, value: unknown];

/** One end of the way, which keeps what it hears. */
export class PairEnd {
  readonly frames: Frame[] = [];
  readonly unsendable: [kind: number, seq: number][] = [];
  link!: RingLink;
  /** Called for a frame that can't be sent, as a pool does that then sends others. */
  onUnsendable: (seq: number) => void = () => {};
  #wanted = 0;
  #enough: () => void = () => {};

  open(
    link: (events: ConstructorParameters<typeof RingLink>[1], wakeUp: () => void) => RingLink,
  ): void {
    const events = {
      frame: (...frame: Frame): void => {
        this.frames.push(frame);
        if (this.frames.length === this.#wanted) this.#enough();
      },
      unsendable: (kind: number, seq: number): void => {
        this.unsendable.push([kind, seq]);
        this.onUnsendable(seq);
      },
      unreadable: (kind: number, seq: number, error: unknown): void => {
        throw new Error(`frame ${seq} of kind ${kind} can't be read`, { cause: error });
      },
    };
    this.link = link(events, () => {
      do this.link.drain();
      while (!this.link.sleep());
    });
  }

  /** Resolves when so many frames have come. */
  until(count: number): Promise<void> {
    this.#wanted = count;
    return new Promise((resolve) => {
      this.#enough = resolve;
      if (this.frames.length >= count) resolve();
    });
  }

  get values(): unknown[] {
    return this.frames.map((frame) => frame[4]);
  }
}

/** Both ends of a way of rings of so many bytes, in one thread. For tests. */
export class RingPair {
  readonly here: PairEnd = new PairEnd();
  readonly there: PairEnd = new PairEnd();
  readonly #port: MessagePort;

  constructor(bytes: number) {
    const [to, from] = [newRing(bytes), newRing(bytes)];
    const { port1, port2 } = new MessageChannel();
    this.here.open(
      (events, wake) => new RingLink({ out: to, in: from, port: port1 }, events, wake),
    );
    this.there.open(
      (events, wake) => new RingLink({ out: from, in: to, port: port2 }, events, wake),
    );
    this.#port = port1;
  }

  close(): void {
    this.#port.close();
  }
}
