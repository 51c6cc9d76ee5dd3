import type { Arguments } from "./args/index.js";
import { usageError } from "./cli-error.js";

/** Where Redis is, by `--redis` or the environment, in which a password is not seen by all. */
export function redisOf(args: Arguments): string {
  const url = args.get("redis") ?? process.env["WEFT_REDIS"];
  if (url === undefined || url === "")
    throw usageError("a cluster wants --redis URL, or WEFT_REDIS in the environment");
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return url;
  throw usageError("--redis must be a redis:// or rediss:// URL");
}
