/** What a pool has noticed of a worker's progress. */
export class Pulse {
  /** True from when it has made no progress for a while until it does: nothing is sent ahead to it. */
  stuck = false;
  /** True if it runs nothing and yet starts nothing: what a settled task left behind keeps its loop. Until it answers. */
  silent = false;
  /** How often in a row it had not answered when it was looked at. */
  missed = 0;
  #answers = 0;

  answered(): void {
    this.#answers += 1;
    this.stuck = false;
  }

  look(): void {
    this.missed = this.#answers > 0 ? 0 : this.missed + 1;
    this.#answers = 0;
  }
}
