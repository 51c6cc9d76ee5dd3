import { ThreadWorker } from "poolifier";
import * as work from "./work.js";

export default new ThreadWorker({ ...work });
