import { createRequire } from "node:module";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { defaultWorkers } from "../../executor/pool/index.js";

export interface Finding {
  readonly name: string;
  /** False if weftwork can't run well, or at all. */
  readonly ok: boolean;
  readonly value: string;
  readonly note?: string;
}

/** What an optional package brings. */
const PEERS: Readonly<Record<string, string>> = {
  acorn: "weftwork/testing/register: explorations choose at every await",
  bullmq: "weftwork/cluster, weft worker and weft map --model cluster",
  esbuild: "TypeScript on Node below 22.18, and what of it is more than types",
  ioredis: "weftwork/cluster, beside bullmq",
};

/** What decides how weftwork runs here, for a project in `folder`. */
export function findings(folder: string): Finding[] {
  const peers = Object.entries(PEERS).map(([name, enables]) => peer(folder, name, enables));
  return [node(), cores(), workers(), memory(), typescript(folder), ...peers];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  const value = `${process.version} on ${process.platform} ${process.arch}`;
  return { name: "node", ok, value, ...(!ok && { note: "weftwork needs Node 20.19 or newer" }) };
}

function cores(): Finding {
  const all = cpus().length;
  const usable = availableParallelism();
  const value = usable === all ? `${all}` : `${usable} of ${all}, by the affinity of this process`;
  return { name: "cores", ok: true, value };
}

function workers(): Finding {
  const name = "workers by default";
  try {
    const count = defaultWorkers();
    const byHand = (process.env["WEFT_WORKERS"] ?? "").trim() !== "";
    const quota = !byHand && count < availableParallelism();
    const note = byHand
      ? "by WEFT_WORKERS"
      : quota
        ? "by the quota of the control group"
        : undefined;
    return { name, ok: true, value: `${count}`, ...(note !== undefined && { note }) };
  } catch (error) {
    return { name, ok: false, value: (error as Error).message };
  }
}

function memory(): Finding {
  const machine = totalmem();
  // Zero or beyond all measure where nothing constrains the process.
  const constrained = process.constrainedMemory();
  const limited = constrained > 0 && constrained < machine;
  const heap = `heap up to ${gigabytes(getHeapStatistics().heap_size_limit)} for each thread`;
  const value = limited
    ? `${gigabytes(constrained)} by the control group, ${gigabytes(machine)} in the machine; ${heap}`
    : `${gigabytes(machine)}; ${heap}`;
  return { name: "memory", ok: true, value };
}

function typescript(folder: string): Finding {
  const name = "TypeScript modules";
  const strips = Boolean((process.features as { typescript?: unknown }).typescript);
  const esbuild = versionOf(folder, "esbuild");
  const ways = [
    ...(strips ? ["Node strips types"] : []),
    ...(esbuild === undefined ? [] : [`esbuild ${esbuild} bundles`]),
  ];
  if (ways.length > 0) return { name, ok: true, value: ways.join("; else ") };
  const note = "npm i -D esbuild, or use Node >= 22.18";
  return { name, ok: true, value: "can't be loaded", note };
}

function peer(folder: string, name: string, enables: string): Finding {
  const version = versionOf(folder, name);
  return { name, ok: true, value: version ?? "not installed", note: `for ${enables}` };
}

function versionOf(folder: string, name: string): string | undefined {
  try {
    const require = createRequire(join(folder, "doctor.js"));
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
