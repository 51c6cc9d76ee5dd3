/**
 * One door to every pool, so that a case is written once.
 *
 * @typedef {object} OpenPool
 * @property {(name: string) => (input: any, transfer?: any[]) => PromiseLike<any>} task
 *   looks a function of `tasks/work.js` up, once; calling it is the library's own submit
 * @property {() => unknown} close
 *
 * @typedef {object} PoolKind
 * @property {string} name
 * @property {string} [from]
 * @property {string} [note]
 * @property {number} [needsNode]
 * @property {string} [executor]
 * @property {() => Promise<{ open(options: object): OpenPool | Promise<OpenPool> }>} load  its adapter, and so its library
 * @property {object} [options]    for its adapter
 */
export const WORKERS = 2;

/**
 * `kind` doing the work that `makeRun` makes of the open pool. The pool is opened beforehand and kept:
 * a case is about the steady state, and `cold` about the start.
 *
 * @param {PoolKind} kind
 * @param {(pool: OpenPool) => import("../harness/case.js").Run} makeRun
 * @returns {import("../harness/case.js").Implementation}
 */
export function implementation(kind, makeRun) {
  const { load, options, ...named } = kind;
  return {
    ...named,
    async load() {
      const adapter = await load();
      const pool = await adapter.open({ workers: WORKERS, ...options });
      const run = makeRun(pool);
      return Object.assign((size, watch) => run(size, watch), { close: () => pool.close() });
    },
  };
}

/** Does `divide` times less work: for those of whom it is known that they are slower. */
export const slower = (divide) => (kind) => ({ ...kind, divide });
