import { strictEqual } from "node:assert";
import { ours, postMessage, threadPools } from "../kinds.js";
import { keepFull } from "../load.js";
import { doing } from "./numbers-case.js";

/** Sends `payload` around. Gives how many results were checked. */
const sending = (payload, inFlight) => (pool) => {
  const submit = pool.task(payload.task);
  return async (size, watch) => {
    const inputs = Array.from({ length: inFlight }, (_, lane) => payload.next(lane));
    const indices = inputs.map((_, lane) => lane);
    let checked = 0;
    watch.start();
    await keepFull({
      size,
      inFlight,
      submit(index, lane) {
        const input = payload.next(index, inputs[lane]);
        inputs[lane] = input;
        indices[lane] = index;
        return submit(input, payload.transfer ? [input] : undefined);
      },
      take(result, lane) {
        payload.check(result, inputs[lane], indices[lane]);
        checked += 1;
      },
    });
    watch.stop();
    return checked;
  };
};

/**
 * @param {object} which    a case's own fields, and:
 * @param {import("../payloads.js").Payload} which.payload
 * @param {number} which.inFlight
 * @param {import("../pool.js").PoolKind[]} [which.pools]  if not all can do it
 * @returns {import("../../harness/case.js").Case}
 */
export function payloadCase({ payload, inFlight, pools = threadPools, ...named }) {
  return {
    unit: "us per task",
    unitNs: 1_000,
    rate: "tasks/s",
    ...named,
    check: (checked, size) => strictEqual(checked, size),
    implementations: [ours, postMessage, ...pools].map(doing(sending(payload, inFlight))),
  };
}
