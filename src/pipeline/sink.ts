import { requireThat } from "../core/index.js";
/** What `pipeTo` can write to: a Web stream, or a Node stream (also `process.stdout`). */
export type Destination<T> = WritableStream<T> | NodeWritable;

/** As much of a Node stream as writing takes; spelt out, so that browsers need no Node types. */
export interface NodeWritable {
  write(chunk: unknown, flushed: (error?: Error | null) => void): boolean;
  end(finished: (error?: Error | null) => void): unknown;
  destroy(error?: Error): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** A destination, with its backpressure as promises. */
export interface Sink {
  /** Resolves when the next chunk is welcome. */
  write(chunk: unknown): Promise<void>;
  close(): Promise<void>;
  /** Gives the destination up because of `error`. */
  abort(error: unknown): Promise<void> | void;
  /** Lets go of a destination that stays open. */
  release(): void;
}

/** Begins to write; a Web stream is locked from here on. Throws a TypeError if that can't be. */
export function sinkOf(destination: Destination<never>): Sink {
  const any = destination as Partial<WritableStream & NodeWritable> | null | undefined;
  if (typeof any?.getWriter === "function") return new WebSink(any.getWriter());
  const holds = typeof any?.write === "function";
  requireThat(holds, "destination", "a WritableStream or a Node stream", destination);
  return new NodeSink(any as NodeWritable);
}

class WebSink implements Sink {
  readonly #writer: WritableStreamDefaultWriter;

  constructor(writer: WritableStreamDefaultWriter) {
    this.#writer = writer;
    writer.closed.catch(ignore); // the next write, or the close, reports it
  }

  async write(chunk: unknown): Promise<void> {
    await this.#writer.ready;
    this.#writer.write(chunk).catch(ignore);
  }

  close(): Promise<void> {
    return this.#writer.close();
  }

  abort(error: unknown): Promise<void> {
    return this.#writer.abort(error).catch(ignore);
  }

  release(): void {
    this.#writer.releaseLock();
  }
}

class NodeSink implements Sink {
  readonly #stream: NodeWritable;
  #failed: { error: unknown } | undefined;

  constructor(stream: NodeWritable) {
    this.#stream = stream;
    stream.on("error", this.#note);
  }

  // A full stream is welcome to more when the chunk that filled it is flushed. Its callback also comes,
  // with an error, if the stream is destroyed meanwhile; a wait for "drain" would last for ever.
  async write(chunk: unknown): Promise<void> {
    let welcome = true;
    const flushed = new Promise<void>((resolve) => {
      welcome = this.#stream.write(chunk, (error) => {
        this.#note(error);
        resolve();
      });
    });
    if (!welcome) await flushed;
    this.#throwIfFailed();
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.end((error) => {
        this.#note(error);
        resolve();
      });
    });
    this.#throwIfFailed();
  }

  // The listener stays: the stream may still say what the pipeline has reported.
  abort(error: unknown): void {
    this.#stream.destroy(error instanceof Error ? error : undefined);
  }

  release(): void {
    this.#stream.off("error", this.#note);
  }

  #throwIfFailed(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
  }

  readonly #note = (error: Error | null | undefined): void => {
    if (error) this.#failed ??= { error };
  };
}

function ignore(): void {}
