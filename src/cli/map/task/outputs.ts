/** Whether, and beside which input, outputs are shown. */
type Beside = { readonly input: unknown } | undefined;

/**
 * What a function gave, as lines of JSON: one for a value, one for each that a generator yields. A function
 * that gives a value at once costs no promise.
 */
export function outputsOf(outcome: unknown, beside: Beside): string | Promise<string> {
  if (typeof outcome !== "object" || outcome === null) return lineOf(outcome, beside);
  if (typeof (outcome as PromiseLike<unknown>).then === "function") {
    return Promise.resolve(outcome).then((value) => outputsOf(value, beside));
  }
  if (Symbol.asyncIterator in outcome) return linesOf(outcome as AsyncIterable<unknown>, beside);
  if (isGenerator(outcome)) return Array.from(outcome, (each) => lineOf(each, beside)).join("");
  return lineOf(outcome, beside);
}

async function linesOf(outputs: AsyncIterable<unknown>, beside: Beside): Promise<string> {
  let lines = "";
  for await (const output of outputs) lines += lineOf(output, beside);
  return lines;
}

// An array or a Map is a value; what has `next` itself is a generator.
function isGenerator(outcome: object): outcome is Iterable<unknown> {
  return Symbol.iterator in outcome && "next" in outcome;
}

function lineOf(output: unknown, beside: Beside): string {
  // What JSON has no word for is null: a record per input, whatever a function returns.
  const value: unknown = output === undefined ? null : output;
  const json = JSON.stringify(beside === undefined ? value : { ...beside, output: value }) as
    | string
    | undefined;
  return `${json ?? "null"}\n`;
}
