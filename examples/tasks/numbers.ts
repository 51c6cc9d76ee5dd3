// Work that computes. Each worker imports this module, so it holds tasks and nothing else.
import { type TaskScope, defineTasks } from "weftwork/tasks";

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** A stream: what an async generator yields is read in another thread, at the pace of its reader. */
async function* primes({ below }: { below: number }, scope: TaskScope): AsyncGenerator<number> {
  try {
    for (let n = 2; n < below; n += 1) {
      if (isPrime(n)) yield n;
    }
  } finally {
    scope.report("closed");
  }
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) return false;
  return true;
}

export const numbers = defineTasks(import.meta.url, { fib, primes });
