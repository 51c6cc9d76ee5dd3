/** To a pipe a process writes later: what its tasks have printed should not be lost. */
export function exitWhenWritten(): void {
  const unwritten = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0);
  let left = unwritten.length;
  if (left === 0) process.exit();
  const written = (): void => {
    left -= 1;
    if (left === 0) process.exit();
  };
  for (const stream of unwritten) stream.write("", written);
}
