const AFTER_TICKS = 10;

/** Tells, once, that tasks wait and there is no host: they would wait for ever, in silence. */
export class Loneliness {
  readonly #queue: string;
  #ticks = 0;

  constructor(queue: string) {
    this.#queue = queue;
  }

  look(slots: number): void {
    this.#ticks = slots > 0 ? 0 : this.#ticks + 1;
    if (this.#ticks !== AFTER_TICKS) return;
    process.emitWarning(
      `tasks wait for a host that serves the queue "${this.#queue}", and there is none: start one with ` +
        `weft worker --redis URL --queue ${this.#queue} --tasks MODULE`,
      "ClusterWithoutHosts",
    );
  }
}
