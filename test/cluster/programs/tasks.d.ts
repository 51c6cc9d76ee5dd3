import type { TaskScope } from "weftwork/executor";

export declare const tasks: {
  square: (n: number) => number;
  slowSquare: (n: number) => number;
  failOnThrees: (n: number) => number;
  keyOf: (input: unknown, scope: TaskScope) => { key: string; attempt: number };
  holdKey: (port: number, scope: TaskScope) => Promise<string>;
  blockUntil: (path: string) => string;
  big: (length: number) => string;
  killHost: (input: unknown) => void;
};
