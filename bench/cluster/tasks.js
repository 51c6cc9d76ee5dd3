import { defineTasks } from "../../dist/executor/index.js";

export const { next } = defineTasks(import.meta.url, { next: (n) => n + 1 });
