/** The little that is needed of an assertion library: this runs in browsers too. */
export function check(fact, claim) {
  if (!fact) throw new Error(`not so: ${claim}`);
}

export function same(actual, expected) {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(is === should, `${is} is ${should}`);
}

/** What `run` rejects with or throws. */
export async function failure(run) {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error("it should have failed");
}
