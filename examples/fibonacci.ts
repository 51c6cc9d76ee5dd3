// Fibonacci numbers, each computed by a process of its own.
import { ProcessExecutor } from "weftwork/executor";
import { numbers } from "./tasks/numbers.ts";

// As many processes as this one may use processors; they start when there is work.
await using pool = new ProcessExecutor();

const tasks = [30, 31, 32].map((n) => pool.submit(numbers.fib, n));
for (const task of tasks) console.log(await task);

// The same function, called as ever.
console.log(numbers.fib(10));

// prints:
// 832040
// 1346269
// 2178309
// 55
