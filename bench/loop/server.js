// A server whose requests compute and wait. How it admits them is the first argument; it prints its port.
import Fastify from "fastify";
import { AdaptiveLimiter, aimd, gradient2, vegas } from "../../dist/index.js";
import { monitorLoop, watchStalls } from "../../dist/loop/index.js";

/** Computes for some 2 ms, twice per request; the same work for everybody, whatever the machine. */
function compute() {
  let sum = 0;
  for (let i = 0; i < 1_200_000; i += 1) sum = (sum + Math.imul(i, i ^ sum)) | 0;
  return sum;
}

/** Where the load opens its connections; the answer takes long enough that none is used twice. */
const OPENING = "/open";

const database = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Acquires a permit before the handler, and gives it back when the response has gone. */
function limited(app, target) {
  const limiter = new AdaptiveLimiter({ target, max: 500 });
  app.addHook("onRequest", async (request, reply) => {
    if (request.url === OPENING) return;
    try {
      const permit = await limiter.acquire();
      reply.raw.once("close", () => permit.release());
    } catch (error) {
      if (error.code !== "OVERLOADED") throw error;
      await reply.code(503).header("retry-after", "1").send();
    }
  });
}

const admissions = {
  none: () => {},
  async "toobusy-js"(app) {
    const { default: toobusy } = await import("toobusy-js");
    app.addHook("onRequest", async (request, reply) => {
      if (toobusy()) await reply.code(503).header("retry-after", "1").send();
    });
  },
  async "@fastify/under-pressure"(app) {
    const { default: underPressure } = await import("@fastify/under-pressure");
    // toobusy's threshold; it has none by default.
    await app.register(underPressure, { maxEventLoopDelay: 70, retryAfter: 1 });
  },
  delay: (app) => limited(app, aimd({ delay: monitorLoop() })),
  gradient: (app) => limited(app, gradient2()),
  vegas: (app) => limited(app, vegas()),
  watchStalls: () => void watchStalls({ onStall() {} }),
  "watchStalls, no tasks": () => void watchStalls({ onStall() {}, tasks: false }),
  monitorLoop: () => void monitorLoop(),
};

const app = Fastify({ keepAliveTimeout: 120_000 });
await admissions[process.argv[2]](app);
app.get("/", async () => {
  compute();
  await database();
  return { sum: compute() & 1 };
});
app.get(OPENING, () => new Promise((resolve) => setTimeout(resolve, 1_000, {})));
await app.listen({ port: 0, host: "127.0.0.1" });
process.send({ port: app.server.address().port });
process.on("message", () => process.send(process.cpuUsage()));
process.once("disconnect", () => process.exit());
