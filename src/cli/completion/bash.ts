import type { Command, Flag } from "../args/index.js";

/** A bash function that completes `weft`, and its registration. */
export function bashScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return `_weft() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W "${names} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(caseOf).join("\n")}
  esac
}
complete -o filenames -F _weft weft
`;
}

function caseOf({ name, flags, words }: Command): string {
  const names = [...flags.map((flag) => `--${flag.name}`), "--help"].join(" ");
  const plain =
    words === "files" ? "compgen -f" : `compgen -W ${JSON.stringify((words ?? []).join(" "))}`;
  return `    ${name})
      case "$before" in
${flags
  .filter(({ value }) => value !== undefined)
  .map(valueCase)
  .join("\n")}
        *) if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "${names}" -- "$word"))
           else COMPREPLY=($(${plain} -- "$word")); fi ;;
      esac ;;`;
}

function valueCase({ name, choices, isFile }: Flag): string {
  const words = `compgen -W ${JSON.stringify((choices ?? []).join(" "))}`;
  const reply = isFile === true ? "compgen -f" : words;
  return `        --${name}) COMPREPLY=($(${reply} -- "$word")) ;;`;
}
