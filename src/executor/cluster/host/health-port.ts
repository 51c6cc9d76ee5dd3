import { createServer, type Server, type ServerResponse } from "node:http";
import type { ClusterWorkerStats } from "./stats.js";

/** What a metric tells, and whether it only grows. */
const METRICS: Readonly<Record<keyof ClusterWorkerStats, readonly [text: string, kind: string]>> = {
  ready: ["1 if Redis is there and parcels are taken", "gauge"],
  slots: ["Most parcels at once", "gauge"],
  parcels: ["Parcels that run now", "gauge"],
  running: ["Tasks that run now", "gauge"],
  waiting: ["Tasks that wait for a worker", "gauge"],
  completed: ["Tasks, or chunks of inputs, that gave a value", "counter"],
  failed: ["Tasks, or chunks of inputs, that failed", "counter"],
  cancelled: ["Tasks, or chunks of inputs, that were cancelled", "counter"],
  abandoned: ["Parcels that were lost to other hosts, or given back", "counter"],
};

export interface HealthSource {
  stats(): ClusterWorkerStats;
  /** BullMQ's own metrics of the queue, as text for Prometheus. */
  queueMetrics(): Promise<string>;
}

/**
 * Answers the probes of an orchestrator, on this machine only: `/live` while the event loop turns, `/ready`
 * while parcels are taken, `/metrics` for Prometheus.
 */
export class HealthPort {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Errors: those of listening, such as `EADDRINUSE`. */
  static open(port: number, source: HealthSource): Promise<HealthPort> {
    const server = createServer(
      (request, response) => void answer(request.url ?? "", response, source),
    );
    return new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen(port, "127.0.0.1", () => resolve(new HealthPort(server)));
    });
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

async function answer(path: string, response: ServerResponse, source: HealthSource): Promise<void> {
  response.setHeader("content-type", "text/plain; version=0.0.4");
  const stats = source.stats();
  switch (path) {
    case "/live":
      return void response.end("live\n");
    case "/ready":
      response.statusCode = stats.ready ? 200 : 503;
      return void response.end(stats.ready ? "ready\n" : "not ready\n");
    case "/metrics":
      return void response.end(
        `${ownMetrics(stats)}${await source.queueMetrics().catch(() => "")}`,
      );
    default:
      response.statusCode = 404;
      response.end("there are /live, /ready and /metrics\n");
  }
}

function ownMetrics(stats: ClusterWorkerStats): string {
  return Object.entries(METRICS)
    .map(([key, [text, kind]]) => {
      const name = `weft_host_${key}${kind === "counter" ? "_total" : ""}`;
      const value = Number(stats[key as keyof ClusterWorkerStats]);
      return `# HELP ${name} ${text}.\n# TYPE ${name} ${kind}\n${name} ${value}\n`;
    })
    .join("");
}
