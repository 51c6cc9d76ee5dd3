// A client that sends at most 50 requests per second, and at most 5 at once after a quiet time.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mapConcurrent, now, RateLimiter, type Scope } from "weftwork";

class Client {
  readonly #limiter = new RateLimiter({ permits: 50, perMs: 1_000, burst: 5 });
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async get(path: string, scope: Scope): Promise<string> {
    await this.#limiter.acquire(scope); // in line with all other callers; a cancel leaves the line
    const response = await fetch(`${this.#origin}${path}`, { signal: scope.signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    return text;
  }
}

const server = createServer((request, response) => response.end(`hello ${request.url}`));
await once(server.listen(0, "127.0.0.1"), "listening");
const client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

const startMs = now();
const paths = Array.from({ length: 15 }, (_, n) => `/${n}`);
const get = (path: string, scope: Scope): Promise<string> => client.get(path, scope);
const texts = await mapConcurrent(paths, get, { limit: 10 }).toArray();
console.log(`${texts.length} answers, the last: ${texts.at(-1)}`);
// Five at once, then one every 20 ms.
console.log(`at least 200 ms: ${now() - startMs >= 200}`);
server.close();

// prints:
// 15 answers, the last: hello /14
// at least 200 ms: true
