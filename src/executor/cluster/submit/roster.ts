import type { Redis } from "ioredis";
import type { ClusterKeys } from "../wire/index.js";

/** How many slots the hosts have that live. */
export async function readSlots(client: Redis, keys: ClusterKeys): Promise<number> {
  const ids = await client.smembers(keys.hosts);
  if (ids.length === 0) return 0;
  const slots = await client.mget(ids.map((id) => keys.host(id)));
  const gone = ids.filter((_, i) => slots[i] === null);
  if (gone.length > 0) await client.srem(keys.hosts, ...gone);
  return slots.reduce((sum, text) => sum + slotsOf(text ?? null), 0);
}

function slotsOf(text: string | null): number {
  const slots = Number(text);
  return Number.isSafeInteger(slots) && slots > 0 ? slots : 0;
}
