/** What an iterator says when it has no more: made once, because it is said often and never changes. */
export const END: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });
