import { copyOf } from "../../shared/travel.js";
import { Items } from "../wire/index.js";

/** A frame for which there was no room. */
export interface Held {
  readonly kind: number;
  readonly seq: number;
  readonly a: number;
  readonly b: number;
  readonly value: unknown;
  readonly transfer: readonly object[] | undefined;
}

/** Frames that wait for room in a ring, in their order. While there are any, later ones wait behind them. */
export class Backlog {
  readonly #held: Held[] = [];

  get empty(): boolean {
    return this.#held.length === 0;
  }

  /**
   * Keeps a frame as it is now: its owner may change the value before there is room, and must hear now if
   * it can't be sent. Throws if it can't be cloned.
   */
  hold(frame: Held): void {
    const { value, transfer } = frame;
    const asItIs = transfer !== undefined || typeof value === "string";
    this.#held.push(asItIs ? frame : { ...frame, value: separate(value) });
  }

  /** Gives the frames to `write` until it finds no room. */
  drain(write: (frame: Held) => boolean): void {
    const held = this.#held; // what is held meanwhile comes behind
    let written = 0;
    for (let next = held[0]; next !== undefined && write(next); next = held[written]) written += 1;
    held.splice(0, written);
  }
}

function separate(value: unknown): unknown {
  return value instanceof Items ? new Items(value.separate()) : copyOf(value);
}
