/** From here on the one way is faster, below the other: it pays to call into the runtime. */
const MANY_BYTES = 2048;

/**
 * Copies bytes, from or to shared memory too, which nobody else looks at meanwhile.
 *
 * `set` copies shared memory one word at a time, as if others might write to it; `fill` is the one method of Node's
 * buffers, from 20 to 26, that moves all of it at once: three times as fast for 64 KiB.
 */
export function copyBytes(from: Uint8Array, to: Buffer, at: number): void {
  if (from.byteLength < MANY_BYTES) to.set(from, at);
  else to.fill(from, at, at + from.byteLength);
}

/** A copy of bytes, of shared memory too, in a buffer of its own. */
export function copyOf(from: Uint8Array): Uint8Array<ArrayBuffer> {
  if (from.byteLength < MANY_BYTES) {
    const copy = new Uint8Array(from.byteLength);
    copy.set(from);
    return copy;
  }
  const copy = Buffer.allocUnsafeSlow(from.byteLength); // not zeroed: all of it is written now
  copyBytes(from, copy, 0);
  return new Uint8Array(copy.buffer);
}
