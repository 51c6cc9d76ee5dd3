import { describe, expect, test } from "vitest";
import { type Question, search, searchIn, skipped } from "./models/spin.js";

describe.skipIf(skipped)("every state of the protocols", () => {
  test.concurrent.each<[string, Question, string[]]>([
    ["ring", "ends", ["THERE=3"]],
    ["ring", "ends", ["THERE=4", "PLAIN"]],
    ["ring", "ends", ["THERE=2", "BACK=1"]],
    ["ring", "ends", ["THERE=2", "BACK=2", "PLAIN"]],
    ["ring", "cycles", ["THERE=3", "PLAIN"]],
    ["ring", "cycles", ["THERE=2", "BACK=1", "PLAIN"]],
    ["taking-back", "ends", ["TAKES=1", "DEATHS=1"]],
    ["taking-back", "ends", ["TAKES=2", "DEATHS=0"]],
    ["taking-back", "cycles", ["TAKES=1", "DEATHS=1"]],
  ])("%s: no error among its %s, with %s", async (model, question, defines) => {
    const { complete, error, states } = await search(model, question, ...defines);
    expect({ complete, error }).toEqual({ complete: true, error: undefined });
    expect(states).toBeGreaterThan(100_000); // fewer, and the model has come to a stop somewhere
  });

  const EARLY_END = /^invalid end state/;
  const RUN_TWICE = /^assertion violated .*ran\[job\]/;
  const WRONGLY_LOST = /^assertion violated \(noted\[job\]/;
  const MIXED_UP = /^assertion violated \(frame==received\)/;

  test.concurrent.each<[string, RegExp, string[]]>([
    ["SLEEP_WITHOUT_LOOKING", EARLY_END, ["THERE=3"]],
    ["LOOK_BEFORE_SLEEPING", EARLY_END, ["THERE=3"]],
    ["LOOK_BEFORE_PUBLISH", EARLY_END, ["THERE=3"]],
    ["PUBLISH_BEFORE_WRITE", MIXED_UP, ["THERE=3"]],
    ["ASK_WITHOUT_LOOKING", EARLY_END, ["THERE=3"]],
    ["LOOK_BEFORE_ASKING", EARLY_END, ["THERE=3"]],
    ["LOOK_BEFORE_RELEASE", EARLY_END, ["THERE=3"]],
    ["RELEASE_BEFORE_COPY", /^assertion violated \(cells/, ["THERE=4", "PLAIN"]],
    ["SKIP_WITHOUT_ROOM", MIXED_UP, ["THERE=3"]],
    ["START_OVER_WITHOUT_ROOM", EARLY_END, ["THERE=3"]],
    ["SKIP_NOT_RELEASED", EARLY_END, ["THERE=3"]],
    ["OVERTAKE_HELD", MIXED_UP, ["THERE=4", "PLAIN"]],
    ["FORGET_HELD", EARLY_END, ["THERE=3"]],
    ["CLONE_BEFORE_ROOM", /^assertion violated/, ["THERE=3"]],
    ["BELL_KEPT", EARLY_END, ["THERE=3"]],
  ])("ring: the seeded bug %s is found", async (seed, finding, defines) => {
    expect((await search("ring", "ends", seed, ...defines)).error).toMatch(finding);
  });

  test.concurrent.each<[string, Question, RegExp]>([
    ["READ_BEFORE_RAISING", "ends", RUN_TWICE],
    ["EPOCH_BEFORE_NOTING", "ends", RUN_TWICE],
    ["EPOCH_NOT_READ", "ends", RUN_TWICE],
    ["NOTHING_GIVEN_BACK", "ends", EARLY_END],
    ["SENT_WITH_THE_FIRST_EPOCH", "cycles", /^non-progress cycle/],
    ["NUMBER_NOT_LOOKED_AT", "ends", RUN_TWICE],
    ["READ_BEFORE_DEATH", "ends", RUN_TWICE],
    ["GONE_BEFORE_HEARD", "ends", WRONGLY_LOST],
    ["ALL_HANDED_ON", "ends", RUN_TWICE],
    ["ALL_LOST", "ends", WRONGLY_LOST],
    ["WORDS_OF_THE_DEAD", "ends", WRONGLY_LOST],
    ["SHOWN_TOO_LATE", "ends", EARLY_END],
  ])("taking-back: the seeded bug %s is found", async (seed, question, finding) => {
    const { error } = await search("taking-back", question, seed, "TAKES=1", "DEATHS=1");
    expect(error).toMatch(finding);
  });
});

const REPORT = (line: string, errors: number): string =>
  `${line}\nState-vector 152 byte, depth reached 242, errors: ${errors}\n   496812 states, stored\n`;

test.each([
  ["error: max search depth too small", false],
  ["pan: reached -DMEMLIM bound", false],
  ["Warning: Search not completed", false],
  ["", true],
])("a search that gave up is not taken for a whole one: %s", (line, complete) => {
  expect(searchIn(REPORT(line, 0))).toEqual({ complete, states: 496_812, error: undefined });
});

test("an error is told in spin's words", () => {
  const report = REPORT("pan:1: invalid end state (at depth 65)", 1);
  expect(searchIn(report).error).toBe("invalid end state (at depth 65)");
});
