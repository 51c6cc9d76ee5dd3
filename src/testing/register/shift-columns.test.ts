import { SourceMap, type SourceMapPayload } from "node:module";
import { parse } from "acorn";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { inlineMap } from "./original-lines.js";
import { shiftColumns } from "./shift-columns.js";
import { transformed } from "./transform.js";

/** Marks `m0`, `m1`, ... between and within awaits, on lines that a compiler will not leave apart. */
const TYPESCRIPT = `
interface Gone { readonly m: number }
export enum Kind { A, B }
export async function f(m0: Gone): Promise<void> {
  const m1 = await g(m0); const m2 = await g(await g(m1));
  for await (const m3 of [m1, await g(m2)]) {
    await g([m3,
      await g(m2), m1,
    ]);
  }
  const m4 = async (x: number) => { await g(x); return m2 as unknown; };
  throw await m4(await g(1)), m2;
}
declare function g(x: unknown): Promise<number>;
`;

/** The place of each mark, in the order in which they come: line from 0, column from 0. */
function marksIn(text: string): { mark: string; line: number; column: number }[] {
  return text.split("\n").flatMap((line, i) => {
    // Labels name marks too, and are not code.
    const code = line.replace(/"(for )?await[^"]*"/g, (label) => "_".repeat(label.length));
    return [...code.matchAll(/\bm\d\b/g)].map(({ 0: mark, index: column }) => ({
      mark,
      line: i,
      column,
    }));
  });
}

function placesBy(map: SourceMapPayload, code: string): unknown[] {
  const places = new SourceMap(map);
  return marksIn(code).map(({ mark, line, column }) => {
    const { originalLine, originalColumn } = places.findEntry(line, column) as never;
    return { mark, line: originalLine, column: originalColumn };
  });
}

test.each([
  ["line by line", false],
  ["in one line", true],
])(
  "the map of a module that was compiled %s leads to where everything was written",
  (_, minifyWhitespace) => {
    const { code } = transformSync(TYPESCRIPT, {
      loader: "ts",
      sourcemap: "inline",
      sourcefile: "f.ts",
      target: "es2022",
      minifyWhitespace,
    });
    const written = marksIn(TYPESCRIPT);
    expect(placesBy(inlineMap(code)!, code)).toEqual(written);
    const { source } = transformed("file:///f.js", { format: "module", source: code }, parse);
    expect(source).toContain("__weftEach((");
    expect(
      placesBy(inlineMap(String(source))!, String(source).split("\nfunction __weft")[0]!),
    ).toEqual(written);
  },
);

test("segments left of what is put in stay, the others move, and each line is for itself", () => {
  // Columns 0, 2, 20 of the first line; 0, 4 of the third.
  const mappings = "AAAA,EAAE,kBAAA;;AACA,IAAI";
  const source = `${"x".repeat(30)}\nyyy\nzzzzzz`;
  const at = (offset: number, length: number) => ({ at: offset, text: "_".repeat(length) });
  expect(shiftColumns(mappings, source, [])).toBe(mappings);
  expect(shiftColumns(mappings, source, [at(2, 1)])).toBe("AAAA,GAAE,kBAAA;;AACA,IAAI");
  expect(shiftColumns(mappings, source, [at(3, 16)])).toBe("AAAA,EAAE,kCAAA;;AACA,IAAI");
  expect(shiftColumns(mappings, source, [at(36, 2)])).toBe("AAAA,EAAE,kBAAA;;AACA,MAAI");
});
