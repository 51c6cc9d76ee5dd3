import { parseArgs } from "node:util";

const usage = (script) => `usage: npm run ${script} -- [options]

  --smoke        every case once with tiny sizes: does everybody compute the right thing?
  --only CASE    this case only; may be given several times; --case is the same
  --rounds N     rounds per case (default 5)
  --node PATH    run the workers with this node binary
  --json FILE    also write all figures to FILE
  --list         name the cases and their implementations`;

/** Reads the command line of `npm run <script>`; prints the usage and exits if it makes no sense. */
export function readOptions(script, caseNames) {
  try {
    const { values: given } = parseArgs({
      options: {
        smoke: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        case: { type: "string", multiple: true, default: [] },
        rounds: { type: "string", default: "5" },
        node: { type: "string", default: process.execPath },
        json: { type: "string" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { case: more, ...others } = given;
    const values = { ...others, only: [...others.only, ...more] };
    if (values.help) return leave(usage(script), 0);
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
    return leave(`${error.message}\n\n${usage(script)}`, 2);
  }
}

function leave(text, exitCode) {
  console.log(text);
  process.exit(exitCode);
}
