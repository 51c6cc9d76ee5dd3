const bytes = (length) => ({
  codec: "bytes",
  make: () => new Uint8Array(length).fill(7),
  check: (value) => value.length === length && value[length - 1] === 7,
});

/** What goes through a channel. */
export const payloads = {
  "1k": bytes(1024),
  "64k": bytes(65_536),
  json: {
    codec: "json",
    make: () => ({ id: 4711, name: "a small object", tags: ["x", "y"], price: 12.5, done: false }),
    check: (value) => value.id === 4711 && value.tags.length === 2,
  },
};
