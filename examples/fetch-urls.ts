// Fetches a thousand URLs, 20 at a time, each within five seconds. A bad status is an error.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mapConcurrent, type Scope, TaskGroupError, withTimeout } from "weftwork";

const server = createServer(({ url }, response) => {
  if (url === "/500") return; // never answers
  response.statusCode = url === "/13" ? 503 : 200;
  response.end(`this is ${url}`);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = server.address() as AddressInfo;
const urls = Array.from({ length: 1_000 }, (_, n) => `http://127.0.0.1:${port}/${n}`);

function fetchText(url: string, scope: Scope): Promise<string> {
  const load = async ({ signal }: Scope): Promise<string> => {
    const response = await fetch(url, { signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`status ${response.status}`);
    return text;
  };
  return withTimeout(5_000, load, scope);
}

const pages: string[] = [];
try {
  const results = mapConcurrent(urls, fetchText, { limit: 20, onError: "collect" });
  for await (const page of results) pages.push(page);
} catch (error) {
  if (!(error instanceof TaskGroupError)) throw error;
  error.errors.forEach((each, i) => console.log(`page ${error.indices?.[i]}: ${each}`));
}
console.log(`${pages.length} pages, the last: ${pages.at(-1)}`);
server.close();

// prints:
// page 13: Error: status 503
// page 500: TimeoutError: timed out after 5000 ms
// 998 pages, the last: this is /999
