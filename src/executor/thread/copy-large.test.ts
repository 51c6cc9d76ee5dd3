import { expect, test } from "vitest";
import { copyLarge } from "./copy-large.js";

const LARGE = 1 << 18;
const large = (): Uint8Array<ArrayBuffer> => new Uint8Array(LARGE).fill(7);

test("large bytes are copied as what they are, and the copy is to be moved", () => {
  const bytes = large();
  for (const value of [bytes, bytes.buffer, new Float64Array(bytes.buffer)]) {
    const copied = copyLarge(value);
    expect(Object.getPrototypeOf(copied!.value)).toBe(Object.getPrototypeOf(value));
    const [buffer] = copied!.buffers;
    expect(buffer).not.toBe(bytes.buffer);
    expect(Buffer.compare(new Uint8Array(buffer!), bytes)).toBe(0);
  }
});

test("a view of a larger buffer brings its own bytes alone, be they few or many", () => {
  const { buffer } = new Uint8Array(2 * LARGE);
  for (const length of [8, LARGE - 8, LARGE]) {
    const copied = copyLarge(new Uint8Array(buffer, 16, length));
    expect(copied!.buffers.map(({ byteLength }) => byteLength)).toEqual([length]);
  }
});

test("so are those in a flat object, and the small ones beside them", () => {
  const image = { pixels: large(), mask: new Uint8Array([1, 2]), width: 512, __proto__: null };
  const { value, buffers } = copyLarge(image)!;
  expect(value).toEqual({ ...image });
  const { pixels, mask } = value as typeof image;
  expect(buffers).toEqual([pixels.buffer, mask.buffer]);
  expect(pixels.buffer).not.toBe(image.pixels.buffer);
});

test("a part named __proto__ is a part like others", () => {
  const value = JSON.parse('{"__proto__":1}') as Record<string, unknown>;
  value["pixels"] = large();
  expect(Object.keys(copyLarge(value)!.value as object)).toEqual(["__proto__", "pixels"]);
});

const bytes = large();
class Image {
  pixels = bytes;
}

test.each<[string, unknown]>([
  ["small bytes", new Uint8Array(LARGE - 1)],
  ["an object without large bytes", { few: new Uint8Array(8), name: "n" }],
  ["a part of a buffer in an object", { bytes, head: new Uint8Array(new ArrayBuffer(16), 0, 8) }],
  ["one buffer that stands twice", { bytes, floats: new Float64Array(bytes.buffer) }],
  ["what holds other objects", { bytes, at: { x: 1 } }],
  ["what holds a function", { bytes, at: () => 1 }],
  ["an object of a class", new Image()],
  ["an array", [bytes]],
  ["many parts", { bytes, ...Object.fromEntries(Array.from({ length: 32 }, (_, i) => [i, i])) }],
  ["a text", "x".repeat(LARGE)],
  ["nothing", null],
])("left to the clone: %s", (_, value) => expect(copyLarge(value)).toBeUndefined());
