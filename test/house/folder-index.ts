import { posix } from "node:path";
import { isTest, type Sources, type Violations } from "./sources.js";

const OPENS_WITH_A_DOC = /^\/\*\*(?!\/)\s*\*?\s*\w[\s\S]*?\*\//;

/** Each folder of `src` has an `index.ts`, and the index opens by saying what the folder is for. */
export function folderIndex(sources: Sources): Violations {
  const folders = new Set<string>();
  for (const path of sources.keys()) {
    if (path.startsWith("src/") && !isTest(path)) folders.add(posix.dirname(path));
  }
  const violations: Violations = [];
  for (const folder of folders) {
    const index = sources.get(`${folder}/index.ts`);
    if (index === undefined) violations.push(`${folder}: has no index.ts`);
    else if (!OPENS_WITH_A_DOC.test(index)) {
      violations.push(`${folder}/index.ts: must open with a /** doc comment */ about the folder`);
    }
  }
  return violations;
}
