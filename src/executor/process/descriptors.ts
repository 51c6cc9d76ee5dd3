/** Where a worker process finds the pipe to its pool, the words that they share, and the pipe for stalls. */
export const PIPE_FD = 3;
export const WORDS_FD = 4;
export const STALLS_FD = 5;
