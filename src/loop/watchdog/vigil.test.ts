import { expect, test } from "vitest";
import type { Pulse } from "../words.js";
import { Vigil } from "./vigil.js";

const setting = { thresholdMs: 50, beatMs: 25, stuckMs: 1_000 };

function pulse(beats: number, beatMs: number, more: Partial<Pulse> = {}): Pulse {
  return { beats, beatMs, stalledAt: -1, stallMs: 0, gcMs: 0, debugged: false, ...more };
}

test("while a thread beats there is nothing to do", () => {
  const vigil = new Vigil(setting);
  for (let i = 0; i < 10; i += 1) {
    expect(vigil.look(pulse(i + 1, i * 25), i * 25 + 20, false)).toBeUndefined();
    expect(vigil.restMs(pulse(i + 1, i * 25), i * 25 + 20)).toBe(25); // late from 25 on, asked 20 later
  }
});

test("a thread that is late is asked before the threshold, and then each time after twice as long", () => {
  const vigil = new Vigil(setting);
  const asked: number[] = [];
  for (let nowMs = 0; nowMs < 600; nowMs += 1)
    if (vigil.look(pulse(1, 0), nowMs, false) !== undefined) asked.push(nowMs - 25);
  expect(asked).toEqual([20, 40, 80, 160, 320]);
});

test("nobody is asked twice at once, nor while a debugger may be attached", () => {
  const vigil = new Vigil(setting);
  expect(vigil.look(pulse(1, 0), 500, true)).toBeUndefined();
  expect(vigil.look(pulse(1, 0, { debugged: true }), 500, false)).toBeUndefined();
  expect(vigil.look(pulse(1, 0), 500, false)).toEqual({ sample: true });
});

test("a stall is told when it has ended, with the samples of its own and the collector's time", () => {
  const vigil = new Vigil(setting);
  const sample = (beats: number) => ({ beats, atMs: 50, frames: [] });
  vigil.look(pulse(7, 0), 0, false);
  vigil.look(pulse(7, 0), 60, false);
  vigil.sampled(sample(7));
  vigil.sampled(sample(6)); // of an earlier one
  const after = pulse(8, 125, { stalledAt: 8, stallMs: 100, gcMs: 3 });
  expect(vigil.look(after, 130, false)).toBeUndefined(); // the collector may have more to tell
  expect(vigil.look(pulse(11, 200, { stalledAt: 8, stallMs: 100, gcMs: 10 }), 195, false)).toEqual({
    stall: { startMs: 25, durationMs: 100, lasting: false, samples: [sample(7)], gcMs: 10 },
  });
  expect(vigil.look(pulse(12, 225, { stalledAt: 8, stallMs: 100 }), 230, false)).toBeUndefined();
});

test("a stall that lasts is told of once", () => {
  const vigil = new Vigil(setting);
  const told: unknown[] = [];
  for (let nowMs = 0; nowMs < 3_000; nowMs += 10) {
    const step = vigil.look(pulse(1, 0), nowMs, false);
    if (step !== undefined && "stall" in step) told.push(step.stall);
  }
  expect(told).toMatchObject([{ lasting: true, durationMs: 1_005 }]);
});

test("a stall that lasts is told of while the thread is asked, and doesn't answer", () => {
  const vigil = new Vigil(setting);
  vigil.look(pulse(1, 0), 0, false);
  expect(vigil.look(pulse(1, 0), 1_100, true)).toMatchObject({ stall: { lasting: true } });
});

test("what blocked a thread at its end is told, for as long as it was seen", () => {
  const vigil = new Vigil(setting);
  vigil.look(pulse(4, 0), 0, false);
  expect(vigil.atTheEnd(pulse(4, 0))).toBeUndefined();
  const samples = [60, 160].map((atMs) => ({ beats: 4, atMs, frames: [] }));
  for (const sample of samples) vigil.sampled(sample);
  expect(vigil.atTheEnd(pulse(4, 0))).toMatchObject({ startMs: 25, durationMs: 135, samples });
  expect(vigil.atTheEnd(pulse(5, 0))).toBeUndefined(); // it has beaten since
});

test("when the whole machine stood still, nobody is blamed", () => {
  const vigil = new Vigil(setting);
  vigil.look(pulse(1, 0), 0, false);
  vigil.overslept(9_970);
  expect(vigil.look(pulse(1, 0), 10_000, false)).toEqual({ sample: true }); // harmless
  const after = pulse(2, 10_005, { stalledAt: 2, stallMs: 9_980 });
  for (const nowMs of [10_010, 10_100, 10_200])
    expect(vigil.look(after, nowMs, true)).toBeUndefined();
});

test("nor for the rest of a stall that it mostly stood still in", () => {
  const told = (oversleptMs: number): unknown => {
    const vigil = new Vigil(setting);
    vigil.look(pulse(1, 0), 0, false);
    vigil.overslept(oversleptMs);
    const after = pulse(2, 1_025, { stalledAt: 2, stallMs: 1_000 });
    vigil.look(after, 1_030, false);
    return vigil.look(after, 1_100, false);
  };
  expect(told(800)).toEqual({ sample: true }); // harmless
  expect(told(300)).toMatchObject({ stall: { startMs: 25, durationMs: 1_000, lasting: false } });
});

test("what the watchdog slept through counts also if a beat of just before comes to light only then", () => {
  const vigil = new Vigil(setting);
  vigil.look(pulse(1, 0), 0, false);
  vigil.overslept(950); // all stood still from 30 to 1,030
  vigil.look(pulse(2, 25), 1_031, false);
  expect(vigil.look(pulse(3, 1_032, { stalledAt: 3, stallMs: 982 }), 1_040, false)).toBe(undefined);
  expect(vigil.look(pulse(4, 1_057, { stalledAt: 3, stallMs: 982 }), 1_200, false)).toEqual({
    sample: true,
  });
});
