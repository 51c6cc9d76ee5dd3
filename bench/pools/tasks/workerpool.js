import workerpool from "workerpool";
import * as work from "./work.js";

workerpool.worker({ ...work });
