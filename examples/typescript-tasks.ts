// A task module in TypeScript that no Node can run by itself, in threads and in processes, with no build.
import { type Executor, ProcessExecutor, ThreadExecutor } from "weftwork/executor";
import { Paint, painting } from "./tasks/paint.ts";

// The worker imports the module that `defineTasks` named. Where Node refuses, esbuild (an optional peer)
// bundles it once, into node_modules/.cache/weftwork.
for (const executor of [new ThreadExecutor(), new ProcessExecutor()] satisfies Executor[]) {
  await using pool = executor;
  console.log(await pool.submit(painting.mix, [Paint.Yellow, Paint.Blue]));
  try {
    await pool.submit(painting.mix, [Paint.Red, Paint.Red]);
  } catch (error) {
    const { message, stack = "" } = error as Error;
    console.log(`${message}; the stack has its line: ${/paint\.ts:\d+/.test(stack)}`);
  }
}

// prints:
// green, by a .ts file
// can't mix red and red; the stack has its line: true
// green, by a .ts file
// can't mix red and red; the stack has its line: true
