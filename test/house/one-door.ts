import { parseSync, Visitor, type VisitorObject } from "oxc-parser";
import { importsOf } from "./imports.js";
import type { Sources, Violations } from "./sources.js";

const DOOR = "src/core/host.ts";

/** What replaces them for programs that are explored must name them. */
const STAND_INS = /^src\/testing\/explore\/run\/outside-(globals|date)\.ts$/;

const TIMERS = new Set(["setTimeout", "setInterval", "setImmediate"]);
const CLOCKS = new Set(["Date", "performance"]);
const MEMBERS = new Set([
  "Math.random",
  "crypto.getRandomValues",
  "crypto.randomUUID",
  "AbortSignal.timeout",
  "process.hrtime",
]);
const MODULES = /^(node:)?timers(\/promises)?$/;
const GLOBAL_OBJECTS = new Set(["globalThis", "window", "self", "global"]);

/**
 * Clock, timers and chance are reached through `core/host.ts` only, in tests too: a test that
 * sleeps or reads the clock would not be repeatable under the virtual host.
 */
export function oneDoor(sources: Sources): Violations {
  const violations: Violations = [];
  for (const [path, source] of sources) {
    if (!path.startsWith("src/") || path === DOOR || STAND_INS.test(path)) continue;
    for (const use of outsideUses(path, source)) {
      violations.push(`${path}: ${use} is outside the house: go through ${DOOR}`);
    }
  }
  return violations;
}

function outsideUses(path: string, source: string): Set<string> {
  const { program } = parseSync(path, source);
  const uses = new Set<string>(importsOf(path, source).filter((name) => MODULES.test(name)));
  const harmless = new Set<unknown>(); // identifiers that only name a property or a type
  new Visitor({
    MemberExpression(node) {
      const name = memberName(node);
      if (name === undefined) return;
      if (!node.computed) harmless.add(node.property);
      const object = node.object.type === "Identifier" ? node.object.name : "";
      if (GLOBAL_OBJECTS.has(object) && (TIMERS.has(name) || CLOCKS.has(name))) uses.add(name);
      if (MEMBERS.has(`${object}.${name}`)) uses.add(`${object}.${name}`);
    },
    VariableDeclarator(node) {
      if (node.id.type !== "ObjectPattern" || node.init?.type !== "Identifier") return;
      const object = node.init.name;
      for (const { key } of node.id.properties.filter((p) => p.type === "Property")) {
        const name = key.type === "Identifier" ? key.name : "";
        if (MEMBERS.has(`${object}.${name}`)) uses.add(`${object}.${name}`);
        if (GLOBAL_OBJECTS.has(object) && (TIMERS.has(name) || CLOCKS.has(name))) uses.add(name);
      }
    },
    Property: (node) => void (node.computed || node.shorthand || harmless.add(node.key)),
    MethodDefinition: (node) => void (node.computed || harmless.add(node.key)),
    PropertyDefinition: (node) => void (node.computed || harmless.add(node.key)),
    TSPropertySignature: (node) => void (node.computed || harmless.add(node.key)),
    TSMethodSignature: (node) => void (node.computed || harmless.add(node.key)),
    TSTypeReference: (node) => void harmless.add(node.typeName),
    Identifier(node) {
      if (harmless.has(node)) return;
      if (TIMERS.has(node.name) || CLOCKS.has(node.name)) uses.add(node.name);
    },
  }).visit(program);
  return uses;
}

type Member = Parameters<NonNullable<VisitorObject["MemberExpression"]>>[0];

function memberName(node: Member): string | undefined {
  if (!node.computed) return node.property.type === "Identifier" ? node.property.name : undefined;
  return node.property.type === "Literal" ? String(node.property.value) : undefined;
}
