/** How work is offered to a pool. */

/**
 * Keeps `inFlight` tasks in flight until `size` have settled: each one that settles submits the next.
 * A lane is one of these places; what a task is given may belong to its lane, since the lane's former
 * task has settled.
 *
 * @param {object} load
 * @param {number} load.size
 * @param {number} load.inFlight
 * @param {(index: number, lane: number) => PromiseLike<any>} load.submit
 * @param {(value: any, lane: number) => void} load.take    sees every result
 */
export function keepFull({ size, inFlight, submit, take }) {
  return new Promise((resolve, reject) => {
    let submitted = 0;
    let settled = 0;
    for (let lane = 0; lane < Math.min(inFlight, size); lane++) {
      const next = () => {
        submit(submitted++, lane).then(onValue, reject);
      };
      const onValue = (value) => {
        try {
          take(value, lane);
        } catch (error) {
          return reject(error);
        }
        settled += 1;
        if (submitted < size) next();
        else if (settled === size) resolve();
      };
      next();
    }
  });
}

/** Submits 0, 1, ... and gives the sum of the results. */
export async function sumOf({ size, inFlight, submit }) {
  let sum = 0;
  const take = (value) => {
    sum += value;
  };
  await keepFull({ size, inFlight, submit: (index) => submit(index), take });
  return sum;
}

/** The same work by one of Python's executors: `bench/pools/python/<script> <kind> ...`. */
export function python(script, kind, more) {
  const { args = [], ...others } = more ?? {};
  const url = new URL(`python/${script}`, import.meta.url).href;
  return { name: PYTHON_NAMES[kind], python: url, args: [kind, ...args], ...others };
}

const PYTHON_NAMES = {
  threads: "python threads",
  processes: "python processes",
  pool: "python Pool",
};
