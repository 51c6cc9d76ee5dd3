/** The second thread of a case: does what `workerData.does` says, until it is ended. */
import { parentPort, workerData } from "node:worker_threads";
import { spinLock } from "./raw.js";
import { payloads } from "./payloads.js";
import { newWords } from "./second-thread.js";

const { does, words, payload, handle, warmUps } = workerData;

const actions = {
  async contendOurs() {
    const { SharedLock } = await import("../../dist/shared/index.js");
    const lock = SharedLock.from(handle);
    return (size) => {
      for (let i = 0; i < size; i += 1) lock.acquireSync().release();
    };
  },
  contendRaw() {
    const lock = spinLock(words, 0);
    return (size) => {
      for (let i = 0; i < size; i += 1) {
        lock.take();
        lock.give();
      }
    };
  },
  async sendByChannel() {
    const { SharedChannel } = await import("../../dist/shared/index.js");
    const channel = SharedChannel.from(handle);
    const value = payloads[payload].make();
    return (size) => {
      for (let i = 0; i < size; i += 1) channel.sendSync(value);
    };
  },
  sendByPort() {
    const value = payloads[payload].make();
    return (size) => {
      for (let i = 0; i < size; i += 1) parentPort.postMessage(value);
    };
  },
  async wakeOurs() {
    const { SharedEvent } = await import("../../dist/shared/index.js");
    const event = SharedEvent.from(handle);
    const mine = new SharedEvent();
    for (let i = 0; i < warmUps; i += 1) {
      mine.set();
      mine.waitSync();
      mine.clear();
    }
    return (size) => {
      for (let i = 1; i <= size; i += 1) {
        event.waitSync();
        event.clear();
        Atomics.store(words, 1, i);
      }
    };
  },
  wakeRaw() {
    const mine = newWords();
    for (let i = 0; i < warmUps; i += 1) Atomics.wait(mine, 0, 1);
    return (size) => {
      for (let i = 1; i <= size; i += 1) {
        Atomics.wait(words, 0, 0);
        Atomics.store(words, 0, 0);
        Atomics.store(words, 1, i);
      }
    };
  },
};

const run = await actions[does]();
parentPort.on("message", (size) => {
  run(size);
  parentPort.postMessage("done");
});
parentPort.postMessage("ready");
