import { expect, test } from "vitest";
import { VirtualHost } from "../testing/index.js";
import { sleep, TaskGroup, withTaskGroup } from "./index.js";

const odd = (then: unknown): Promise<number> => Object.assign(Promise.resolve(1), { then });

test.each([
  ["calls back twice", odd((ok: (value: number) => void) => (ok(1), ok(2)))],
  [
    "throws",
    odd(() => {
      throw new Error("then");
    }),
  ],
  ["never calls back", odd(() => {})],
])("a promise whose own then %s settles its task once, as await does", (_, promise) =>
  new VirtualHost().run(async () => {
    let ended = false;
    const value = await withTaskGroup(async (group) => {
      group.spawn((scope) => sleep(20, scope).then(() => (ended = true)));
      return await group.spawn(() => promise);
    });
    expect([value, ended]).toEqual([1, true]);
  }),
);

test("a rejection that cannot be looked at is a real error and hangs nothing", () =>
  new VirtualHost().run(async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const broken = Object.assign(new AggregateError([]), { errors: undefined });
    for (const thrown of [proxy, broken]) {
      const group = new TaskGroup();
      group.spawn((scope) => sleep(Infinity, scope).catch(() => Promise.reject(thrown)));
      group.cancel();
      await expect(group.join()).rejects.toMatchObject({ code: "TASKS_FAILED" });
    }
  }));

test("a join that the body began and did not look at is no unhandled rejection", () =>
  new VirtualHost().run(async () => {
    const error = new Error("child");
    const failing = withTaskGroup(async (group) => {
      group.spawn(() => sleep(1).then(() => Promise.reject(error)));
      void group.join();
      await sleep(100, group);
    });
    await expect(failing).rejects.toMatchObject({ errors: [error] });
  }));
