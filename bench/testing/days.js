/** The implementations of a case that lets virtual days pass; `day` is a program that takes what it needs of weftwork. */
export function daysOf(day) {
  return [
    {
      name: "weftwork",
      note: "on a VirtualHost",
      async load() {
        const weftwork = await import("../../dist/index.js");
        const { VirtualHost } = await import("../../dist/testing/index.js");
        return async (size) => {
          const host = new VirtualHost();
          for (let i = 0; i < size; i += 1) await host.run(() => day(weftwork));
          return host.nowMs();
        };
      },
    },
    {
      name: "weftwork explore",
      note: "a schedule per day; two more are watched, and not counted",
      async load() {
        const weftwork = await import("../../dist/index.js");
        const { explore } = await import("../../dist/testing/index.js");
        return async (size, watch) => {
          let days = 0;
          const program = async () => {
            if (days === 2) watch.start();
            await day(weftwork);
            days += 1;
          };
          await explore(program, { seeds: size });
          return (days - 2) * DAY_MS;
        };
      },
    },
  ];
}

export const DAY_MS = 24 * 3_600_000;
