import { strictEqual } from "node:assert";
import { payloads } from "../payloads.js";
import { secondThread } from "../second-thread.js";

const AT_ONCE = 64;

function byPort(payload, check) {
  return async () => {
    const other = await secondThread({ does: "sendByPort", payload });
    const run = async (size, watch) => {
      let came = 0;
      watch.start();
      await new Promise((resolve) => {
        const take = (value) => {
          if (value === "done") {
            other.worker.off("message", take);
            resolve();
          } else if (check(value)) came += 1;
        };
        other.worker.on("message", take);
        other.go(size);
      });
      watch.stop();
      return came;
    };
    return Object.assign(run, { close: other.close });
  };
}

function byChannel(payload, codec, check) {
  return async () => {
    const { SharedChannel } = await import("../../../dist/shared/index.js");
    const channel = new SharedChannel({ capacityBytes: 2 ** 22, codec });
    const other = await secondThread({ does: "sendByChannel", payload, handle: channel.handle() });
    const run = async (size, watch) => {
      let came = 0;
      watch.start();
      const done = other.done();
      other.go(size);
      for (let taken = 0; taken < size;) {
        const values = await channel.receiveMany(AT_ONCE);
        taken += values.length;
        for (const value of values) if (check(value)) came += 1;
      }
      watch.stop();
      await done;
      return came;
    };
    return Object.assign(run, { close: other.close });
  };
}

/** @returns {import("../../harness/case.js").Case} */
export function channelCase({ payload, ...named }) {
  const { codec, check } = payloads[payload];
  return {
    unit: "ns per value",
    rate: "values/s",
    smokeSize: 50,
    ...named,
    check: (came, size) => strictEqual(came, size),
    implementations: [
      { name: "weftwork", load: byChannel(payload, codec, check) },
      { name: "MessagePort", note: "without back-pressure", load: byPort(payload, check) },
    ],
  };
}
