import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

function start(node, file, args) {
  return fork(join(import.meta.dirname, file), args, { execPath: node });
}

/** Puts `load` on a server that admits by `admission`; both are processes of their own. */
export async function measure(node, admission, { seconds, pace, smoke }) {
  const server = start(node, "server.js", [admission]);
  try {
    const [{ port }] = await once(server, "message");
    const before = await cpu(server);
    const load = start(
      node,
      "load.js",
      [port, seconds, pace, ...(smoke ? ["smoke"] : [])].map(String),
    );
    const [figures] = await once(load, "message");
    const after = await cpu(server);
    return { ...figures, cpuSeconds: after - before };
  } finally {
    server.kill();
  }
}

/** Runs a program, and gives what it sends. */
export async function result(node, file, args) {
  const [figures] = await once(start(node, file, args), "message");
  return figures;
}

async function cpu(server) {
  server.send("cpu?");
  const [{ user, system }] = await once(server, "message");
  return (user + system) / 1e6;
}
