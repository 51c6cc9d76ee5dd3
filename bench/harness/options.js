import { parseArgs } from "node:util";

const USAGE = `usage: npm run bench -- [options]

  --smoke        every case once with tiny sizes: does everybody compute the right thing?
  --only CASE    this case only; may be given several times
  --rounds N     rounds per case (default 5)
  --node PATH    run the workers with this node binary
  --json FILE    also write all figures to FILE
  --list         name the cases and their implementations`;

/** Reads the command line; prints the usage and exits if it makes no sense. */
export function readOptions(caseNames) {
  try {
    const { values } = parseArgs({
      options: {
        smoke: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        rounds: { type: "string", default: "5" },
        node: { type: "string", default: process.execPath },
        json: { type: "string" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return leave(USAGE, 0);
    const rounds = Number(values.rounds);
    if (!Number.isSafeInteger(rounds) || rounds < 1) {
      throw new RangeError(`--rounds must be an integer >= 1, got ${values.rounds}`);
    }
    const unknown = values.only.find((name) => !caseNames.includes(name));
    if (unknown) {
      throw new RangeError(
        `--only: no case is called ${unknown}; there are ${caseNames.join(", ")}`,
      );
    }
    return { ...values, rounds: values.smoke ? 1 : rounds };
  } catch (error) {
    return leave(`${error.message}\n\n${USAGE}`, 2);
  }
}

function leave(text, exitCode) {
  console.log(text);
  process.exit(exitCode);
}
