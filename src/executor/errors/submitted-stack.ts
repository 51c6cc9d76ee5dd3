/**
 * A line that nobody takes for a frame, so that stack parsers and source-map tools skip it and read on:
 * they look for `at ` anywhere in a line, and some count a line of dashes alone as a frame. Indented like
 * one, since terminals and loggers keep indented lines together with the stack.
 */
const SEPARATOR = "    --- submitted here ---";

/** Begins the text of a caller who was not noted, but stood near one who was. */
export const NEARBY = "    --- submitted near here, in the same turn ---";

/** The remote stack, and after it the frames of `submittedAt`; a work that was handed on twice has two. */
export function submittedStack(remote: string, submittedAt: string): string {
  const frames = submittedAt.split("\n").filter((line) => /^\s*at /.test(line));
  const separator = submittedAt.startsWith(NEARBY) ? NEARBY : SEPARATOR;
  return frames.length === 0 ? remote : [remote, separator, ...frames].join("\n");
}
