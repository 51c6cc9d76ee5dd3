import { expect, test } from "vitest";
import { nodes, runNode, tool } from "./run-program.js";

/** What differs from machine to machine. */
function plain(output: string): string {
  return output
    .replace(/[\d.]+ ?ms/g, "n ms")
    .replace(/file:\/\/\S*\/programs\//g, "")
    .replace(/ +$/gm, "");
}

test("a test of vitest is a line, and its failure is told with schedule, line and cause", async () => {
  const args = [tool("vitest/vitest.mjs"), "run", "--root", "runners"];
  const { code, stderr } = await runNode(process.execPath, args);
  expect(code).toBe(1);
  const [, failure] = plain(stderr).split("FAIL  ");
  expect(failure!.slice(0, failure!.indexOf("⎯⎯"))).toMatchInlineSnapshot(`
    "vitest.check.ts > no withdrawal is lost
    ExplorationError: failure, in schedule 1

      AssertionError: expected 50 to be 20 // Object.is equality

    the schedule, as short as it could be made (* takes the turn from somebody who could go on):

         main                   main 2                 main 3
      1  await this.read() :10
      2                         await this.read() :10
      3                                                await Promise.all([account.withdraw(3... :9

    once more: await replay("0", program)

     ❯ vitest.check.ts:7:3
          5| test(
          6|   "no withdrawal is lost",
          7|   explored(async () => {
           |   ^
          8|     const account = new Account();
          9|     await Promise.all([account.withdraw(30), account.withdraw(50)]);

    Caused by: AssertionError: expected 50 to be 20 // Object.is equality

    - Expected
    + Received

    - 20
    + 50

     ❯ vitest.check.ts:10:29

    "
  `);
});

test.each(nodes)("so is one of node:test, on Node %s", async (_major, node) => {
  const args = ["--test", "--test-reporter=spec", "runners/node-test.js"];
  const { code, output } = await runNode(node, args);
  expect(code).toBe(1);
  const [, failures] = plain(output).split("failing tests:");
  const shown = failures!.replace(/^\s+at .*\n/gm, "").replace(/ \{$/gm, "");
  expect(shown.slice(0, shown.indexOf("generatedMessage"))).toMatchInlineSnapshot(`
    "

    test at runners/node-test.js:6:1
    ✖ no deadlock (n ms)
      Error [ExplorationError]: deadlock, in schedule 1

        "A" waits for lock "b" (node-test.js:10:66), held by "B" (node-test.js:10:49)
        "B" waits for lock "a" (node-test.js:10:66), held by "A" (node-test.js:10:49)
        "main" waits for the children of task group (node-test.js:11:5)

      the schedule, as short as it could be made (* takes the turn from somebody who could go on):

           A                  B
        1  lock "a": at once
        2                     lock "b": at once

      once more: await replay("0", program)
        code: 'SCHEDULE_FAILED',
        kind: 'deadlock',
        replayId: '0'
      }

    test at runners/node-test.js:17:1
    ✖ no withdrawal is lost (n ms)
      Error [ExplorationError]: failure, in schedule 1

        AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:

        50 !== 20

      the schedule, as short as it could be made (* takes the turn from somebody who could go on):

           main           main 2
        1  write balance
        2                 write balance

      once more: await replay("0", program)
        code: 'SCHEDULE_FAILED',
        kind: 'failure',
        replayId: '0',
        [cause]: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:

        50 !== 20
          "
  `);
  expect(failures).toMatch(/at TestContext.<anonymous> \(runners\/node-test\.js:7:3\)/);
});
