/**
 * Functions of the corpus: asks for advice on each, runs it under every model in turn, and prints a line of
 * JSON.
 *
 *     node --expose-gc measure.js <rounds> <context as JSON> <name> ...
 */
import { isDeepStrictEqual } from "node:util";
import { mapConcurrent } from "../../dist/index.js";
import { advise, AutoExecutor } from "../../dist/advisor/index.js";
import { ProcessExecutor, ThreadExecutor } from "../../dist/executor/index.js";
import { heldOut, tuning } from "./corpus/index.js";

const LIMIT = 64;

const smoke = process.env.WEFT_BENCH_SHARE !== undefined;
const [rounds, contextText, ...names] = process.argv.slice(2);
for (const name of names) {
  const entry = [...tuning, ...heldOut].find((each) => each.name === name);
  console.log(JSON.stringify(await measure(entry, entry.inputs(JSON.parse(contextText)))));
}
process.exit(0);

async function measure({ name, task }, items) {
  const advice = await advise(task, items, { limit: LIMIT, timeMs: smoke ? 20 : 1000 });
  // Pools are there before the first round, and warm: what is compared is how fast they go.
  const threads = new ThreadExecutor(settingsOf(advice, "threads"));
  const processes = new ProcessExecutor(settingsOf(advice, "processes"));
  const decisions = [];
  const models = {
    async: () => mapConcurrent(items, task, { limit: LIMIT }).toArray(),
    threads: () => threads.map(task, items).toArray(),
    processes: () => processes.map(task, items).toArray(),
    // Each time a new one, which has to find out and to start its threads: all of that counts.
    auto: async () => {
      const executor = new AutoExecutor({ limit: LIMIT });
      const outputs = await executor.map(task, items).toArray();
      decisions.push(executor.stats().decision);
      await executor.close();
      return outputs;
    },
  };
  const expected = await models.async();
  if (!smoke)
    for (const model of ["threads", "processes"]) check(model, await models[model](), expected);
  const timesMs = Object.fromEntries(Object.keys(models).map((model) => [model, []]));
  for (let round = 0; round < Number(rounds); round += 1)
    for (const [model, run] of Object.entries(models)) {
      globalThis.gc();
      const startMs = performance.now();
      const outputs = await run();
      timesMs[model].push(performance.now() - startMs);
      check(model, outputs, expected);
    }
  await Promise.all([threads.close(), processes.close()]);
  return { name, items: items.length, advice, decision: decisions.at(-1), timesMs };
}

function settingsOf({ ranking }, model) {
  const { workers, tasksPerWorker } = ranking.find((each) => each.model === model);
  return { workers: smoke ? 1 : workers, tasksPerWorker };
}

function check(model, outputs, expected) {
  if (!isDeepStrictEqual(outputs, expected)) throw new Error(`${model} gave other outputs`);
}
