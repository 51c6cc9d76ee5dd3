import { expect, test } from "vitest";
import { nowMs } from "../clock.js";
import type { StallReport } from "../stall-report.js";
import { LoopWords, type Pulse } from "../words.js";
import { Originals } from "./originals.js";
import { Watched } from "./watched.js";

const setting = { thresholdMs: 50, beatMs: 25, stuckMs: 10_000 };

/** What is told of a beat that came a second late, if the look that finds it was to be so long ago. */
function told(lookIsLateMs: number): StallReport[] {
  const reports: StallReport[] = [];
  const words = new LoopWords(LoopWords.newMemory(), 0);
  let pulse: Pulse = {
    beats: 1,
    beatMs: nowMs(),
    stalledAt: -1,
    stallMs: 0,
    gcMs: 0,
    debugged: false,
  };
  words.read = () => pulse;
  const report = (stall: StallReport): void => void reports.push(stall);
  const watched = new Watched(0, words, setting, new Originals(), report, undefined);
  watched.look(false, nowMs());
  pulse = { ...pulse, beats: 2, beatMs: nowMs(), stalledAt: 2, stallMs: 1_000 };
  watched.look(false, nowMs() - lookIsLateMs);
  watched.look(true); // there is no more to wait for
  return reports;
}

test("what a look finds counts as a stall, unless the look itself is as late", () => {
  expect(told(0)).toMatchObject([{ durationMs: 1_000 }]);
  expect(told(990)).toEqual([]);
});
