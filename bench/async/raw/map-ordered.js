import { RawScope } from "./scope.js";

const MISSING = Symbol("not there yet");
const END = { done: true, value: undefined };

/**
 * The least of the same map as an ordered async iterable for one reader: loops that work at most
 * `limit` results ahead, and a ring in which a result's place is its index. Errors stop it, leaving early
 * cancels it, and both wait for what still runs.
 */
class RawOrdered extends RawScope {
  constructor(source, fn, limit) {
    super();
    this.iterator = source[Symbol.iterator]();
    this.fn = fn;
    this.limit = limit;
    this.ring = Array.from({ length: 2 * limit }, () => MISSING);
    this.pulled = 0;
    this.read = 0;
    this.loops = 0;
    this.exhausted = false;
    this.errors = [];
    this.reader = undefined;
    this.joined = undefined;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  next() {
    const at = this.read % this.ring.length;
    const value = this.ring[at];
    if (value !== MISSING) {
      this.ring[at] = MISSING;
      this.read += 1;
      if (this.loops < this.limit) this.fill();
      return Promise.resolve({ done: false, value });
    }
    this.fill();
    if (this.loops === 0) return this.end();
    return new Promise((resolve) => {
      this.reader = resolve;
    });
  }

  async return() {
    this.cancel(new Error("left early"));
    if (this.loops > 0) {
      await new Promise((resolve) => {
        this.joined = resolve;
      });
    }
    return END;
  }

  async end() {
    if (this.errors.length > 0) throw new AggregateError(this.errors);
    return END;
  }

  wantsMore() {
    return !this.exhausted && !this.cancelled && this.pulled - this.read < this.ring.length;
  }

  fill() {
    while (this.loops < this.limit && this.wantsMore()) {
      this.loops += 1;
      this.work();
    }
  }

  async work() {
    while (this.wantsMore()) {
      const step = this.iterator.next();
      if (step.done) {
        this.exhausted = true;
        break;
      }
      const index = this.pulled++;
      try {
        this.ring[index % this.ring.length] = await this.fn(step.value, this);
      } catch (error) {
        this.errors.push(error);
        this.cancel(error);
      }
      if (this.reader && index === this.read) this.serve();
    }
    this.loops -= 1;
    if (this.loops === 0) {
      this.joined?.();
      if (this.reader) this.serve();
    }
  }

  serve() {
    const { reader } = this;
    this.reader = undefined;
    reader(this.next());
  }
}

export function rawMapOrdered(source, fn, limit) {
  return new RawOrdered(source, fn, limit);
}
