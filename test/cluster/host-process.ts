import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ClusterWorkerOptions } from "weftwork/cluster";

const program = join(import.meta.dirname, "programs/host.js");

/** A host of a cluster: a process of its own, as on a machine of its own. */
export class HostProcess implements AsyncDisposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(options: ClusterWorkerOptions): Promise<HostProcess> {
    const child = fork(program, [JSON.stringify(options)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const host = new HostProcess(child);
    const [message] = (await Promise.race([
      once(child, "message"),
      once(child, "exit"),
    ])) as unknown[];
    if (typeof message !== "object") throw new Error(`the host exited with ${String(message)}`);
    return host;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get exited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves with the exit code when it has ended. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (!this.exited) {
      const exit = once(this.#child, "exit");
      this.#child.kill(signal);
      if (signal === "SIGKILL") this.#child.kill("SIGCONT");
      await exit;
    }
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end("SIGKILL");
  }
}
