import { AsyncLocalStorage } from "node:async_hooks";
import type { TaskInfo } from "../../../core/index.js";

/** Somebody who does one thing after another: a task, or one of several things that a task does at once. */
export class Strand {
  readonly run: object;
  readonly name: string;
  /** Waits that this strand has begun and not come back from. */
  waiting = 0;

  constructor(run: object, name: string) {
    this.run = run;
    this.name = name;
  }
}

/** Follows a strand through `await`. The native promises in between are none of ours, and can't be asked. */
const context = new AsyncLocalStorage<Strand>();

/** Tells of one run who does what is being done now. */
export class Strands {
  readonly main: Strand;
  readonly #run: object;
  readonly #names = new Map<string, number>();
  readonly #tasks = new Map<number, Strand>();
  readonly #outer: (Strand | undefined)[] = [];
  /** Numbers of tasks go on and on in a process; within a run they begin at one, so that names repeat. */
  #firstTask: number | undefined;

  constructor(run: object) {
    this.#run = run;
    this.main = this.#make("main");
  }

  /** Whose code this is; undefined if it isn't that of this run. */
  get current(): Strand | undefined {
    const strand = context.getStore();
    return strand?.run === this.#run ? strand : undefined;
  }

  /** True for code that an earlier run has left behind. */
  get isLate(): boolean {
    const strand = context.getStore();
    return strand !== undefined && strand.run !== this.#run;
  }

  /** The strand that begins a wait now. One that waits already is two from here on. */
  entering(): Strand {
    let strand = this.current ?? this.main;
    if (strand.waiting > 0) {
      strand = this.#make(strand.name.replace(/ \d+$/, ""));
      context.enterWith(strand);
    }
    strand.waiting += 1;
    return strand;
  }

  within<T>(strand: Strand, run: () => T): T {
    return context.run(strand, run);
  }

  taskStarted(task: TaskInfo): void {
    this.#firstTask ??= task.id;
    const strand = this.#make(this.plain(task.name));
    this.#tasks.set(task.id, strand);
    this.#outer.push(context.getStore());
    context.enterWith(strand);
  }

  taskEntered(): void {
    context.enterWith(this.#outer.pop() as Strand);
  }

  ofTask(task: TaskInfo): Strand {
    return this.#tasks.get(task.id) ?? this.main;
  }

  /** A text with the numbers of unnamed tasks as they are within this run. */
  plain(text: string): string {
    if (this.#firstTask === undefined || !text.includes("task ")) return text;
    const before = this.#firstTask - 1;
    return text.replace(/\btask (\d+)\b/g, (_, id: string) => {
      return `task ${Number(id) > before ? Number(id) - before : id}`;
    });
  }

  #make(name: string): Strand {
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return new Strand(this.#run, count === 1 ? name : `${name} ${count}`);
  }
}
