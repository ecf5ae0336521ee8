import { expect, it } from "vitest";
import { holds } from "../../worker/hosting/holds.ts";

const onTarget = (target: string) => [
  holds.routes(target),
  holds.making(target, "x"),
  holds.fetching(target, "x"),
  holds.trying(target, "x"),
];

it("each kind of hold has names of its own, which are no stack's, and another one on each target", () => {
  const names = [...onTarget("dc"), ...onTarget("dr"), holds.containers("app-x"), holds.containers("app-y")];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toContain(" ");
});
