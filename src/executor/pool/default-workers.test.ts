import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { defaultWorkers, type Machine } from "./default-workers.js";

function machine(cpus: number, files: Record<string, string> = {}, workers?: string): Machine {
  return {
    env: { WEFT_WORKERS: workers },
    availableParallelism: () => cpus,
    read: (path) => files[path],
  };
}

const V2 = { "/proc/self/cgroup": "0::/pod/app\n" };
const V1 = { "/proc/self/cgroup": "9:memory:/m\n3:cpu,cpuacct:/docker/abc\n1:name=systemd:/\n" };

describe("the default number of workers", () => {
  test("without a quota is the available parallelism", () => {
    expect(defaultWorkers(machine(8))).toBe(8);
    expect(
      defaultWorkers(machine(8, { ...V2, "/sys/fs/cgroup/pod/app/cpu.max": "max 100000\n" })),
    ).toBe(8);
  });

  test("is never less than one", () => {
    expect(defaultWorkers(machine(0))).toBe(1);
    expect(
      defaultWorkers(machine(8, { ...V2, "/sys/fs/cgroup/pod/app/cpu.max": "5000 100000\n" })),
    ).toBe(1);
  });

  test("is bounded by the cgroup v2 quota, rounded up", () => {
    const quota = (text: string) => ({ ...V2, "/sys/fs/cgroup/pod/app/cpu.max": text });
    expect(defaultWorkers(machine(8, quota("200000 100000\n")))).toBe(2);
    expect(defaultWorkers(machine(8, quota("250000 100000\n")))).toBe(3);
    expect(defaultWorkers(machine(2, quota("400000 100000\n")))).toBe(2);
  });

  test("obeys the tightest group above", () => {
    const files = {
      ...V2,
      "/sys/fs/cgroup/pod/app/cpu.max": "600000 100000\n",
      "/sys/fs/cgroup/pod/cpu.max": "300000 100000\n",
    };
    expect(defaultWorkers(machine(8, files))).toBe(3);
  });

  test("finds the quota at the root that a container sees", () => {
    expect(
      defaultWorkers(
        machine(8, { "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "150000 100000\n" }),
      ),
    ).toBe(2);
  });

  test("does not leave the control groups for a path outside the namespace", () => {
    const files = {
      "/proc/self/cgroup": "0::/../../other\n",
      "/sys/fs/cgroup/cpu.max": "200000 100000\n",
      "/sys/other/cpu.max": "100000 100000\n",
    };
    expect(defaultWorkers(machine(8, files))).toBe(2);
  });

  test("is bounded by the cgroup v1 quota, also where only the container's root is seen", () => {
    for (const folder of ["/sys/fs/cgroup/cpu,cpuacct/docker/abc", "/sys/fs/cgroup/cpu"]) {
      const files = {
        ...V1,
        [`${folder}/cpu.cfs_quota_us`]: "350000\n",
        [`${folder}/cpu.cfs_period_us`]: "100000\n",
      };
      expect(defaultWorkers(machine(8, files))).toBe(4);
    }
  });

  test("is not bounded by a v1 quota of -1", () => {
    const files = {
      ...V1,
      "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    };
    expect(defaultWorkers(machine(8, files))).toBe(8);
  });

  test("is what WEFT_WORKERS says, beyond the machine too; empty says nothing", () => {
    expect(defaultWorkers(machine(2, {}, "32"))).toBe(32);
    expect(defaultWorkers(machine(2, {}, " 3 "))).toBe(3);
    expect(defaultWorkers(machine(2, {}, ""))).toBe(2);
  });

  test.each(["0", "-1", "2.5", "many", "1e3", "0x4", "99999999999999999999"])(
    "refuses WEFT_WORKERS=%s with the value",
    (text) => {
      expect(() => defaultWorkers(machine(2, {}, text))).toThrow(RangeError);
      expect(() => defaultWorkers(machine(2, {}, text))).toThrow(
        `WEFT_WORKERS must be an integer >= 1, got "${text}"`,
      );
    },
  );

  test("of this machine is between one and its parallelism", () => {
    if (process.env["WEFT_WORKERS"] !== undefined) return;
    expect(defaultWorkers()).toBeGreaterThanOrEqual(1);
    expect(defaultWorkers()).toBeLessThanOrEqual(availableParallelism());
  });
});
