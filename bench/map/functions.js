/** What is mapped. */

/** As good as nothing: what is measured is everything around it. */
export const length = (text) => text.length;

/** Some ten milliseconds of computing. */
export function compute(text) {
  const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
  return fib(28) + Number(text);
}

/** By name, for the peers. */
export const functions = { length, compute };
