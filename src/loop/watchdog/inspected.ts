import type { Session } from "node:inspector";

/** The inspector of a thread, as the watchdog speaks to it. */
export interface Inspected {
  post(method: string, params?: object): Promise<unknown>;
  /** Called with the parameters of each event of the name. */
  on(event: string, run: (params: never) => void): void;
}

export function inspectedMain(session: Session): Inspected {
  return {
    post: (method, params) =>
      new Promise((resolve, reject) => {
        session.post(method, params, (error, result) => {
          if (error === null) resolve(result);
          else reject(error);
        });
      }),
    on(event, run) {
      session.on(event, ({ params }: { params: never }) => run(params));
    },
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A worker's inspector: its messages go through the main thread's, also while that is busy. */
export class InspectedWorker implements Inspected {
  readonly #main: Inspected;
  readonly #sessionId: string;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #listeners = new Map<string, (params: never) => void>();
  #lastId = 0;

  constructor(main: Inspected, sessionId: string) {
    this.#main = main;
    this.#sessionId = sessionId;
  }

  post(method: string, params?: object): Promise<unknown> {
    const id = (this.#lastId += 1);
    const message = JSON.stringify({ id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(error.message));
      });
      const { sessionId } = { sessionId: this.#sessionId };
      this.#main.post("NodeWorker.sendMessageToWorker", { sessionId, message }).catch(reject);
    });
  }

  on(event: string, run: (params: never) => void): void {
    this.#listeners.set(event, run);
  }

  received(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id !== undefined) {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    } else this.#listeners.get(message.method ?? "")?.(message.params as never);
  }
}
