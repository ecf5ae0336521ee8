import { expect, test } from "vitest";
import { maintenanceOf } from "../../../../core/domain/monitoring/maintenance.ts";
import { linkTo } from "../../../../core/domain/monitoring/tree.ts";
import { at } from "../../../support/monitoring.ts";

const targets = new Map(
  (
    [
      { id: 1, kind: "link", parentId: null },
      { id: 2, kind: "link", parentId: 1 },
      { id: 3, kind: "site", parentId: 2 },
      { id: 4, kind: "application", parentId: null },
    ] as const
  ).map((target) => [target.id as number, target]),
);

test("a target is in maintenance while it is itself, or what it lies behind", () => {
  const window = (targetId: number, from: number) => ({ targetId, beginsAt: at(from), endsAt: at(from + 10) });
  const windows = [window(1, 0), window(2, 20), window(3, 40), window(4, 60)];
  const begins = (id: number) => maintenanceOf(id, targets, windows).map(({ from }) => from);
  expect(begins(3)).toEqual([at(0), at(20), at(40)]);
  expect(begins(1)).toEqual([at(0)]);
  expect(begins(4)).toEqual([at(60)]);
});

test.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, undefined],
])("%i is reached by link %s", (id, link) => {
  expect(linkTo(id, targets)?.id).toBe(link);
});
