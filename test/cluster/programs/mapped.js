import { defineTasks } from "weftwork/tasks";

export const { twice, slow } = defineTasks(import.meta.url, {
  /** Two records for an input. */
  *twice(n) {
    yield n;
    yield { n, square: n * n };
  },
  async slow(n) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return n * n;
  },
});

export const nameless = (n) => n;
