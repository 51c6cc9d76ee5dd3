import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a port that can be cut, as a cable can: everything that goes that way goes through here. */
export class Proxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #state: "open" | "cut" | "mute" = "open";

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    server.on("connection", (socket) => proxy.#join(socket, port));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  /** Ends all connections, and each new one at once. */
  cut(): void {
    this.#state = "cut";
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets nothing through, in either direction, and says nothing of it. */
  mute(): void {
    this.#state = "mute";
  }

  /** New connections go through; those that were muted are gone. */
  mend(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#state = "open";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, port: number): void {
    if (this.#state === "cut") return void near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on("data", (bytes) => this.#state === "open" && to.write(bytes));
      from.on("error", () => {}); // its end says the same
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
