import { expect, test } from "vitest";
import { addressOf, redisOptions, requireConnection } from "./connection.js";

test.each<[string, object]>([
  ["redis://10.0.0.5", { host: "10.0.0.5", port: 6379 }],
  ["redis://a:p%40ss@h:1/3", { host: "h", port: 1, username: "a", password: "p@ss", db: 3 }],
  ["redis://[::1]:7", { host: "::1", port: 7 }],
  [
    "rediss://cache.example:7",
    { host: "cache.example", port: 7, tls: { servername: "cache.example" } },
  ],
  ["rediss://10.0.0.5:7", { host: "10.0.0.5", port: 7, tls: {} }], // an address is no name of a server
  ["rediss://[::1]:7", { host: "::1", port: 7, tls: {} }],
])("%s", (url, options) => {
  expect(redisOptions(url)).toEqual(options);
});

test("no message holds a password", () => {
  const url = "redis://me:secret@h:1";
  expect(addressOf(url)).toBe("h:1");
  expect(() => requireConnection("http://me:secret@h:1")).toThrow(/redis:\/\/ .*\.\.\.@h:1/);
  expect(() => requireConnection("http://me:secret@h:1")).not.toThrow(/secret/);
});
