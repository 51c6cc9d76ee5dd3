import { defineTasks } from "../../../dist/executor/task-module/index.js";
import * as work from "./work.js";

export const tasks = defineTasks(import.meta.url, { ...work });
