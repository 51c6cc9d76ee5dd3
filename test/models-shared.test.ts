import { describe, expect, test } from "vitest";
import { type Question, search, skipped } from "./models/spin.js";

/** The protocols of `weftwork/shared`; docs/shared-memory-proof.md leads from their steps to lines of code. */
describe.skipIf(skipped)("every state of the primitives on shared memory", () => {
  test.concurrent.each<[string, Question, string[]]>([
    ["lock", "ends", ["TIMED", "THREADS=2", "TURNS=4"]],
    ["lock", "ends", ["AWAIT"]],
    ["lock", "ends", ["FAIR", "AWAIT", "TIMED", "TURNS=1"]],
    ["lock", "ends", ["FAIR", "AWAIT", "THREADS=2", "TURNS=3"]],
    ["lock", "ends", ["AWAIT", "TIMED", "DEATHS=1", "TURNS=1"]],
    ["lock", "ends", ["FAIR", "DEATHS=2", "TURNS=1"]],
    ["rwlock", "ends", ["TIMED", "TURNS=1"]],
    ["rwlock", "ends", ["TIMED", "DEATHS=2", "TURNS=1"]],
    ["condition", "ends", ["BLOCKING=1", "TIMED", "ITEMS=3"]],
    ["condition", "ends", ["ITEMS=2"]],
    ["condition", "ends", ["BLOCKING=1", "TIMED", "DEATHS=1", "ITEMS=2"]],
    ["barrier", "ends", []],
    ["barrier", "ends", ["PARTIES=2", "TIMED", "RESETS=2"]],
    ["barrier", "ends", ["DEATHS=2"]],
    ["channel", "ends", ["RECORDS=5"]],
    ["channel", "ends", ["CLOSING", "RECORDS=3"]],
    ["channel", "ends", ["SENDERS=1", "DEATHS=1", "RECORDS=3"]],
  ])("%s: no error among its %s, with %s", async (model, question, defines) => {
    const { complete, error, states } = await search(model, question, ...defines);
    expect({ complete, error }).toEqual({ complete: true, error: undefined });
    expect(states).toBeGreaterThan(20_000); // fewer, and the model has come to a stop somewhere
  });

  const SLEEPS_FOR_EVER = /^invalid end state/;
  const BROKEN = /^assertion violated/;

  test.concurrent.each<[string, string, RegExp, string[]]>([
    ["lock", "WAKE_NOBODY", SLEEPS_FOR_EVER, []],
    ["lock", "FORGET_OTHERS", SLEEPS_FOR_EVER, []],
    ["lock", "UNANNOUNCED", SLEEPS_FOR_EVER, []],
    ["lock", "HAND_OVER_STAYS", SLEEPS_FOR_EVER, ["FAIR"]],
    ["lock", "TAKEN_BACK_IN_SILENCE", SLEEPS_FOR_EVER, ["FAIR"]],
    ["lock", "KEEP_WAKE_UP", SLEEPS_FOR_EVER, ["AWAIT"]],
    ["lock", "SLEEP_BESIDE_CHANGE", SLEEPS_FOR_EVER, ["AWAIT"]],
    ["lock", "NO_RECOVERY", SLEEPS_FOR_EVER, ["DEATHS=1", "TURNS=1"]],
    ["lock", "DEAD_KEEP_HAND_OVER", SLEEPS_FOR_EVER, ["FAIR", "DEATHS=1", "TURNS=1"]],
    ["lock", "WAKE_NOBODY_AFTER_DEATH", SLEEPS_FOR_EVER, ["DEATHS=1", "TURNS=1"]],
    ["rwlock", "READ_WITHOUT_LOOKING", BROKEN, []],
    ["rwlock", "GIVE_BEFORE_JOINING", BROKEN, []],
    ["rwlock", "LEAVE_IN_SILENCE", SLEEPS_FOR_EVER, []],
    ["rwlock", "TELL_BEFORE_LEAVING", SLEEPS_FOR_EVER, []],
    ["rwlock", "LOOK_BEFORE_COUNTING", SLEEPS_FOR_EVER, []],
    ["rwlock", "NOT_COUNTED", SLEEPS_FOR_EVER, []],
    ["rwlock", "WAKE_NOBODY", SLEEPS_FOR_EVER, []],
    ["rwlock", "STRUCK_IN_SILENCE", SLEEPS_FOR_EVER, ["DEATHS=1", "TURNS=1"]],
    ["rwlock", "NOT_STRUCK", SLEEPS_FOR_EVER, ["DEATHS=1", "TURNS=1"]],
    ["condition", "LOOK_AFTER_GIVING", SLEEPS_FOR_EVER, ["ITEMS=2"]],
    ["condition", "NOT_COUNTED", SLEEPS_FOR_EVER, ["ITEMS=2"]],
    ["condition", "WAKE_NOBODY", SLEEPS_FOR_EVER, ["ITEMS=2"]],
    ["condition", "LEAVER_KEEPS", SLEEPS_FOR_EVER, ["ITEMS=2"]],
    ["condition", "KEEP_WAKE_UP", SLEEPS_FOR_EVER, ["ITEMS=2"]],
    ["condition", "STALE_SLEEP_KEEPS", SLEEPS_FOR_EVER, ["ITEMS=2"]],
    ["condition", "NO_RECOVERY", SLEEPS_FOR_EVER, ["ITEMS=2", "DEATHS=1", "BLOCKING=1"]],
    ["barrier", "LAST_WAKES_NOBODY", SLEEPS_FOR_EVER, ["ROUNDS=1"]],
    ["barrier", "LOOK_BEFORE_VALUE", SLEEPS_FOR_EVER, ["ROUNDS=1"]],
    ["barrier", "LEAVE_WHAT_IS_OVER", BROKEN, ["TIMED"]],
    ["barrier", "RESET_IN_SILENCE", SLEEPS_FOR_EVER, ["RESETS=1", "ROUNDS=1"]],
    ["barrier", "WAIT_FOR_THE_DEAD", SLEEPS_FOR_EVER, ["DEATHS=1", "ROUNDS=1"]],
    ["channel", "PUBLISH_BEFORE_WRITE", BROKEN, []],
    ["channel", "RELEASE_BEFORE_COPY", BROKEN, []],
    ["channel", "SEND_INTO_WHAT_IS_CLOSED", BROKEN, ["CLOSING"]],
    ["channel", "RING_FOR_NOBODY", SLEEPS_FOR_EVER, []],
    ["channel", "LOOK_BEFORE_ASKING", SLEEPS_FOR_EVER, []],
    ["channel", "ASK_WITHOUT_LOOKING", SLEEPS_FOR_EVER, []],
    ["channel", "CLOSE_IN_SILENCE", SLEEPS_FOR_EVER, []],
    ["channel", "NO_RECOVERY", SLEEPS_FOR_EVER, ["DEATHS=1", "SENDERS=1"]],
    ["channel", "DEATH_RINGS_FOR_NOBODY", SLEEPS_FOR_EVER, ["DEATHS=1", "SENDERS=1", "RECORDS=3"]],
    ["channel", "DEATH_RINGS_IF_ASKED", SLEEPS_FOR_EVER, ["DEATHS=1", "SENDERS=1", "RECORDS=3"]],
  ])("%s: the seeded bug %s is found", async (model, seed, finding, defines) => {
    expect((await search(model, "ends", seed, ...defines)).error).toMatch(finding);
  });
});
