import type { Arguments, Command } from "../args/index.js";
import { usageError } from "../cli-error.js";
import { bashScript } from "./bash.js";
import { zshScript } from "./zsh.js";

const SCRIPTS: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
};
const shells = Object.keys(SCRIPTS);

class Completion implements Command {
  readonly name = "completion";
  readonly summary = "Prints what makes bash or zsh complete this command.";
  readonly usage = ["completion bash|zsh"] as const;
  readonly flags = [] as const;
  readonly words: readonly string[] = shells;
  readonly examples = [
    'eval "$(weft completion bash)"     # in ~/.bashrc',
    'eval "$(weft completion zsh)"      # in ~/.zshrc, after compinit',
  ] as const;
  #commands: readonly Command[] = [];

  /** It is itself one of the commands that it tells of, so it hears of them later. */
  knows(commands: readonly Command[]): void {
    this.#commands = commands;
  }

  async run({ words: [shell, ...more] }: Arguments): Promise<number> {
    const script = shell === undefined ? undefined : SCRIPTS[shell];
    if (script === undefined || more.length > 0)
      throw usageError(`completion wants one of ${shells.join(", ")}`);
    process.stdout.write(script(this.#commands));
    return 0;
  }
}

export const completion: Completion = new Completion();
