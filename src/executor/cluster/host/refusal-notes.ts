/**
 * Tells, once for each kind, what Redis has refused to a host: it would go on taking nothing, in silence, while
 * submitters see its slots. A connection that is gone is no refusal; `stats().ready` tells of that.
 */
export class RefusalNotes {
  readonly #queue: string;
  readonly #told = new Set<string>();

  constructor(queue: string) {
    this.#queue = queue;
  }

  hear(error: unknown): void {
    if (!(error instanceof Error) || error.name !== "ReplyError") return;
    const { message } = error;
    const [kind = ""] = message.split(" ");
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    process.emitWarning(
      `Redis refuses what a host of the queue "${this.#queue}" asks: ${message}`,
      "ClusterHost",
    );
  }
}
