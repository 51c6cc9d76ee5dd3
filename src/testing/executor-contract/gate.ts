import { createServer, type Server, type Socket } from "node:net";
import { AsyncEvent } from "../../sync/index.js";

/**
 * Holds tasks, wherever they run, until the test lets them go on: they knock at a port (`knock`) and wait
 * for an answer. So a test decides what happens before what, and sleeps nowhere. Since a connection ends
 * with whatever holds it, the gate also sees a worker die.
 *
 * Close it before the executor whose tasks it holds: `await using` in the opposite order does.
 */
export class Gate implements AsyncDisposable {
  /** Who has knocked, in order. */
  readonly names: string[] = [];
  /** Most that ever waited here at once. */
  most = 0;
  readonly #server: Server;
  readonly #inside = new Map<string, Socket>();
  readonly #arrived = new Events();
  readonly #left = new Events();
  #open = false;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => this.#hear(socket));
  }

  static create(): Promise<Gate> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen(0, "127.0.0.1", () => resolve(new Gate(server)));
    });
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** Once `name` has knocked. */
  arrival(name: string): Promise<void> {
    return this.#arrived.of(name).wait();
  }

  /** Once `name` has been let through, has turned away, or has died. */
  departure(name: string): Promise<void> {
    return this.#left.of(name).wait();
  }

  /** Lets one through that has knocked. */
  let(name: string): void {
    this.#inside.get(name)?.end();
    this.#inside.delete(name);
  }

  /** Lets everybody through from now on. */
  open(): void {
    this.#open = true;
    for (const name of this.#inside.keys()) this.let(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.open();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #hear(socket: Socket): void {
    let heard = "";
    socket.setEncoding("utf8");
    socket.on("error", () => {}); // it is closed then, which says the same
    socket.on("data", (text: string) => {
      heard += text;
      if (heard.endsWith("\n")) this.#enter(heard.slice(0, -1), socket);
    });
  }

  #enter(name: string, socket: Socket): void {
    this.names.push(name);
    this.#inside.set(name, socket);
    this.most = Math.max(this.most, this.#inside.size);
    socket.on("close", () => {
      if (this.#inside.get(name) === socket) this.#inside.delete(name);
      this.#left.of(name).set();
    });
    if (this.#open) this.let(name);
    this.#arrived.of(name).set();
  }
}

class Events {
  readonly #byName = new Map<string, AsyncEvent>();

  of(name: string): AsyncEvent {
    let event = this.#byName.get(name);
    if (event === undefined) this.#byName.set(name, (event = new AsyncEvent()));
    return event;
  }
}
