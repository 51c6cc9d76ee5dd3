/** Strings, templates, comments, and regular expressions where a value is expected. */
const QUIET =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=[=>(,:[!&|?{};]\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
/** What a template takes in. */
const HOLE = /\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;
const WORD = /(?<![\p{ID_Continue}$#]|(?<!\.\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const KEYWORDS = new Set(
  (
    "arguments as async await break case catch class const continue debugger default delete do else extends false " +
    "finally for from function get if import in instanceof let meta new null of return set static super switch " +
    "target this throw true try typeof undefined var void while with yield __name " +
    "__using __callDispose __addDisposableResource __disposeResources"
  ).split(" "),
);
/** What comes before a parenthesis that holds no parameters. */
const NO_FUNCTION = /\b(?:if|while|for|switch|with)\s*(?:await\s*)?$/;

/**
 * A name that the text of a function seems to take from around it; undefined if there is none.
 *
 * No parser: a name that is made anywhere in the text counts as its own everywhere in it. To be wrong costs a
 * function that could have gone to a thread its move; or one that could not, an error that names the way out.
 */
export function freeName(source: string): string | undefined {
  const text = source.replace(QUIET, (quiet) => {
    const holes = quiet.startsWith("`") ? [...quiet.matchAll(HOLE)].map(([, hole]) => hole) : [];
    return /^["'`]/.test(quiet) ? `[${holes.join(", ")}]` : " ";
  });
  const own = ownNames(text);
  for (const { 0: name, index } of text.matchAll(WORD)) {
    if (own.has(name) || KEYWORDS.has(name) || name in globalThis) continue;
    if (!isKey(text, index, name)) return name;
  }
  return undefined;
}

function ownNames(text: string): Set<string> {
  const own = new Set<string>();
  for (const { 0: made, index } of text.matchAll(/\b(?:const|let|var)\b/g))
    addPattern(own, text, index + made.length);
  for (const [, name] of text.matchAll(/\b(?:function|class)\b\s*\*?\s*([\w$]+)/g)) own.add(name!);
  for (const [, name] of text.matchAll(/([\w$]+)\s*=>/g)) own.add(name!);
  for (const [, name] of text.matchAll(/\b([\w$]+)\s*:\s*(?:for|while|do)\b/g)) own.add(name!);
  for (let at = text.indexOf("("); at >= 0; at = text.indexOf("(", at + 1)) {
    const isCatch = /\bcatch\s*$/.test(text.slice(0, at));
    if (isCatch || !NO_FUNCTION.test(text.slice(Math.max(0, at - 20), at))) {
      const names = new Set<string>();
      const end = addPattern(names, text, at + 1);
      const [follows] = /^\)\s*(?:=>|\{)/.exec(text.slice(end, end + 40)) ?? [];
      if (follows !== undefined) for (const name of names) own.add(name);
      const method = /([\w$]+)\s*$/.exec(text.slice(Math.max(0, at - 80), at))?.[1];
      if (follows?.endsWith("{") && method !== undefined) own.add(method);
    }
  }
  return own;
}

/**
 * Adds the names of a list of patterns, `a, { b: c = 1 } = d, ...e`, that begins at `at`: those before each
 * `=`, and not those of what is assigned. Returns where the list ends.
 */
function addPattern(own: Set<string>, text: string, at: number): number {
  let depth = 0;
  let assignedAt = -1; // the depth of the `=` that we are behind
  for (let i = at; i < text.length; i += 1) {
    const c = text[i]!;
    if (/[([{]/.test(c)) depth += 1;
    else if (/[)\]}]/.test(c)) {
      if (depth === 0) return i;
      depth -= 1;
      if (assignedAt > depth) assignedAt = -1;
    } else if (c === ";" && depth === 0) return i;
    else if (c === "," && assignedAt >= depth) assignedAt = -1;
    else if (c === "=" && assignedAt < 0) assignedAt = depth;
    else if (c === "\n" && assignedAt === depth && depth === 0) return i;
    else if (assignedAt < 0) {
      const [name] =
        /^(?<![\w$])[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text.slice(i, i + 80)) ?? [];
      if (name === undefined) continue;
      if (depth === 0 && (name === "of" || name === "in")) return i;
      own.add(name);
      i += name.length - 1;
    }
  }
  return text.length;
}

/** The name of a property or a method: `{ name: ... }`, `name(...) { ... }` at the very beginning. */
function isKey(text: string, at: number, name: string): boolean {
  const before = text.slice(0, at).trimEnd();
  if (/^(?:async|\*|get|set|static|\s)*$/.test(before))
    return /^\s*\(/.test(text.slice(at + name.length));
  if (/\?\.$|\.\s*$/.test(before) && !before.endsWith("...")) return true;
  return /^\s*:(?!:)/.test(text.slice(at + name.length)) && /[{,]$/.test(before);
}
