// Express lets in what its event loop can bear; the others wait a little, and then hear when to come again.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express, { type NextFunction, type Request, type Response } from "express";
import { AdaptiveLimiter, aimd, AsyncEvent, ConcurrencyError } from "weftwork";
import { monitorLoop } from "weftwork/loop";

using monitor = monitorLoop();
const limiter = new AdaptiveLimiter({ target: aimd({ delay: monitor }), max: 2 });
const turnedAway = new AsyncEvent(); // so long the work takes here
/** The hook: in front of all that takes time. */
async function admit(_request: Request, response: Response, next: NextFunction): Promise<void> {
  const leaving = new AbortController();
  response.once("close", () => leaving.abort()); // who leaves the server leaves the line
  try {
    const permit = await limiter.acquire(leaving);
    response.once("close", () => permit.release(response.writableFinished ? undefined : "ignored"));
    next();
  } catch (error) {
    if (leaving.signal.aborted) return;
    if (!(error instanceof ConcurrencyError && error.code === "OVERLOADED")) return next(error);
    response.status(503).set("Retry-After", "1").end();
    turnedAway.set();
  }
}

const app = express();
app.use(admit);
app.get("/", (_request, response) => void turnedAway.wait().then(() => response.send("done")));
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const answers = await Promise.all([fetch(url), fetch(url), fetch(url)]);
const told = answers.map(({ status, headers }) => `${status} ${headers.get("retry-after") ?? ""}`);
console.log(told.toSorted());
server.close();

// prints:
// [ '200 ', '200 ', '503 1' ]
