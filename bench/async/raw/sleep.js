import { join, leave } from "./scope.js";

class Sleeper {
  constructor(ms, resolve, reject) {
    this.owner = undefined;
    this.before = undefined;
    this.after = undefined;
    this.reject = reject;
    this.timer = setTimeout(() => {
      leave(this);
      resolve();
    }, ms);
  }

  onCancel(reason) {
    clearTimeout(this.timer);
    this.reject(reason);
  }
}

/** The least of a sleep that can be cancelled. */
export function rawSleep(ms, scope) {
  if (scope.cancelled) return Promise.reject(scope.reason);
  return new Promise((resolve, reject) => join(new Sleeper(ms, resolve, reject), scope));
}
