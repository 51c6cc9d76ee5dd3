// Reads a listing page by page, four pages ahead, without knowing how many there are.
import { mapConcurrent, type Scope, sleep } from "weftwork";

let loading = 0;
let mostLoading = 0;

async function loadPage(page: number, scope: Scope): Promise<string[]> {
  loading += 1;
  mostLoading = Math.max(mostLoading, loading);
  try {
    await sleep(page === 1 ? 20 : 5, scope); // stands for a request; the first is the slowest
    return page <= 6 ? [`${page}a`, `${page}b`] : [];
  } finally {
    loading -= 1;
  }
}

function* pageNumbers(): Generator<number> {
  for (let page = 1; ; page += 1) yield page;
}

// Pages are asked for only as fast as they are read, and come in order.
const items: string[] = [];
for await (const page of mapConcurrent(pageNumbers(), loadPage, { limit: 4 })) {
  if (page.length === 0) break; // cancels the pages that are still loading, and waits for them
  items.push(...page);
}
console.log(items.join(" "));
console.log(`at most ${mostLoading} at a time, ${loading} left loading`);

// All results at once: toArray() is the fastest way to read them.
const sizes = await mapConcurrent(items, async (item) => item.length, { limit: 4 }).toArray();
console.log(`${sizes.length} items`);

// prints:
// 1a 1b 2a 2b 3a 3b 4a 4b 5a 5b 6a 6b
// at most 4 at a time, 0 left loading
// 12 items
