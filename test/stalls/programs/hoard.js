// What it keeps, the collector copies; that takes longer than to compute it.
import { blamed, innocent, pause, watching } from "./kit.js";

function hoard() {
  const kept = [];
  for (let i = 0; i < 8e5; i += 1) kept.push({ id: i, tags: [i], text: `${i}` });
  return kept.length;
}

await watching(
  async () => {
    await pause(1);
    innocent(hoard());
  },
  (stalls) => blamed("hoard")(stalls.filter(({ gcShare }) => gcShare > 0)),
);
