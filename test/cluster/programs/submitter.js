// Submits a task that waits at a gate, and lives until it is killed: `submitter.js CONNECTION QUEUE PORT`.
import { ClusterExecutor } from "weftwork/cluster";
import { tasks } from "../../../dist/testing/executor-contract/tasks.js";

const [, , connection, queue, port] = process.argv;
const cluster = new ClusterExecutor({ connection, queue, leaseMs: 3_000 });
await cluster.submit(tasks.hold, { port: Number(port), name: "orphan" });
