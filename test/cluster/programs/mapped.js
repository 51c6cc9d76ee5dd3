import { existsSync } from "node:fs";
import { defineTasks } from "weftwork/tasks";

export const { twice, gated } = defineTasks(import.meta.url, {
  /** Two records for an input. */
  *twice(n) {
    yield n;
    yield { n, square: n * n };
  },
  /** Goes no further than to the 2,000th before there is a file "go-on". */
  async gated(n) {
    if (n === 2_000)
      while (!existsSync("go-on")) await new Promise((resolve) => setTimeout(resolve, 20));
    return n * n;
  },
});

export const nameless = (n) => n;
