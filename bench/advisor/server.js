/** An HTTP server that answers each request after 5 ms. Ends with its parent. */
import { createServer } from "node:http";

const ANSWER_MS = 5;
const answer = "x".repeat(1000);

const server = createServer((_, response) => {
  setTimeout(() => response.end(answer), ANSWER_MS);
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit(0));
