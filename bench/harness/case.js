/**
 * What a case is: the same work, done by several implementations.
 *
 * @typedef {object} Case
 * @property {string} url           of its module: the worker imports it
 * @property {string} name          as given to `--only`
 * @property {string} title         what the work is
 * @property {string} unit          of the figure, e.g. "ns per item"; smaller is better
 * @property {number} size          how much work one run is
 * @property {number} smokeSize     the same for `--smoke`
 * @property {(result: any, size: number) => void} check      throws if the work was not done
 * @property {(result: any, size: number) => number} [figure] the figure, if it is not the time
 * @property {(result: any, size: number) => Record<string, number>} [also]  further figures, for the notes
 * @property {number} [unitNs]      nanoseconds in the unit, if they are not one
 * @property {string} [rate]        e.g. "tasks/s", if the unit is the time of one
 * @property {boolean} [once]       a process makes one run, cold
 * @property {boolean} [noFlags]    without flags of the engine: with any of them Node compiles its own code anew
 * @property {Implementation[]} implementations               in the order of the table
 *
 * @typedef {object} Implementation
 * @property {string} name
 * @property {string} [from]        the npm package it comes from
 * @property {string} [note]        what a reader must know to compare it
 * @property {number} [divide]      a slow one does this many times less work
 * @property {() => Promise<Run>} [load]  imports its library and nothing else
 * @property {string} [python]      the script that does the work, instead of `load`
 * @property {string[]} [args]      what the script is called with, before the sizes
 * @property {number} [needsNode]   the first major version that it loads on
 * @property {string} [executor]    the class that ours needs, where it is one
 *
 * @typedef {((size: number, watch: Stopwatch) => unknown) & { close?: () => unknown }} Run
 *
 * @typedef {object} Stopwatch
 * @property {() => void} start     starts anew, for a run whose preparation is not to be counted
 * @property {() => void} stop
 */

/**
 * The same work by CPython's asyncio: a script of `bench/async/python` that prints what the worker prints.
 *
 * @param {string} script
 * @param {Partial<Implementation>} [more]
 * @returns {Implementation}
 */
export function python(script, more) {
  const url = new URL(`../async/python/${script}`, import.meta.url).href;
  return { name: "python asyncio", python: url, args: [], ...more };
}
