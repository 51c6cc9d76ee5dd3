// A server that, on SIGTERM, takes no more requests and answers those that it has.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { runMain, type Scope, sleep } from "weftwork";

async function main(scope: Scope): Promise<void> {
  const server = createServer(async (_request, response) => {
    process.kill(process.pid, "SIGTERM"); // as a supervisor does, here in the middle of a request
    await sleep(50); // no scope: a request that has come in is answered
    if (scope.cancelled) response.setHeader("connection", "close"); // else it keeps the server open
    response.end("answered");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const visit = fetch(`http://127.0.0.1:${port}/`);
  try {
    await sleep(Infinity, scope); // until a signal comes
  } finally {
    console.log(String(scope.reason));
    server.close();
    await once(server, "close");
    console.log(`the visitor was ${await (await visit).text()}`);
  }
}

// A second signal ends the process at once, and so do ten seconds of cleaning up.
await runMain(main, { graceMs: 10_000 });

// prints:
// AbortError: received SIGTERM
// the visitor was answered

// exits with: 143
