// `debugger` statements that somebody forgot: a watch must neither stop at them nor take them for an answer.
import { blamed, innocent, spin, watching } from "./kit.js";

function forgotten() {
  for (let i = 0; i < 20; i += 1) {
    debugger; // oxlint-disable-line no-debugger
    innocent(i);
  }
}

await watching(async () => {
  forgotten();
  spin(400);
  forgotten();
}, blamed("spin"));
