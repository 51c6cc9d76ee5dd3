// Load from a process of its own. Arguments: port, seconds, then a rate per second for an open loop, which
// sends whether or not the answers come, or `x16` for sixteen callers that each wait for theirs. With a fourth,
// `smoke`, it only shows that it runs.
import { Agent, get } from "node:http";

const [port, seconds, pace, smoke] = process.argv.slice(2);
/** Opened before, as by a proxy: Node accepts one connection per turn of its loop, and would starve new ones. */
const CONNECTIONS = smoke ? 50 : 800;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
/** A client that waits longer has left. */
const PATIENCE_MS = 2_000;
const WARM_UP_MS = smoke ? 100 : 2_000;

await Promise.all(
  Array.from(
    { length: CONNECTIONS },
    () =>
      new Promise((resolve) => {
        get({ port, host: "127.0.0.1", path: "/open", agent }, (response) => {
          response.resume().once("end", resolve);
        });
      }),
  ),
);

const startMs = performance.now();
const endMs = startMs + WARM_UP_MS + seconds * 1_000;
const counts = { sent: 0, good: 0, late: 0, refused: 0, failed: 0 };
const latencies = [];

function send(dueMs) {
  const counted = dueMs >= startMs + WARM_UP_MS && dueMs < endMs;
  if (counted) counts.sent += 1;
  return new Promise((resolve) => {
    const end = (statusCode) => {
      const latencyMs = performance.now() - dueMs;
      if (counted && statusCode === 200) {
        latencies.push(latencyMs);
        counts[latencyMs <= 100 ? "good" : "late"] += 1;
      } else if (counted) counts[statusCode === 503 ? "refused" : "failed"] += 1;
      resolve();
    };
    const request = get({ port, host: "127.0.0.1", agent, timeout: PATIENCE_MS }, (response) => {
      response
        .resume()
        .once("end", () => end(response.statusCode))
        .once("error", () => end(0));
    });
    request.once("timeout", () => request.destroy(new Error("left")));
    request.once("error", () => end(0));
  });
}

async function caller() {
  while (performance.now() < endMs) await send(performance.now());
}

/** As many as are due by now, each counted from when it was due: a late generator must not flatter. */
async function openLoop(rate) {
  const open = new Set();
  let dueMs = startMs;
  while (dueMs < endMs) {
    for (; dueMs <= performance.now(); dueMs += 1_000 / rate) {
      const request = send(dueMs).finally(() => open.delete(request));
      open.add(request);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
}

if (pace.startsWith("x")) await Promise.all(Array.from({ length: Number(pace.slice(1)) }, caller));
else await openLoop(Number(pace));
latencies.sort((a, b) => a - b);
const at = (part) => latencies[Math.ceil(part * latencies.length) - 1];
const perSecond = (count) => count / seconds;
process.send({
  goodput: perSecond(counts.good),
  throughput: perSecond(latencies.length),
  refused: perSecond(counts.refused),
  failed: perSecond(counts.failed),
  p50: at(0.5),
  p99: at(0.99),
});
process.disconnect();
agent.destroy();
