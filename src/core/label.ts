/** What a primitive is called in messages and traces: its kind, and the name that its user gave it. */
export function label(kind: string, name: string | undefined): string {
  return name === undefined ? kind : `${kind} "${name}"`;
}
