import { provide } from "./debian.js";
import { suite } from "./suite.js";

/** The command from outside. Its completions are tried in zsh too, where a machine can have one. */
export async function cli() {
  provide({ zsh: "zsh" });
  return suite("cli");
}
