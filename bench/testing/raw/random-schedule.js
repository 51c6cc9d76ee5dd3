/** The least that chooses who goes on: everybody waits at `step` until chance takes him. */
export async function randomSchedule(seed, program) {
  const ready = [];
  let state = seed * 0x9e3779b1 + 1;
  const random = () => (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32;
  let over = false;
  const ended = program(() => new Promise((resolve) => ready.push(resolve)));
  ended.then(() => (over = true));
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    if (ready.length === 0) continue;
    const [goOn] = ready.splice(Math.floor(random() * ready.length), 1);
    goOn();
  }
  return ended;
}
