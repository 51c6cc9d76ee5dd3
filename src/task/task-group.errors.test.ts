import { expect, test } from "vitest";
import { leaves, TaskGroupError } from "../core/index.js";
import { VirtualHost } from "../testing/index.js";
import { now, sleep, withTaskGroup } from "./index.js";

const virtual = <T>(main: () => Promise<T>): Promise<T> => new VirtualHost().run(main);

async function errorOf(run: Promise<unknown>): Promise<TaskGroupError> {
  const error: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(TaskGroupError);
  return error as TaskGroupError;
}

const failAfter = async (ms: number, error: unknown): Promise<never> => {
  await sleep(ms);
  throw error;
};

test("one failing child: the group rejects with a TaskGroupError that lists it and has it as cause", () =>
  virtual(async () => {
    const root = new Error("root");
    const failing = withTaskGroup((group) => void group.spawn(() => failAfter(5, root)));
    const error = await errorOf(failing);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors).toEqual([root]);
    expect(error.cause).toBe(root);
    expect(error.code).toBe("TASKS_FAILED");
  }));

test("a failing child cancels its siblings and the body, and they are joined first", () =>
  virtual(async () => {
    const seen: string[] = [];
    const failing = withTaskGroup(async (group) => {
      group.spawn(() => failAfter(5, new Error("root")), { name: "worker" });
      group.spawn(async (scope) => {
        await sleep(Infinity, scope).catch((reason: Error) => seen.push(reason.message));
        await sleep(10);
        seen.push("cleaned up");
      });
      await sleep(Infinity, group);
    });
    await expect(failing).rejects.toThrow("task group failed: Error: root");
    expect(seen).toEqual(['cancelled because task "worker" failed', "cleaned up"]);
    expect(now()).toBe(15);
  }));

test("every real error is listed, in the order of settling, the body's included", () =>
  virtual(async () => {
    const errors = ["first", "body", "last"].map((name) => new Error(name));
    const failing = withTaskGroup(async (group) => {
      group.spawn(() => failAfter(30, errors[2]));
      group.spawn(() => failAfter(10, errors[0]));
      group.spawn((scope) => sleep(Infinity, scope));
      await failAfter(20, errors[1]);
    });
    const error = await errorOf(failing);
    expect(error.errors).toEqual(errors);
    expect(error.message).toBe("task group failed with 3 errors, first: Error: first");
  }));

test("an error is listed once, also if a sibling or the body awaited the task and failed with it", () =>
  virtual(async () => {
    const root = new Error("root");
    const failing = withTaskGroup(async (group) => {
      const task = group.spawn(() => failAfter(5, root));
      group.spawn(() => task);
      group.spawn(() => task.result());
      await task;
    });
    expect((await errorOf(failing)).errors).toEqual([root]);
  }));

test("a real error beats a cancel that came first, from outside or from the group", () =>
  virtual(async () => {
    const late = new Error("failed while it ended");
    for (const cancel of ["outside", "group"]) {
      const controller = new AbortController();
      const failing = withTaskGroup((group) => {
        group.spawn(async (scope) => {
          await sleep(Infinity, scope).catch(() => {});
          throw late;
        });
        if (cancel === "group") group.cancel("stop");
        else controller.abort("stop");
      }, controller);
      expect((await errorOf(failing)).errors).toEqual([late]);
    }
  }));

test("nested groups stay nested, and leaves flattens them", () =>
  virtual(async () => {
    const [left, right] = [new Error("left"), new Error("right")];
    const failing = withTaskGroup((outer) => {
      outer.spawn((scope) =>
        withTaskGroup((inner) => void inner.spawn(() => failAfter(5, left)), {
          signal: scope.signal,
          name: "inner",
        }),
      );
      outer.spawn(() => failAfter(5, right));
    });
    const error = await errorOf(failing);
    expect(error.errors).toHaveLength(2);
    expect(error.errors.find((one) => one instanceof TaskGroupError)?.errors).toEqual([left]);
    expect(leaves(error)).toHaveLength(2);
    expect(new Set(leaves(error))).toEqual(new Set([left, right]));
  }));

test("a nested group that was only cancelled is not an error of the outer one", () =>
  virtual(async () => {
    const root = new Error("root");
    const failing = withTaskGroup((outer) => {
      outer.spawn((scope) =>
        withTaskGroup((inner) => void inner.spawn((scope) => sleep(Infinity, scope)), scope),
      );
      outer.spawn(() => failAfter(5, root));
    });
    expect((await errorOf(failing)).errors).toEqual([root]);
  }));

test.each([[undefined], [null], [0], [""], [false]])(
  "a falsy rejection is a rejection: %s",
  async (falsy) => {
    const byChild = withTaskGroup((group) => void group.spawn(() => Promise.reject(falsy)));
    expect((await errorOf(byChild)).errors).toEqual([falsy]);
    const byBody = withTaskGroup(() => Promise.reject(falsy));
    expect((await errorOf(byBody)).errors).toEqual([falsy]);
  },
);

test("an AbortError out of nowhere is an error, for a child and for the body", async () => {
  const stray = new DOMException("somebody else's", "AbortError");
  const byChild = withTaskGroup((group) => void group.spawn(() => Promise.reject(stray)));
  expect((await errorOf(byChild)).errors).toEqual([stray]);
  expect((await errorOf(withTaskGroup(() => Promise.reject(stray)))).errors).toEqual([stray]);
});

test("an AbortError of a cancelled child is only its cancel; an error caused by the reason is an error", () =>
  virtual(async () => {
    const wrapped: Error[] = [];
    const failing = withTaskGroup(async (group) => {
      group.spawn(async (scope) => {
        await sleep(Infinity, scope).catch(() => {});
        throw new DOMException("as fetch puts it", "AbortError");
      });
      group.spawn(async (scope) => {
        await sleep(Infinity, scope).catch((cause: Error) => {
          wrapped.push(new Error("query failed", { cause }));
          throw wrapped[0];
        });
      });
      await sleep(5);
      group.cancel();
    });
    expect((await errorOf(failing)).errors).toEqual(wrapped);
  }));

test("another task's reason is an error here", () =>
  virtual(async () => {
    const reason = new Error("only he was told to stop");
    const failing = withTaskGroup(async (group) => {
      const other = group.spawn((scope) => sleep(Infinity, scope));
      group.spawn(() => other);
      other.cancel(reason);
    });
    expect((await errorOf(failing)).errors).toEqual([reason]);
  }));

test("a body that catches what join threw does not make the failure go away, nor count it twice", () =>
  virtual(async () => {
    const root = new Error("root");
    for (const rethrow of [true, false]) {
      const failing = withTaskGroup(async (group) => {
        group.spawn(() => failAfter(5, root));
        await group.join().catch((error: unknown) => {
          if (rethrow) throw error;
        });
      });
      expect((await errorOf(failing)).errors).toEqual([root]);
    }
  }));

test("an aggregate of very many errors settles its task, and the group", () =>
  virtual(async () => {
    const huge = new AggregateError(Array.from({ length: 300_000 }, () => "real"));
    const failing = withTaskGroup(async (group) => {
      group.spawn(() => failAfter(10, huge));
      await sleep(5);
      group.cancel();
    });
    expect((await errorOf(failing)).errors[0]).toBe(huge);
  }));
