import type { Command, Flag } from "../args/index.js";

/** A zsh function that completes `weft`, and its registration. */
export function zshScript(commands: readonly Command[]): string {
  return `#compdef weft
_weft() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`).join("\n")}
    )
    _describe command commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(caseOf).join("\n")}
  esac
}
compdef _weft weft
`;
}

function caseOf({ name, flags, words }: Command): string {
  const rest = words === "files" ? "_files" : `(${(words ?? []).join(" ")})`;
  const specs = [...flags.map(specOf), "'--help[show the help]'", quoted(`*:word:${rest}`)];
  return `    ${name}) _arguments ${specs.join(" \\\n      ")} ;;`;
}

function specOf({ name, value, text, choices, isFile }: Flag): string {
  const told = text.replace(/[[\]:]/g, "\\$&");
  if (value === undefined) return quoted(`--${name}[${told}]`);
  const action = isFile === true ? "_files" : `(${(choices ?? []).join(" ")})`;
  return quoted(`--${name}=[${told}]:${value}:${action}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
