import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Link, LinkedList } from "./index.js";

test("a list behaves as an array that members may leave from the middle", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ join: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ leave: fc.integer({ min: 0, max: 9 }) }),
    ),
  );
  fc.assert(
    fc.property(steps, (steps) => {
      const nodes = Array.from({ length: 10 }, () => new Link());
      const list = new LinkedList<Link>();
      let model: Link[] = [];
      for (const step of steps) {
        const node = nodes["join" in step ? step.join : step.leave] as Link;
        if ("leave" in step) {
          node.unlink();
          model = model.filter((other) => other !== node);
        } else if (!node.linked) {
          list.append(node);
          model.push(node);
        }
        expect([...list]).toEqual(model);
        expect(list.first).toBe(model[0]);
        expect(list.empty).toBe(model.length === 0);
        expect(nodes.filter((other) => other.linked)).toHaveLength(model.length);
      }
    }),
  );
});

test("a node that has left keeps no link, so it keeps nobody alive", () => {
  const list = new LinkedList<Link>();
  const nodes = [new Link(), new Link(), new Link()];
  for (const node of nodes) list.append(node);
  const middle = nodes[1] as Link;
  middle.unlink();
  middle.unlink();
  expect([middle.prev, middle.next, middle.linked]).toEqual([undefined, undefined, false]);
});
