/** 0, 1, ... in an array that was never grown. */
export function numbers(size) {
  const all = new Array(size);
  for (let i = 0; i < size; i++) all[i] = i;
  return all;
}

/** The work of the map and limiter cases: as little as an async function can do. */
export const increment = async (item) => item + 1;
