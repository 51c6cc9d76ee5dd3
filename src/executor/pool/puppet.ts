import { KIND, WORD, WORD_COUNT } from "../wire/index.js";
import type { Backend, WorkerEvents, WorkerHandle, WorkerStart } from "./backend.js";

/** A worker that does only what the test says. */
export class Puppet implements WorkerHandle {
  readonly #words = new Int32Array(WORD_COUNT);
  readonly events: WorkerEvents;
  readonly sent: [kind: number, seq: number, value: unknown][] = [];
  expectedUs = 0;
  readonly link = {
    send: (kind: number, seq: number, _a: number, _b: number, value: unknown): void => {
      if (typeof value === "function") this.events.unsendable(kind, seq, new Error("a function"));
      else this.sent.push([kind, seq, value]);
    },
    flush: (): void => {},
    gatherMs: 0,
    show: (): void => {},
    drain: (): boolean => false,
  };
  readonly words = {
    instant: true,
    load: (index: number): number => this.#words[index]!,
    store: (index: number, value: number): void => void (this.#words[index] = value),
  };

  constructor(events: WorkerEvents, readyAtOnce: boolean) {
    this.events = events;
    if (readyAtOnce) queueMicrotask(() => this.ready());
  }

  ready(): void {
    this.events.frame(KIND.ready, 0, 0, 0, undefined);
  }

  get runs(): number[] {
    return this.sent.filter(([kind]) => kind === KIND.run).map(([, seq]) => seq);
  }

  note(seq: number): void {
    this.words.store(WORD.started, seq);
  }

  done(seq: number, tookUs = 0.1): void {
    this.note(seq);
    this.events.frame(KIND.done, seq, 0, tookUs * 10, "done");
  }

  exit(): void {
    this.events.exited({ exitCode: 0, signal: undefined, error: undefined });
  }

  /** It comes to a run that the pool had asked for back, and has this input. */
  gaveBack(seq: number, input: unknown): void {
    this.events.frame(KIND.gaveBack, seq, 0, 0, input);
  }

  kill(): void {
    this.exit();
  }

  look(): void {}

  ref(): void {}
  unref(): void {}
}

export class Puppets implements Backend {
  readonly noun = "puppet";
  readonly all: Puppet[] = [];
  readyAtOnce = true;
  start(_: WorkerStart, events: WorkerEvents): Puppet {
    const puppet = new Puppet(events, this.readyAtOnce);
    this.all.push(puppet);
    return puppet;
  }
}
