// A host: serves a queue until SIGTERM. Its options stand in the first argument, as JSON.
import { ClusterWorker } from "weftwork/cluster";

const worker = await ClusterWorker.start(JSON.parse(process.argv[2]));
process.send?.({ ready: true });
process.once("SIGTERM", () => void worker.close().then(() => process.disconnect?.()));
