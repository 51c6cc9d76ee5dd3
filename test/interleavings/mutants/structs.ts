import { mutant, type Seeded } from "./mutant.js";

export const structs: readonly Seeded[] = [
  mutant(
    "struct: read while it changes",
    "shared-struct",
    "doesn't look again",
    "if (load(words, VERSION) === version) return;",
    "return;",
  ),
  mutant(
    "struct: read while it changes",
    "shared-struct",
    "writes over what holds",
    "((version + 1) & 1)",
    "(version & 1)",
  ),
];
