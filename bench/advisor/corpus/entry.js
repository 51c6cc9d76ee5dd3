/**
 * One function of the corpus.
 *
 * @typedef {object} Entry
 * @property {string} name
 * @property {(input: any, scope: any) => unknown} task    defined by `defineTasks`, so that workers find it
 * @property {(context: Context) => unknown[]} inputs      what it is run on, the same each time
 *
 * @typedef {object} Context
 * @property {number} port     of an HTTP server in another process that answers after 5 ms
 * @property {string[]} files  real files
 * @property {string} json     a file with some 300 kB of JSON
 */

/** How much of each input list is made: little for a smoke run. */
const SHARE = Number(process.env.WEFT_BENCH_SHARE ?? 1);
const FEWEST = 4;

/** `count` inputs, or the share of them that is asked for, made from their index. */
export function inputs(count, make) {
  const length = SHARE < 1 ? Math.min(count, FEWEST + Math.floor(count * SHARE)) : count;
  return Array.from({ length }, (_, i) => make(i));
}

/** Numbers that are the same each time (a linear congruential generator, Park and Miller's). */
export function numbersFrom(seed) {
  let x = (seed % 2147483646) + 1;
  return () => (x = (x * 48271) % 2147483647) / 2147483647;
}

/** Text as programs meet it: words, numbers, lines. */
export function textOf(bytes, seed) {
  const next = numbersFrom(seed);
  const words = [
    "request",
    "served",
    "user",
    "cache",
    "timeout",
    "GET",
    "index.html",
    "ms",
    "error",
  ];
  let text = "";
  while (text.length < bytes) {
    text += `${words[Math.floor(next() * words.length)]} ${Math.floor(next() * 1e6)}`;
    text += next() < 0.15 ? "\n" : " ";
  }
  return text.slice(0, bytes);
}

/** Records as an API gives them. */
export function recordsOf(count, seed) {
  const next = numbersFrom(seed);
  return Array.from({ length: count }, (_, id) => ({
    id,
    name: `user ${Math.floor(next() * 1e6)}`,
    score: next(),
    tags: ["a", "b", `t${Math.floor(next() * 50)}`],
    address: { city: `city ${Math.floor(next() * 100)}`, zip: Math.floor(next() * 1e5) },
  }));
}
