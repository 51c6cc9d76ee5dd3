import { inspect } from "./node-util.js";

const LONGEST = 1_000;

/** A line about something that cannot be carried, whatever it does when it is looked at. */
export function describe(value: unknown): string {
  try {
    const text = inspect(value, {
      depth: 1,
      maxArrayLength: 10,
      maxStringLength: 200,
      breakLength: Infinity,
    });
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  } catch {
    return "unprintable";
  }
}
