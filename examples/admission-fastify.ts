// Fastify lets in what keeps its latency near the usual one; the others hear when to come again.
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { AdaptiveLimiter, AsyncEvent, ConcurrencyError, gradient2 } from "weftwork";

// By latency, since what is slow here stands further down. Where the loop is what is slow: aimd, as for Express.
const limiter = new AdaptiveLimiter({ target: gradient2(), max: 2 });
const turnedAway = new AsyncEvent(); // so long the work takes here

/** The hook: before the body is read. */
async function admit(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const response = reply.raw;
  const leaving = new AbortController();
  response.once("close", () => leaving.abort()); // who leaves the server leaves the line
  try {
    const permit = await limiter.acquire(leaving);
    response.once("close", () => permit.release(response.writableFinished ? undefined : "ignored"));
  } catch (error) {
    if (!(error instanceof ConcurrencyError && error.code === "OVERLOADED")) throw error;
    await reply.code(503).header("retry-after", "1").send();
    turnedAway.set();
  }
}

const app = Fastify();
app.addHook("onRequest", admit);
app.get("/", async () => {
  await turnedAway.wait();
  return "done";
});
const url = await app.listen({ port: 0, host: "127.0.0.1" });

const answers = await Promise.all([fetch(url), fetch(url), fetch(url)]);
const told = answers.map(({ status, headers }) => `${status} ${headers.get("retry-after") ?? ""}`);
console.log(told.toSorted());
await app.close();

// prints:
// [ '200 ', '200 ', '503 1' ]
