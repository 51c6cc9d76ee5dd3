import { ConcurrencyError, requireThat } from "../core/index.js";

/** What `pipeTo` can write to: a Web stream, or a Node stream (also `process.stdout`). */
export type Destination<T> = WritableStream<T> | NodeWritable;

/** As much of a Node stream as writing takes; spelt out, so that browsers need no Node types. */
export interface NodeWritable {
  readonly destroyed?: boolean;
  write(chunk: unknown, flushed: (error?: Error | null) => void): boolean;
  end(finished: (error?: Error | null) => void): unknown;
  destroy(error?: Error): unknown;
  on(event: "error" | "close", listener: (error?: Error) => void): this;
  off(event: "error" | "close", listener: (error?: Error) => void): this;
}

/** A destination, with its backpressure as promises. */
export interface Sink {
  /** Rejects when the destination takes no more, whoever asked it to. */
  readonly broken: Promise<unknown>;
  /** Resolves when the next chunk is welcome. */
  write(chunk: unknown): Promise<unknown>;
  /** Resolves when all has arrived, and closes the destination unless it stays open. */
  finish(): Promise<unknown>;
  /** Aborts the destination because of `error`, unless it stays open. */
  giveUp(error: unknown): unknown;
  /** Lets go of a destination; nothing is written afterwards. */
  release(): void;
}

/** Begins to write; a Web stream is locked from here on. Throws a TypeError if that can't be. */
export function sinkOf(destination: Destination<never>, preventClose: boolean): Sink {
  const any = destination as Partial<WritableStream & NodeWritable> | null | undefined;
  if (typeof any?.getWriter === "function") return webSink(any.getWriter(), preventClose);
  const holds = typeof any?.write === "function";
  requireThat(holds, "destination", "a WritableStream or a Node stream", destination);
  return nodeSink(any as NodeWritable, preventClose || isStandardStream(any));
}

function isStandardStream(destination: unknown): boolean {
  return (
    typeof process !== "undefined" &&
    (destination === process.stdout || destination === process.stderr)
  );
}

function webSink(writer: WritableStreamDefaultWriter, staysOpen: boolean): Sink {
  let last = writer.ready;
  return {
    broken: writer.closed,
    async write(chunk) {
      await writer.ready;
      last = writer.write(chunk);
      last.catch(ignore); // the stream is broken then
    },
    finish: () => (staysOpen ? last : writer.close()),
    giveUp: (error) => staysOpen || writer.abort(error).catch(ignore),
    release: () => writer.releaseLock(),
  };
}

function nodeSink(stream: NodeWritable, staysOpen: boolean): Sink {
  let last: Promise<unknown> = Promise.resolve();
  let onBreak!: (error?: Error) => void;
  const broken = new Promise<never>((_, reject) => {
    onBreak = (error) =>
      reject(error ?? new ConcurrencyError("CLOSED", "the destination was closed"));
  });
  stream.on("error", onBreak).on("close", onBreak);
  return {
    broken,
    // A full stream is welcome to more when the chunk that filled it is flushed; its callback also comes,
    // with an error, if the stream is destroyed meanwhile. A wait for "drain" would last for ever.
    async write(chunk) {
      let welcome = false;
      last = promised((flushed) => {
        welcome = stream.write(chunk, flushed);
      });
      last.catch(ignore); // the stream is broken then
      if (!welcome) await last;
    },
    finish: () => (staysOpen ? last : promised((finished) => stream.end(finished))),
    giveUp: (error) => staysOpen || stream.destroy(error instanceof Error ? error : undefined),
    // A stream that is closed, or destroyed, may still emit an error, and nobody else may listen.
    release() {
      if (staysOpen && !stream.destroyed) stream.off("error", onBreak).off("close", onBreak);
    },
  };
}

function promised(run: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => (error ? reject(error) : resolve()));
  });
}

function ignore(): void {}
