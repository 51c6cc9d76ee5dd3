// For runtimes with a command line. The last line that it prints is the result.
import * as weftwork from "../../dist/index.js";
import { smoke } from "./smoke.js";

console.log(JSON.stringify(await smoke(weftwork)));
