/** Answers that are given often and never change, made once. */

/** What an iterator says when it has no more. */
export const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** What a wait gives when there is nothing to wait for. */
export const DONE: Promise<void> = Promise.resolve();
