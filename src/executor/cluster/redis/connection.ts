import { isIP } from "node:net";
import { requireInteger, requireThat } from "../../../core/index.js";

/**
 * Where Redis is: a URL (`redis://user:password@host:6379/0`, `rediss://` for TLS), or its parts. What else
 * ioredis takes may stand here too; what weftwork must decide itself is overridden.
 */
export type ClusterConnection =
  | string
  | {
      readonly host?: string | undefined;
      readonly port?: number | undefined;
      readonly username?: string | undefined;
      readonly password?: string | undefined;
      readonly db?: number | undefined;
      /** As for `tls.connect`; `{}` for TLS with the usual authorities. */
      readonly tls?: object | undefined;
      readonly [option: string]: unknown;
    };

const LOCAL = { host: "127.0.0.1", port: 6379 } as const;

/** Throws unless it says where Redis is. */
export function requireConnection(connection: unknown): void {
  if (typeof connection === "string") {
    const ok = URL.canParse(connection) && /^rediss?:$/.test(new URL(connection).protocol);
    return requireThat(
      ok,
      "connection",
      "a redis:// or rediss:// URL",
      withoutPassword(connection),
    );
  }
  const ok = typeof connection === "object" && connection !== null;
  requireThat(ok, "connection", "a URL or an object with host and port", connection);
  const { host, port } = connection as { host?: unknown; port?: unknown };
  if (host !== undefined)
    requireThat(typeof host === "string", "connection.host", "a string", host);
  if (port !== undefined) requireInteger("connection.port", port as number, 1);
}

/** The options of ioredis. */
export function redisOptions(connection: ClusterConnection): Readonly<Record<string, unknown>> {
  if (typeof connection !== "string") return { ...LOCAL, ...connection };
  const url = new URL(connection);
  const { username, password, pathname } = url;
  const at = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host: at,
    port: Number(url.port || LOCAL.port),
    ...(username !== "" && { username: decodeURIComponent(username) }),
    ...(password !== "" && { password: decodeURIComponent(password) }),
    ...(/^\/\d+$/.test(pathname) && { db: Number(pathname.slice(1)) }),
    ...(url.protocol === "rediss:" && { tls: isIP(at) === 0 ? { servername: at } : {} }),
  };
}

/** For messages, which must hold no password. */
export function addressOf(connection: ClusterConnection): string {
  const { host, port, path } = redisOptions(connection);
  return path === undefined ? `${String(host)}:${String(port)}` : String(path);
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//...@");
}
