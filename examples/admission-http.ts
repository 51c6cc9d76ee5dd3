// A server that lets in what its event loop can bear; the others hear at once when to come again.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AdaptiveLimiter, aimd, AsyncEvent } from "weftwork";
import { monitorLoop } from "weftwork/loop";

using monitor = monitorLoop();
const limiter = new AdaptiveLimiter({ target: aimd({ delay: monitor }), max: 2 });
const turnedAway = new AsyncEvent(); // so long the work takes here

/** The hook, of a few lines. False: the request has had its answer. */
function admit(response: ServerResponse): boolean {
  const permit = limiter.tryAcquire();
  if (permit === undefined) {
    response.writeHead(503, { "retry-after": "1" }).end();
    turnedAway.set();
    return false;
  }
  // A client that has left says nothing of how long the work takes.
  response.once("close", () => permit.release(response.writableFinished ? undefined : "ignored"));
  return true;
}

const server = createServer(async (_request, response) => {
  if (!admit(response)) return;
  await turnedAway.wait();
  response.end("done");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const answers = await Promise.all([fetch(url), fetch(url), fetch(url)]);
const told = answers.map(({ status, headers }) => `${status} ${headers.get("retry-after") ?? ""}`);
console.log(told.toSorted());
server.close();

// prints:
// [ '200 ', '200 ', '503 1' ]
