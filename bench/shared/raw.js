/** A lock that spins: the least that leaves one thread in at a time, and burns a processor for it. */
export function spinLock(words, at) {
  return {
    take() {
      while (Atomics.compareExchange(words, at, 0, 1) !== 0);
    },
    give() {
      Atomics.store(words, at, 0);
    },
  };
}
