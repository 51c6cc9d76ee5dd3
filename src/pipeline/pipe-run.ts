import type { Scope } from "../core/index.js";
import { EachRun } from "./collected-run.js";
import type { MapPlan } from "./map-plan.js";
import type { Sink } from "./sink.js";

const DESTINATION = "the destination";

/**
 * Writes all items, at the pace of the sink, and finishes it.
 *
 * A destination that breaks ends the run also while the source is idle. One that takes no more holds up
 * no cancel: what waits for it is left alone, and the destination given up.
 */
class PipeRun<T> extends EachRun<T> {
  readonly #sink: Sink;
  #finished = false;

  constructor(plan: MapPlan<T, unknown>, sink: Sink) {
    super({ ...plan, fn: (item, scope) => unlessCancelled(sink.write(item), scope) });
    this.#sink = sink;
    sink.broken.catch((error) => {
      if (!this.#finished) this.fail(error, DESTINATION); // afterwards it may well be closed
    });
  }

  protected override async end(): Promise<void> {
    const { scope } = this;
    if (!scope.cancelled) {
      const finished = this.#sink.finish().then(() => {
        this.#finished = true;
      });
      await unlessCancelled(finished, scope).catch((error) => this.fail(error, DESTINATION));
    }
    await super.end();
  }
}

function unlessCancelled(step: Promise<unknown>, scope: Scope): Promise<unknown> {
  return new Promise((resolve, reject) => {
    scope.onCancel(reject);
    step.then(resolve, reject);
  });
}

/** Runs the plan into the sink; what `fn` the plan has is not called. */
export async function pipeInto<T>(plan: MapPlan<T, unknown>, sink: Sink): Promise<void> {
  try {
    plan.outer?.throwIfCancelled();
    await new PipeRun(plan, sink).run();
  } catch (error) {
    await sink.giveUp(error);
    throw error;
  } finally {
    sink.release();
  }
}
