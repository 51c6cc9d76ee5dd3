/**
 * What is sent, and how one sees that it has come whole.
 *
 * @typedef {object} Payload
 * @property {string} task       the function of `tasks/work.js`
 * @property {(index: number, former: any) => any} next
 *   the input of task `index`; `former` is the input of its lane's former task, which may be used again
 * @property {boolean} [transfer]
 * @property {(result: any, input: any, index: number) => void} check    sees every result
 */
import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert";

const MEGABYTE = 2 ** 20;
const FIRST_ID = 100_000; // so that every id has as many digits
const WHOLE_EVERY = 500; // to compare everything would cost more than to send it

/** @type {Payload} An object of some 182 bytes as JSON. */
export const record = {
  task: "echo",
  next: (index, former) => withId(index, former ?? makeRecord()),
  check: checkEcho,
};

/** @type {Payload} An object of some 8.5 kB as JSON. */
export const document = {
  task: "echo",
  next: (index, former) =>
    withId(index, former ?? { id: 0, records: Array.from({ length: 48 }, makeRecord) }),
  check: checkEcho,
};

/** @type {Payload} A latin1 string of 1 MB. */
export const longString = {
  task: "echo",
  next: (index, former) => former ?? flat(`${index}${"x".repeat(MEGABYTE)}`.slice(0, MEGABYTE)),
  check(result, input, index) {
    strictEqual(result.length, MEGABYTE);
    strictEqual(result.slice(0, 4), input.slice(0, 4));
    if (index % 50 === 0) ok(result === input);
  },
};

/** @type {Payload} An ArrayBuffer of 1 MB that stays here. */
export const copiedBuffer = {
  task: "digest",
  next: (index, former) => marked(index, former ?? new ArrayBuffer(MEGABYTE)),
  check(result, input, index) {
    strictEqual(result, MEGABYTE + 2 * (index & 127));
    strictEqual(input.byteLength, MEGABYTE);
  },
};

/** @type {Payload} One that goes away; each task needs a new one. */
export const transferredBuffer = {
  task: "digest",
  transfer: true,
  next: (index) => marked(index, new ArrayBuffer(MEGABYTE)),
  check(result, input, index) {
    strictEqual(result, MEGABYTE + 2 * (index & 127));
    strictEqual(input.byteLength, 0);
  },
};

function makeRecord() {
  return {
    id: 0,
    name: "Grace Brewster Murray Hopper",
    email: "gbmh@a.example",
    active: true,
    score: 97.25,
    tags: ["compiler", "nanosecond"],
    address: { city: "Arlington", zip: "22201" },
  };
}

function withId(index, object) {
  object.id = FIRST_ID + index;
  return object;
}

function checkEcho(result, input, index) {
  strictEqual(result.id, FIRST_ID + index);
  if (index % WHOLE_EVERY > 0) return;
  notStrictEqual(result, input, "it has not left the thread");
  deepStrictEqual(result, input);
}

/** Its first and last byte tell which one it is. */
function marked(index, buffer) {
  const bytes = new Uint8Array(buffer);
  bytes[0] = bytes[bytes.length - 1] = index & 127;
  return buffer;
}

/** In one piece, where the engine would keep a tree of what it was made of. */
const flat = (text) => Buffer.from(text, "latin1").toString("latin1");
