/** Where a worker process finds the pipe to its pool, and the words that they share. */
export const PIPE_FD = 3;
export const WORDS_FD = 4;
