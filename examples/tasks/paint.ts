import { extname } from "node:path";
import { defineTasks } from "weftwork/tasks";

/** An enum is code and not only types: no Node runs it without a compiler. */
export enum Paint {
  Red = "red",
  Yellow = "yellow",
  Blue = "blue",
}

const MIXED: Readonly<Record<string, string>> = {
  [`${Paint.Red} ${Paint.Yellow}`]: "orange",
  [`${Paint.Blue} ${Paint.Yellow}`]: "green",
  [`${Paint.Blue} ${Paint.Red}`]: "violet",
};

function mix(paints: readonly Paint[]): string {
  const mixed = MIXED[paints.toSorted().join(" ")];
  if (mixed === undefined) throw new Error(`can't mix ${paints.join(" and ")}`);
  return `${mixed}, by a ${extname(import.meta.url)} file`;
}

export const painting = defineTasks(import.meta.url, { mix });
