import type { TaskDefinition } from "./task-definition.js";

/** What a run has beside its input. */
export interface Setup {
  readonly seq: number;
  readonly name?: string | undefined;
  readonly traceparent?: string | undefined;
  /** On a cluster: which delivery this is, and what is the same for all of them. */
  readonly attempt?: number | undefined;
  readonly jobKey?: string | undefined;
  /** True: the pool wants to hear of the start. */
  readonly tell?: boolean;
  /** Set for a stream: how many outputs may go before more are asked for. */
  readonly credit?: number;
  /** True: the input was moved here, and the pool has it no more. */
  readonly moved?: boolean;
  /** True: the input is an array of inputs. */
  readonly chunk?: boolean;
}

/** A task that was sent to this worker. */
export interface Run {
  readonly seq: number;
  readonly epoch: number;
  readonly definition: TaskDefinition;
  readonly input: unknown;
  readonly setup: Setup | undefined;
}
