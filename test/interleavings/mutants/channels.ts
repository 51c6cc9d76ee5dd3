import { mutant, type Seeded } from "./mutant.js";

export const channels: readonly Seeded[] = [
  mutant(
    "channel: in order",
    "bell",
    "rings for nobody",
    "      this.wake();\n",
    "      return;\n",
  ),
  mutant(
    "channel: in order",
    "channel-receiver",
    "asks, and doesn't look again",
    "        if (this.#ring.ready) break;\n        if (!this",
    "        if (!this",
  ),
  mutant(
    "channel: in order",
    "channel-sender",
    "asks for room, and doesn't look again",
    "        if (this.#put(value)) return;\n        if (!this",
    "        if (!this",
  ),
  mutant(
    "channel: in order",
    "byte-ring",
    "writes where there is no room",
    "if (used + skipped + size > this.capacityBytes) return false;",
    "",
  ),
  mutant(
    "channel: closing",
    "byte-ring",
    "sends into what is closed",
    "return compareExchange(this.#words, this.#places.written, written, next) === written;",
    "store(this.#words, this.#places.written, next);\n    return true;",
  ),
  mutant(
    "death: in a channel",
    "shared-channel",
    "who died told nobody",
    "      items.ringInAnyCase();",
    "      ",
  ),
  mutant(
    "death: in a channel",
    "shared-channel",
    "who died had begun to tell",
    "      items.ringInAnyCase();",
    "      items.ring();",
  ),
];
